import { Fault } from "../errors.js";
import type { Instant, PersonId } from "../person.js";
import type { Ports } from "../ports.js";
import type { Baseline } from "./baseline.js";
import type { LoggedWrite } from "./drift.js";

/** How far Graph's clock and this machine's may be apart. Less than the pause between two readings (`readSteady`). */
export const GRAPH_CLOCK_SKEW_MS = 2_000;
/** The last ones: a card has no room for more. */
const WRITERS_AT_MOST = 20;

/** More plans than are applied between two readings of the policy. */
const PLANS_AT_MOST = 20;

type WriterPorts = Pick<Ports, "tenant" | "plans" | "log">;

/**
 * Who wrote the authentication methods policy since it was as the baseline, oldest first, applications of Microsoft
 * like any other writer. Empty while the directory audit log does not say (it lags by minutes) or cannot be read.
 */
export async function findWriters(ports: WriterPorts, baseline: Baseline): Promise<readonly LoggedWrite[]> {
  return ((await writersSince(ports, baseline)) ?? []).slice(-WRITERS_AT_MOST);
}

/** All of them. undefined: the log cannot be read. */
export async function writersSince(
  ports: WriterPorts,
  baseline: Baseline,
): Promise<readonly LoggedWrite[] | undefined> {
  const since = new Date(Date.parse(baseline.seenAt) - GRAPH_CLOCK_SKEW_MS).toISOString();
  try {
    const writes = await ports.tenant.policyWritersSince(since);
    return withoutOwn(writes, await ownWrites(ports, baseline));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("drift-writers-not-read", { code: error.code, requestId: error.requestId });
    return undefined;
  }
}

/** A write of ours: by whom, and between when. */
interface OwnWrite {
  readonly by: PersonId;
  readonly from: Instant;
  readonly to: Instant;
}

/** Those of all plans that were applied lately: a drift may be older than the plan of the baseline it is compared with. */
async function ownWrites(
  { plans }: Pick<Ports, "plans">,
  { tenantId, source, at }: Baseline,
): Promise<readonly OwnWrite[]> {
  const made = source.kind === "applied" ? source : undefined;
  const applied = await plans.latest(tenantId, PLANS_AT_MOST);
  return [
    ...(made === undefined ? [] : [{ by: made.by.id, from: made.sentAt, to: at }]),
    ...applied.flatMap(({ number, state, approvals }): readonly OwnWrite[] => {
      if (state.kind !== "applied" || number === made?.planNumber) return [];
      const { by, at: to } = state;
      return [{ by: by.id, from: approvals.findLast((each) => each.by.id === by.id)?.at ?? to, to }];
    }),
  ];
}

/** Of each write of ours one entry is left out, although the same person may have made others about that time. */
function withoutOwn(writes: readonly LoggedWrite[], own: readonly OwnWrite[]): LoggedWrite[] {
  const left = [...writes].sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const { by, from, to } of own) {
    const begin = Date.parse(from) - GRAPH_CLOCK_SKEW_MS;
    const end = Date.parse(to) + GRAPH_CLOCK_SKEW_MS;
    const found = left.findIndex(
      ({ id, at }) => id === by && Date.parse(at) >= begin && Date.parse(at) <= end,
    );
    if (found !== -1) left.splice(found, 1);
  }
  return left;
}
