import { Fault } from "../errors.js";
import type { Ports } from "../ports.js";
import type { Baseline } from "./baseline.js";
import type { LoggedWrite } from "./drift.js";

/** How far Graph's clock and this machine's may be apart. Less than the pause between two readings (`readSteady`). */
export const GRAPH_CLOCK_SKEW_MS = 2_000;
/** The last ones: a card has no room for more. */
const WRITERS_AT_MOST = 20;

/**
 * Who wrote the authentication methods policy since it was as the baseline, oldest first, applications of Microsoft
 * like any other writer. Empty while the directory audit log does not say (it lags by minutes) or cannot be read.
 */
export async function findWriters(
  ports: Pick<Ports, "tenant" | "log">,
  baseline: Baseline,
): Promise<readonly LoggedWrite[]> {
  return ((await writersSince(ports, baseline)) ?? []).slice(-WRITERS_AT_MOST);
}

/** All of them. undefined: the log cannot be read. */
export async function writersSince(
  ports: Pick<Ports, "tenant" | "log">,
  baseline: Baseline,
): Promise<readonly LoggedWrite[] | undefined> {
  const since = new Date(Date.parse(baseline.seenAt) - GRAPH_CLOCK_SKEW_MS).toISOString();
  try {
    const writes = await ports.tenant.policyWritersSince(since);
    const own = ownWrite(writes, baseline);
    return writes.filter((write) => write !== own).sort((a, b) => (a.at < b.at ? -1 : 1));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("drift-writers-not-read", { code: error.code, requestId: error.requestId });
    return undefined;
  }
}

/** The entry of the write that made the baseline: one, although the same person may have made others about that time. */
function ownWrite(writes: readonly LoggedWrite[], { source, at }: Baseline): LoggedWrite | undefined {
  if (source.kind !== "applied") return undefined;
  const from = Date.parse(source.sentAt) - GRAPH_CLOCK_SKEW_MS;
  const to = Date.parse(at) + GRAPH_CLOCK_SKEW_MS;
  return writes
    .filter(({ id, at: when }) => id === source.by.id && Date.parse(when) >= from && Date.parse(when) <= to)
    .reduce<LoggedWrite | undefined>(
      (first, each) => (first && first.at <= each.at ? first : each),
      undefined,
    );
}
