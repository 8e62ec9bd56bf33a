import type { AuditEntry, AuditRecord } from "../audit/record.js";
import type { Baseline, BaselineDraft } from "../drift/baseline.js";
import type { Drift } from "../drift/drift.js";
import type { AlteredWatch } from "../drift/recorded/watch-trail.js";
import type { Instant, TenantId } from "../person.js";
import type { OpenPlanState, Plan, PlanDraft, PlanSummary } from "../plan/plan.js";
import type { Alteration } from "../plan/recorded/as-recorded.js";
import type { FirstIntent } from "../stores.js";

/** Plans, each with the records of what happened to it. */
export interface PlanStore {
  /** Numbers and stores a new plan together with its records, also when the same is open. */
  create(draft: PlanDraft, records: Some<UnnumberedEntry>): Promise<Plan>;
  /**
   * The same for what a person asked for, unless the same waits already, or that person has too many open plans: which
   * of these it is, is found out in the transaction that stores it.
   */
  propose(draft: PlanDraft, records: Some<UnnumberedEntry>, asked?: Asked): Promise<Proposed>;
  find(tenant: TenantId, number: number): Promise<Plan | undefined>;
  /** Its version, without reading it: whether what is known of it is the newest. */
  versionOf(tenant: TenantId, number: number): Promise<number | undefined>;
  /** Plans in state waiting, applying or unknown, oldest first. */
  open(tenant: TenantId): Promise<readonly Plan[]>;
  /** How many of them there are in each state, without reading them. */
  countOpen(tenant: TenantId): Promise<Readonly<Record<OpenPlanState, number>>>;
  /**
   * Numbers of the plans a process has to look after without being asked: applying, unknown, or waiting beyond their
   * time. Oldest first. None is read, so one that is damaged keeps no other from being looked after.
   */
  due(tenant: TenantId, now: Instant): Promise<readonly number[]>;
  /**
   * In what a plan is not what was recorded; undefined: it is. Changes nothing.
   * @param read as the process has read it: that may have been another thing, put back since
   */
  whyAltered(tenant: TenantId, number: number, read?: Plan): Promise<Alteration | undefined>;
  /** The last plans, newest first, without what makes plans large. */
  latest(tenant: TenantId, limit: number): Promise<readonly PlanSummary[]>;
  /** How many plans there are, in whichever state. */
  countAll(tenant: TenantId): Promise<number>;
  /**
   * The last plans in full, newest first, in a few statements: one plan may be megabytes, so only some are held at a time.
   * @param which.among so many of the last are looked at
   * @param which.naming of those only the ones in which one of these ids stands, and perhaps others
   */
  readThrough(
    tenant: TenantId,
    which: { readonly among: number; readonly naming?: readonly string[] },
  ): AsyncIterable<Plan>;
  /** The newest that was applied, among so many of the last. */
  lastApplied(tenant: TenantId, among: number): Promise<PlanSummary | undefined>;
  /**
   * Compare-and-set, with the records in the same transaction: stores `next` as version `next.version + 1`
   * if the stored version is still `next.version`. `busy`: another plan of the tenant is being applied. `altered`: what
   * is stored, or what `next` was made from, is not what was recorded; so nothing that was edited is ever sealed.
   * @param rebase for a plan that is applied: what becomes of baseline and open drift, in the same transaction
   */
  replace(next: Plan, records: Some<AuditEntry>, rebase?: Rebase): Promise<Replaced>;
}
/** At least one: no plan is stored without a record that says how. */
export type Some<T> = readonly [T, ...T[]];
/** How a plan was asked for. */
export interface Asked {
  /** What waited for a scan, and is removed together with storing the plan: so there is one, whenever a process ends. */
  readonly deferredId?: string;
  /** The taken message in which it was asked for: one message becomes one plan. */
  readonly message?: string;
  /** Where its card is posted at once, if it is stored. */
  readonly intents?: readonly FirstIntent[];
}
export type Proposed =
  | { readonly kind: "created"; readonly plan: Plan }
  /** It is there already; what waited for a scan still does, until that is said. */
  | { readonly kind: "same"; readonly plan: Plan }
  | { readonly kind: "too-many"; readonly planNumbers: readonly number[] }
  /** What waited for a scan was answered already. */
  | { readonly kind: "answered" };
export type UnnumberedEntry = Omit<AuditEntry, "planNumber">;
export type Replaced =
  | {
      readonly kind: "replaced";
      readonly plan: Plan;
      readonly records: readonly AuditRecord[];
      /** The drift that ended with it. */
      readonly drift?: Drift;
      /** Why baseline and drift stayed as they are: what is there was not what was recorded. */
      readonly altered?: AlteredWatch;
    }
  | { readonly kind: "conflict" }
  | { readonly kind: "busy" }
  | { readonly kind: "altered"; readonly why: Alteration };

/** Works out what an applied plan makes of the watch, from what is stored by then. Pure. */
export type Rebase = (watched: {
  readonly baseline: Baseline | undefined;
  /** The one that is open. */
  readonly drift: Drift | undefined;
}) => {
  readonly baseline: BaselineDraft;
  /** In its last state; left out when it stays open. */
  readonly drift?: Drift;
  readonly records: readonly AuditEntry[];
};
