import type { AuditEntry } from "../../src/core/audit/record.js";
import type { TenantId } from "../../src/core/person.js";
import type { Plan, PlanDraft } from "../../src/core/plan/plan.js";
import { openStore, type Store } from "../../src/storage/open-store.js";
import { type KeptIn, placeOf } from "../kept-in.js";
import { proposed, waitingDraft } from "./old-plan.js";
import { sampleProposal } from "./sample-proposal.js";

/** What is asked of a store, one after the other. */
export const OPERATIONS = [
  "open",
  "create a plan",
  "find an old plan",
  "open plans",
  "due plans",
  "replace with a record",
  "append a record",
  "last plans",
  "records of a plan",
  "end of the chain",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** How long each took, in milliseconds, on the stores in the order in which they were given. */
export type StoreTimes = Readonly<Record<Operation, readonly (readonly number[])[]>>;

/** Lines of a history that a person looks at. */
const PAGE = 20;
/** Plans that wait while everything is measured: as many as in a busy week. */
const WAITING = 5;
/** An operation that is opened and closed each time takes longer, so there are fewer. */
const OPENINGS = 15;

export interface MeasuredStore {
  readonly keptIn: KeptIn;
  /** Old plans in it. */
  readonly plans: number;
}

/**
 * Asks the same of each store in turns, so that other work of the machine falls on all of them alike.
 */
export async function measureStores(
  tenant: TenantId,
  stores: readonly MeasuredStore[],
  rounds: number,
): Promise<StoreTimes> {
  const times = Object.fromEntries(
    OPERATIONS.map((operation) => [operation, stores.map((): number[] => [])]),
  ) as Record<Operation, number[][]>;
  const timed = async <T>(operation: Operation, store: number, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    times[operation][store]?.push(performance.now() - startedAt);
    return result;
  };

  for (let round = 0; round < OPENINGS; round += 1) {
    for (const [nth, { keptIn }] of stores.entries()) {
      const store = await timed("open", nth, () => openStore(placeOf(keptIn)));
      await store.close();
    }
  }
  const proposal = await sampleProposal(40);
  const draft = () => waitingDraft(tenant, proposal, new Date());
  const open = await Promise.all(stores.map(({ keptIn }) => openStore(placeOf(keptIn))));
  try {
    for (const store of open) for (let nth = 0; nth < WAITING; nth += 1) await create(store, draft());
    for (let round = 0; round < rounds; round += 1) {
      for (const [nth, store] of open.entries()) {
        const old = 1 + ((round * 7_919) % (stores[nth]?.plans ?? 1));
        const plan = await timed("create a plan", nth, () => create(store, draft()));
        await timed("find an old plan", nth, () => found(store, tenant, old));
        await timed("open plans", nth, () => store.plans.open(tenant));
        await timed("due plans", nth, () => store.plans.due(tenant, new Date().toISOString()));
        await timed("replace with a record", nth, () => cancel(store, plan));
        await timed("append a record", nth, () => store.audit.append(entryOf(plan, "attempt-failed")));
        await timed("last plans", nth, () => store.plans.latest(tenant, PAGE));
        await timed("records of a plan", nth, () => store.audit.read(tenant, { planNumber: old }));
        await timed("end of the chain", nth, () => store.audit.head(tenant));
      }
    }
  } finally {
    for (const store of open) await store.close();
  }
  return times;
}

function create(store: Store, draft: PlanDraft): Promise<Plan> {
  const { tenantId, createdAt: at, requester: by } = draft;
  return store.plans.create(draft, [{ tenantId, at, event: "plan-proposed", by, detail: proposed(draft) }]);
}

async function found(store: Store, tenant: TenantId, number: number): Promise<void> {
  if ((await store.plans.find(tenant, number)) === undefined) throw new Error(`there is no plan #${number}`);
}

async function cancel(store: Store, plan: Plan): Promise<void> {
  const state = { kind: "cancelled", by: plan.requester, at: plan.createdAt } as const;
  const { kind } = await store.plans.replace({ ...plan, state }, [entryOf(plan, "plan-cancelled")]);
  if (kind !== "replaced") throw new Error(`plan #${plan.number} could not be cancelled: ${kind}`);
}

function entryOf(plan: Plan, event: AuditEntry["event"]): AuditEntry {
  const { tenantId, createdAt: at, requester: by, number: planNumber, revision } = plan;
  return { tenantId, at, event, by, planNumber, revision, detail: {} };
}
