import { textHash } from "../../audit/chain.js";
import type { AuditEntry, AuditEvent } from "../../audit/record.js";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../json.js";
import type { Baseline } from "../baseline.js";
import type { Drift } from "../drift.js";
import { driftDetail } from "../drift-entry.js";

/**
 * In what the baseline or a drift is not what its records say. `policy`: what the policy is compared with. `found`: what
 * was found, or who wrote it. `acceptances`: who accepts it. `state`: open although it ended. `row`: something that only its hash
 * shows. `missing`: it is on record and not there. `no-record`: the other way round. `record`: a record was edited.
 */
export type WatchAlteration =
  | ("policy" | "found" | "acceptances" | "state")
  | ("row" | "missing" | "no-record" | "record");

/** The baseline, or the drift of that number, is not what was recorded. */
export interface AlteredWatch {
  readonly kind: "altered";
  readonly driftNumber?: number;
  readonly why: WatchAlteration;
}

/** What cannot be in the records of an honest watch. */
export type WatchBreak = "baseline-not-as-found" | "drift-after-the-end";

/** A record as far as it is read here. */
export type WatchRecord = Pick<AuditEntry, "event" | "detail"> & {
  readonly sequence: number;
} & Partial<Pick<AuditEntry, "by" | "driftNumber" | "revision" | "driftHash" | "baselineHash">>;

/** A baseline or drift as it lies in the store. */
export interface StoredBaseline {
  readonly version: number;
  readonly body: string;
}
export interface StoredDrift extends StoredBaseline {
  readonly number: number;
  readonly state: string;
}

interface BaselineMark {
  readonly sequence: number;
  readonly hash: string | undefined;
  readonly policy: string | undefined;
  readonly source: Json | undefined;
}
interface DriftMark {
  sequence: number;
  hash: string | undefined;
  /** Hashes: of what was found, of the policy as found, and of what it was compared with. */
  found?: string;
  policy?: string;
  before?: string | undefined;
  end?: AuditEvent;
  readonly acceptances: Set<string>;
}

/** Every event that is stored together with a drift. */
const DRIFT_EVENTS: ReadonlySet<AuditEvent> = new Set<AuditEvent>([
  ...(["drift-found", "drift-changed", "drift-accepted-by-one", "drift-accepted", "drift-over"] as const),
]);
/** What a drift is compared by; in the records of every version. */
const FOUND = ["policy", "changes", "unchangedAt", "readAt", "writers"];

/** What the records of a tenant say of its baseline and drifts, taken in their order. It keeps hashes and no policies. */
export class WatchTrail {
  #baseline: BaselineMark | undefined;
  readonly #drifts = new Map<number, DriftMark>();

  /** Takes the next record; one that is about something else changes nothing. @returns what is wrong with it */
  take(record: WatchRecord): WatchBreak | undefined {
    const { event, driftNumber } = record;
    if (event === "baseline-set") return this.#setBaseline(record);
    if (!DRIFT_EVENTS.has(event) || driftNumber === undefined) return undefined;
    const known = this.#drifts.get(driftNumber);
    if (known?.end !== undefined) return "drift-after-the-end";
    const mark: DriftMark = known ?? { sequence: 0, hash: undefined, acceptances: new Set() };
    this.#drifts.set(driftNumber, mark);
    mark.sequence = record.sequence;
    mark.hash = record.driftHash;
    if (event === "drift-found" || event === "drift-changed") this.#find(mark, record.detail);
    else if (event !== "drift-accepted-by-one") mark.end = event;
    else if (record.by !== undefined) mark.acceptances.add(acceptance(record.by.id, record.revision));
    return undefined;
  }

  /** In what the baseline is not what was recorded. undefined: in nothing. */
  whyNotBaseline(stored: StoredBaseline | undefined): WatchAlteration | undefined {
    const mark = this.#baseline;
    if (mark === undefined) return stored === undefined ? undefined : "no-record";
    if (stored === undefined) return "missing";
    const baseline = parse<Baseline>(stored.body);
    if (baseline === undefined) return "row";
    if (mark.policy !== undefined && mark.policy !== hashOf(baseline.policy)) return "policy";
    if (mark.source !== undefined && mark.source !== baseline.source?.kind) return "policy";
    const isAsStored = mark.hash === undefined || mark.hash === textHash(stored.body);
    return isAsStored && baseline.version === stored.version ? undefined : "row";
  }

  /** In what a drift is not what was recorded. undefined: in nothing. */
  whyNotDrift(stored: StoredDrift): WatchAlteration | undefined {
    const mark = this.#drifts.get(stored.number);
    if (mark === undefined) return "no-record";
    const drift = parse<Drift>(stored.body);
    if (drift === undefined) return "row";
    try {
      const why = whyUnlike(drift, mark);
      if (why !== undefined) return why;
    } catch {
      return "row"; // No drift any more: it was edited.
    }
    const { number, version, state } = stored;
    const agrees = drift.number === number && drift.version === version && drift.state.kind === state;
    const isAsStored = mark.hash === undefined || mark.hash === textHash(stored.body);
    return agrees && isAsStored ? undefined : "row";
  }

  /** Drifts that are open by their records. */
  get open(): readonly number[] {
    return [...this.#drifts].flatMap(([number, { end }]) => (end === undefined ? [number] : []));
  }

  /** Every drift there is a record of. */
  get drifts(): readonly number[] {
    return [...this.#drifts.keys()];
  }

  /** The last record about the drift; about the baseline where none is named. */
  lastRecord(driftNumber?: number): number {
    const mark = driftNumber === undefined ? this.#baseline : this.#drifts.get(driftNumber);
    return mark?.sequence ?? 0;
  }

  #setBaseline({ sequence, detail, driftNumber, baselineHash: hash }: WatchRecord): WatchBreak | undefined {
    const policy = isJsonObject(detail.policy) ? hashOf(detail.policy) : undefined;
    this.#baseline = { sequence, hash, policy, source: detail.source };
    if (detail.source !== "accepted" || driftNumber === undefined) return undefined;
    const found = this.#drifts.get(driftNumber)?.policy;
    const isAsFound = found === undefined || policy === undefined || found === policy;
    return isAsFound ? undefined : "baseline-not-as-found";
  }

  #find(mark: DriftMark, detail: JsonObject): void {
    if (!isJsonObject(detail.policy)) return;
    mark.found = foundHash(detail);
    mark.policy = hashOf(detail.policy);
    mark.before = this.#baseline?.policy;
  }
}

function whyUnlike(drift: Drift, mark: DriftMark): WatchAlteration | undefined {
  if (mark.found !== undefined && mark.found !== foundHash(driftDetail(drift))) return "found";
  if (mark.before !== undefined && mark.before !== hashOf(drift.difference.before)) return "policy";
  const isOnRecord = ({ by, revision }: NonNullable<Drift["acceptances"]>[number]) =>
    mark.acceptances.has(acceptance(by.id, revision));
  if (!(drift.acceptances ?? []).every(isOnRecord)) return "acceptances";
  return drift.state.kind === "open" && mark.end !== undefined ? "state" : undefined;
}

const hashOf = (value: Json): string => textHash(canonicalJson(value));
const foundHash = (detail: JsonObject): string => hashOf(FOUND.map((name) => detail[name] ?? null));
const acceptance = (person: string, revision = 1): string => `${revision} ${person}`;

function parse<T>(text: string): T | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? (value as unknown as T) : undefined;
  } catch {
    return undefined; // The finding itself: it is not what was stored.
  }
}
