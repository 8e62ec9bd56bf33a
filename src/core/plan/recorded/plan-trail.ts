import { textHash } from "../../audit/chain.js";
import type { AuditEvent } from "../../audit/record.js";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../json.js";
import type { Plan, PlanStateKind } from "../plan.js";
import { proposalDetail, termsDetail } from "../plan-entry.js";
import { recordedWrite, type Write } from "./recorded-write.js";

/** In what a plan is not what its records say. */
export type Unlike = "requester" | "revision" | "proposal" | "approvals" | "state";
/** What cannot be in the records of an honest plan. */
export type TrailBreak = "write-not-as-proposed" | "write-not-approved" | "after-the-end";

/** A record as far as a trail reads it. */
export interface TrailRecord {
  readonly event: string;
  readonly detail: JsonObject;
  readonly by?: { readonly id: string };
  readonly revision?: number;
  readonly planHash?: string;
}

/** After these nothing happens to a plan. */
const ENDS: ReadonlySet<string> = new Set<AuditEvent>([
  ...(["plan-rejected", "plan-cancelled", "plan-expired", "plan-superseded"] as const),
  ...(["write-verified", "write-refused"] as const),
]);
/** Changes nothing but what is known of others. */
const AFTER_THE_END: AuditEvent = "other-writers-found";
const OPEN: ReadonlySet<PlanStateKind> = new Set<PlanStateKind>(["waiting", "applying", "unknown"]);

/** What a proposal is compared by. */
const MEMBERS = [
  ...["fingerprint", "before", "after", "changes", "overlaps", "warnings", "effect", "impact"],
  ...["intent", "expiresAt", "approvalsRequired"],
];

/**
 * What the records of one plan say of it, taken in their order. It keeps hashes and no policies: an auditor holds one
 * for each plan there ever was.
 */
export class PlanTrail {
  #requester: string | undefined;
  #revision = 1;
  #proposed: { readonly paths: readonly string[]; readonly hash: string } | undefined;
  #write: Write | undefined;
  #approvals: { readonly by: string; readonly revision: number }[] = [];
  #needed: number | undefined;
  /** The fewest people whose approval a write ever had. */
  #fewest = Number.POSITIVE_INFINITY;
  #hasEnded = false;

  /** Takes the next record of the plan. @returns what is wrong with it */
  take(record: TrailRecord): TrailBreak | undefined {
    // What is only about the plan, such as evidence that was given, changes nothing of it.
    if (record.planHash === undefined) return undefined;
    if (this.#hasEnded) return record.event === AFTER_THE_END ? undefined : "after-the-end";
    switch (record.event) {
      case "plan-proposed":
        this.#requester ??= record.by?.id;
        this.#propose(record.detail);
        return undefined;
      case "plan-revised":
        this.#revise(record.detail.revision);
        this.#propose(record.detail);
        return undefined;
      case "write-without-effect":
        this.#revise(undefined);
        return undefined;
      case "plan-approved":
        if (record.by !== undefined)
          this.#approvals.push({ by: record.by.id, revision: record.revision ?? 1 });
        return undefined;
      case "attempt-failed":
        this.#approvals = this.#approvals.filter(({ by }) => by !== record.by?.id);
        return undefined;
      case "write-intended":
        return this.#written(record);
      default:
        this.#hasEnded = ENDS.has(record.event);
        if (this.#hasEnded) this.#write = undefined;
        return undefined;
    }
  }

  /** In what the plan is not what its records say. undefined: in nothing that they tell. */
  whyNot(plan: Plan): Unlike | undefined {
    if (plan.requester.id !== this.#requester) return "requester";
    if (plan.revision !== this.#revision) return "revision";
    if (OPEN.has(plan.state.kind) === this.#hasEnded) return "state";
    if (
      this.#proposed !== undefined &&
      this.#proposed.hash !== hashAt(this.#proposed.paths, said(terms(plan)))
    )
      return "proposal";
    const isRecorded = ({ by, revision }: Plan["approvals"][number]) =>
      this.#approvals.some((each) => each.by === by.id && each.revision === revision);
    if (!plan.approvals.every(isRecorded) || this.#fewest < plan.approvalsRequired) return "approvals";
    return undefined;
  }

  #propose(detail: JsonObject): void {
    const values = said(detail);
    const paths = shared([...values.keys()]);
    this.#proposed = { paths, hash: hashAt(paths, values) };
    this.#write = recordedWrite(detail);
    if (typeof detail.approvalsRequired === "number") this.#needed = detail.approvalsRequired;
  }

  #revise(revision: Json | undefined): void {
    this.#revision = typeof revision === "number" ? revision : this.#revision + 1;
    this.#approvals = [];
  }

  #written({ by, detail }: TrailRecord): TrailBreak | undefined {
    const people = new Set(
      this.#approvals.filter(({ revision }) => revision === this.#revision).map((each) => each.by),
    );
    this.#fewest = Math.min(this.#fewest, people.size);
    if (by === undefined || !people.has(by.id) || people.size < (this.#needed ?? 1))
      return "write-not-approved";
    return this.#write?.isSaidBy(detail.body) === false ? "write-not-as-proposed" : undefined;
  }
}

/** The same of a plan as it is stored. */
function terms(plan: Plan): JsonObject {
  return JSON.parse(JSON.stringify({ ...proposalDetail(plan.proposal), ...termsDetail(plan) }));
}

/**
 * What is compared, by path. Of effect and impact each figure by itself: what a later version tells in addition is not in the
 * records of this one.
 */
function said(detail: JsonObject): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  const add = (path: string, value: Json): void => {
    if (/^(effect|impact)\b/.test(path) && isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) add(`${path}.${name}`, member);
    } else values.set(path, value);
  };
  for (const name of MEMBERS) {
    const value = detail[name];
    if (value !== undefined) add(name, value);
  }
  return values;
}

function hashAt(paths: readonly string[], values: ReadonlyMap<string, Json>): string {
  return textHash(canonicalJson(paths.map((path) => values.get(path) ?? null)));
}

/** Records of one version have the same paths: each list is kept once. */
const known = new Map<string, readonly string[]>();
function shared(paths: readonly string[]): readonly string[] {
  const key = paths.join();
  const there = known.get(key);
  if (there !== undefined) return there;
  // A store that was filled with other shapes must not fill the memory.
  if (known.size < 100) known.set(key, paths);
  return paths;
}
