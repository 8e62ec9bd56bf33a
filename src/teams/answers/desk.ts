import { Fault, type Refusal } from "../../core/errors.js";
import type { Log, Ports, Rules } from "../../core/ports.js";
import type { PlanAnnouncer } from "../board/announcer.js";
import type { Outside } from "../board/copies.js";
import { namesMayShow } from "../board/plan-viewer.js";
import type { SsoCheck } from "../http/sso-token.js";
import type { Place } from "../incoming/place.js";
import { type Background, describeError } from "../sending/background.js";
import type { Messenger } from "../sending/messenger.js";
import { faultText, SOMETHING_WENT_WRONG } from "../words/fault-text.js";
import { refusalText } from "../words/refusal-text.js";

/** What it takes to answer people: the core, and Teams. */
export interface Desk {
  readonly ports: Ports;
  readonly rules: Rules;
  readonly log: Log;
  readonly messenger: Messenger;
  readonly announcer: PlanAnnouncer;
  readonly background: Background;
  readonly ssoCheck: SsoCheck;
  readonly app: {
    readonly clientId: string;
    readonly tenantId: string;
    readonly authorityHost: string;
    readonly appIdUri: string;
    readonly publicUrl: string;
  };
}

/** The words for a refusal, for everybody in this place to read; `again` is what the person was doing. */
export async function refusalWords(
  desk: { readonly ports: Pick<Ports, "conversations">; readonly app: Outside["app"] },
  place: Place,
  refusal: Refusal,
  again?: string,
): Promise<string> {
  // The only refusals that name people other than the one who acted.
  const namesPeople =
    refusal.code === "emergency-account-cut-off" || refusal.code === "emergency-account-not-read";
  const namesShown = namesPeople && (await namesMayShow(desk.ports.conversations, place));
  return refusalText(refusal, { ...desk.app, namesShown, ...(again === undefined ? {} : { again }) });
}

/** The words for what was thrown, after it went into the log: never a message or a stack of ours. */
export function failureWords(desk: Pick<Desk, "log">, what: string, error: unknown): string {
  desk.log.error("answer-failed", { what, error: describeError(error) });
  return error instanceof Fault ? faultText(error) : SOMETHING_WENT_WRONG;
}
