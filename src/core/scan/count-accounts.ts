import { Fault } from "../errors.js";
import type { Ports } from "../ports.js";
import type { AccountCounts } from "./inventory.js";
import type { Scan } from "./scan.js";

/**
 * How many accounts the tenant has, with which the rows of the report are compared. A scan of changes keeps what the
 * last full scan counted: who was disabled since is among the people it takes over. undefined: it could not be
 * counted, for which no scan fails.
 */
export async function countAccounts(
  ports: Pick<Ports, "passkeys" | "log">,
  scan: Scan,
): Promise<AccountCounts | undefined> {
  if (scan.kind === "changes") return scan.accounts;
  try {
    return await ports.passkeys.countAccounts();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("accounts-not-counted", { scan: scan.scanId, code: error.code, why: error.message });
    return undefined;
  }
}
