import { CHAIN_START, type ChainHead, textHash } from "../audit/chain.js";
import type { AuditEvent, AuditRecord } from "../audit/record.js";
import { RecordKeys } from "../audit/record-keys.js";
import { type WatchBreak, WatchTrail } from "../drift/recorded/watch-trail.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { TenantId } from "../person.js";
import { PlanTrail, type TrailBreak, type TrailRecord } from "../plan/recorded/plan-trail.js";
import type { PlanMark } from "./check-plan.js";
import type { ScanMark } from "./check-scan.js";
import { EVENT_FACTS } from "./event-facts.js";
import { type PlanRange, skippedPlans } from "./skipped-plans.js";

/** A record as it lies in the store; `body` is the text its hash is over, or what an edit made of it. */
export interface StoredRecord {
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
  /** Under which plan it is found. */
  readonly planNumber: number | null;
}

/** What is wrong with a chain, and where. */
export type ChainFinding =
  | { readonly kind: TrailBreak; readonly sequence: number; readonly planNumber: number }
  | { readonly kind: WatchBreak; readonly sequence: number; readonly driftNumber: number }
  /** Records of these numbers are not there, although later ones are. */
  | { readonly kind: "missing"; readonly from: number; readonly to: number }
  | { readonly kind: "edited"; readonly sequence: number }
  /** The text is intact, and belongs in another place or to another tenant. */
  | { readonly kind: "misplaced"; readonly sequence: number }
  /** It has no proof by a key, which it should have been made with, or one that is not by that key. */
  | { readonly kind: "unproven" | "forged"; readonly sequence: number }
  /** Does not follow from the record before, which was replaced together with its hash. */
  | { readonly kind: "unlinked"; readonly sequence: number }
  /** A reader of a plan's records does not get it, or gets it as one of another plan. */
  | {
      readonly kind: "misfiled";
      readonly sequence: number;
      readonly under: number | null;
      readonly about: number | null;
    }
  /** It tells of a change of that plan, and not how the plan was stored with it: the plan could be edited unnoticed. */
  | { readonly kind: "without-plan-hash"; readonly sequence: number; readonly planNumber: number }
  /** The store has given out numbers up to `counter`, and the chain ends before. */
  | { readonly kind: "end-missing"; readonly last: number; readonly counter: number }
  /** The chain goes on behind the last number that the store has given out. */
  | { readonly kind: "counter-behind"; readonly last: number; readonly counter: number }
  /** A head that was noted earlier lies behind the end. */
  | { readonly kind: "head-missing"; readonly noted: ChainHead; readonly last: number }
  /** The record of a head that was noted earlier is another one now. */
  | { readonly kind: "head-replaced"; readonly noted: ChainHead; readonly found: string };

/**
 * Walks a tenant's chain from its first record to its last, given page by page, and says what is wrong with it.
 * After a finding it goes on from what is there, so that one edit is one finding.
 */
export class ChainWalk {
  /** Nothing is wrong with the chain itself; what it tells of plans may be. */
  isIntact = true;
  /** The last record seen. */
  head: ChainHead = CHAIN_START;
  /** Plan number to the last record stored with that plan, and what all of them say; of a record that was changed nothing is taken. */
  readonly marks = new Map<number, PlanMark>();
  /** Scan to the record of its end. */
  readonly scans = new Map<string, ScanMark>();
  /** Records that prove themselves by the keys, and those made with a key that is not here. */
  proven = 0;
  withoutKey = 0;
  /** What is on record of baselines and drifts. */
  readonly watch = new WatchTrail();
  readonly #keys: RecordKeys;
  /** Numbers of plans that were never given, by restores on record. */
  readonly skipped: PlanRange[] = [];
  readonly #tenant: TenantId;
  readonly #noted: readonly ChainHead[];

  /** @param noted heads written down earlier */
  constructor(tenant: TenantId, noted: readonly ChainHead[], keys = new RecordKeys()) {
    this.#keys = keys;
    this.#tenant = tenant;
    this.#noted = noted;
  }

  /** Takes the next record, in order of the number under which it is stored. */
  take(record: StoredRecord): readonly ChainFinding[] {
    const expected = this.head.sequence + 1;
    const gap = record.sequence > expected;
    const findings: ChainFinding[] = gap
      ? [{ kind: "missing", from: expected, to: record.sequence - 1 }]
      : [];
    const body = parse(record.body);
    const wrong = this.#wrongIn(record, body, gap);
    if (wrong !== undefined) findings.push(wrong);
    this.head = { sequence: record.sequence, hash: record.hash };
    findings.push(...this.#replacedHeads(record));
    if (findings.length > 0) this.isIntact = false;
    // Where something is missing or edited, what follows cannot be judged by what came before.
    return this.isIntact && body !== undefined ? this.#learn(record.sequence, body) : findings;
  }

  /** To be called behind the last record. @param counter the last number that the store says it has given out */
  end(counter: number): readonly ChainFinding[] {
    const last = this.head.sequence;
    const findings: ChainFinding[] = [];
    if (counter > last) findings.push({ kind: "end-missing", last, counter });
    if (counter < last) findings.push({ kind: "counter-behind", last, counter });
    const beyond = this.#noted.filter(({ sequence }) => sequence > last);
    findings.push(...beyond.map((noted): ChainFinding => ({ kind: "head-missing", noted, last })));
    if (findings.length > 0) this.isIntact = false;
    return findings;
  }

  #wrongIn(record: StoredRecord, body: JsonObject | undefined, gap: boolean): ChainFinding | undefined {
    const { sequence } = record;
    if (body === undefined || textHash(record.body) !== record.hash) return { kind: "edited", sequence };
    if (body.sequence !== sequence || body.tenantId !== this.#tenant) return { kind: "misplaced", sequence };
    // Behind a gap the record before is not there to be followed from.
    if (!gap && body.previousHash !== this.head.hash) return { kind: "unlinked", sequence };
    const unproven = this.#unproven(sequence, body);
    if (unproven !== undefined) return unproven;
    const about = planNumberOf(body);
    const { planNumber: under } = record;
    if (under !== about) return { kind: "misfiled", sequence, under, about };
    const lacksHash = typeof body.planHash !== "string" && changesPlan(body.event);
    return about !== null && lacksHash
      ? { kind: "without-plan-hash", sequence, planNumber: about }
      : undefined;
  }

  /** Takes in what an intact record tells of its subject. @returns what cannot be in the records of an honest plan */
  #learn(sequence: number, body: JsonObject): readonly ChainFinding[] {
    this.skipped.push(...skippedPlans(body));
    const planNumber = planNumberOf(body);
    const watched = this.#learnOfWatch(sequence, body);
    if (planNumber === null) {
      this.#markScan(sequence, body);
      return watched;
    }
    const { planHash } = body;
    if (typeof planHash !== "string") return watched;
    const { trail } = this.marks.get(planNumber) ?? { trail: new PlanTrail() };
    this.marks.set(planNumber, { sequence, planHash, trail });
    const told = trailRecord(body);
    const broken = told && trail.take(told);
    return broken === undefined ? watched : [...watched, { kind: broken, sequence, planNumber }];
  }

  #unproven(sequence: number, body: JsonObject): ChainFinding | undefined {
    // The proof is over the text as it stands there, also of a record that lacks members; only its number is read.
    const record = body as unknown as AuditRecord;
    const why = this.#keys.whyNot(record);
    if (why === "unproven" || why === "forged") return { kind: why, sequence };
    if (why === "no-key") this.withoutKey += 1;
    else if (record.proof !== undefined) this.proven += 1;
    // Every process that goes on with a chain of proofs has the key, also where this program has not.
    const hasProofs = this.proven + this.withoutKey > 0;
    return record.proof === undefined && hasProofs ? { kind: "unproven", sequence } : undefined;
  }

  #learnOfWatch(sequence: number, body: JsonObject): readonly ChainFinding[] {
    if (!isJsonObject(body.detail)) return [];
    const broken = this.watch.take({ ...(body as unknown as AuditRecord), sequence });
    const { driftNumber } = body;
    if (broken === undefined || typeof driftNumber !== "number") return [];
    return [{ kind: broken, sequence, driftNumber }];
  }

  #markScan(sequence: number, { event, at, detail }: JsonObject): void {
    if (event !== "scan-finished" || !isJsonObject(detail) || typeof at !== "string") return;
    if (typeof detail.scan === "string") this.scans.set(detail.scan, { sequence, at, detail });
  }

  #replacedHeads({ sequence, hash }: StoredRecord): readonly ChainFinding[] {
    const replaced = this.#noted.filter((noted) => noted.sequence === sequence && noted.hash !== hash);
    return replaced.map((noted) => ({ kind: "head-replaced", noted, found: hash }));
  }
}

function planNumberOf({ planNumber }: JsonObject): number | null {
  return typeof planNumber === "number" ? planNumber : null;
}

/** What a plan's trail reads of a record; undefined for one that lacks what every record has. */
function trailRecord({ event, detail, by, revision, planHash }: JsonObject): TrailRecord | undefined {
  if (typeof event !== "string" || !isJsonObject(detail)) return undefined;
  return {
    event,
    detail,
    ...(isJsonObject(by) && typeof by.id === "string" ? { by: { id: by.id } } : {}),
    ...(typeof revision === "number" ? { revision } : {}),
    ...(typeof planHash === "string" ? { planHash } : {}),
  };
}

/** An event of a newer version is not known: its records are taken as they are. */
function changesPlan(event: Json | undefined): boolean {
  if (typeof event !== "string" || !Object.hasOwn(EVENT_FACTS, event)) return false;
  return EVENT_FACTS[event as AuditEvent].changesPlan === true;
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // The finding itself: it is not what was sealed.
  }
}
