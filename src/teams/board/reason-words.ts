import { Fault, type Refusal } from "../../core/errors.js";
import type { Log, Ports } from "../../core/ports.js";
import type { Place } from "../incoming/place.js";
import { faultText, SOMETHING_WENT_WRONG } from "../words/fault-text.js";
import { type RefusalWords, refusalText } from "../words/refusal-text.js";
import { namesMayShow } from "./plan-viewer.js";

/** The words for a refusal, which goes into the log, for everybody in this place to read; `again` is what the person was doing. */
export async function refusalWords(
  {
    ports,
    app,
  }: {
    readonly ports: Pick<Ports, "conversations" | "log">;
    readonly app: Pick<RefusalWords, "clientId" | "tenantId" | "authorityHost" | "adminCenterUrl">;
  },
  place: Place,
  refusal: Refusal,
  again?: string,
): Promise<string> {
  ports.log.info("refused", { code: refusal.code, again });
  // The only refusals that name people other than the one who acted.
  const namesPeople =
    refusal.code === "emergency-account-cut-off" || refusal.code === "emergency-account-not-read";
  const namesShown = namesPeople && (await namesMayShow(ports.conversations, place));
  return refusalText(refusal, { ...app, namesShown, ...(again === undefined ? {} : { again }) });
}

/** The words for what was thrown, after it went into the log: never a message or a stack of ours. */
export function failureWords({ log }: { readonly log: Log }, what: string, error: unknown): string {
  log.error("answer-failed", { what, error });
  return error instanceof Fault ? faultText(error) : SOMETHING_WENT_WRONG;
}
