import { Fault } from "../errors.js";
import type { Ports } from "../ports.js";
import type { Baseline } from "./baseline.js";
import type { LoggedWrite } from "./drift.js";

/** Graph's clock and ours may differ by so much, in milliseconds. Less than passes between two looks (`readSteady`). */
const CLOCK_SKEW = 2_000;
/** The last ones; nobody reads more. */
const MOST = 20;

/**
 * Who wrote the authentication methods policy since it was as the baseline, oldest first, applications of Microsoft
 * like anybody else. Nobody, while the directory audit log does not say (it lags by minutes) or cannot be read.
 */
export async function findWriters(
  ports: Pick<Ports, "tenant" | "log">,
  baseline: Baseline,
): Promise<readonly LoggedWrite[]> {
  const since = new Date(Date.parse(baseline.seenAt) - CLOCK_SKEW).toISOString();
  try {
    const writes = await ports.tenant.policyWritersSince(since);
    const own = ownWrite(writes, baseline);
    return writes
      .filter((write) => write !== own)
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .slice(-MOST);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("drift-writers-not-read", { code: error.code, requestId: error.requestId });
    return [];
  }
}

/** The entry of the write that made the baseline: one, whatever else the same person did about that time. */
function ownWrite(writes: readonly LoggedWrite[], { source, at }: Baseline): LoggedWrite | undefined {
  if (source.kind !== "applied") return undefined;
  const from = Date.parse(source.sentAt) - CLOCK_SKEW;
  const to = Date.parse(at) + CLOCK_SKEW;
  return writes
    .filter(({ id, at: when }) => id === source.by.id && Date.parse(when) >= from && Date.parse(when) <= to)
    .reduce<LoggedWrite | undefined>(
      (first, each) => (first && first.at <= each.at ? first : each),
      undefined,
    );
}
