import type { Fault, FaultCode } from "../../core/errors.js";
import { plainSentences } from "./card-text.js";

/** When we do not know what happened, and so promise nothing. */
export const SOMETHING_WENT_WRONG =
  "Something went wrong on our side, and it is in the log. Say `pending` to see where your plans stand, then try again.";

/** What failed outside, in words for the chat; ends with the next step. */
export function faultText(
  fault: Pick<Fault, "code" | "message" | "requestId" | "retryAfterSeconds">,
): string {
  const support = fault.requestId === undefined ? "" : ` Graph request ${fault.requestId}.`;
  // Which member of the policy it is, is what the operator needs; the sentence is ours, the value in it Graph's.
  const detail = fault.code === "policy-unreadable" ? ` ${plainSentences(fault.message)}` : "";
  return `${faultWords(fault.code, fault.retryAfterSeconds)}${detail}${support}`;
}

/**
 * What failed when the app read with its own identity, or in the store. Who has to act is the operator or an
 * administrator: the rights of the person who acts are not the reason, and where they could seem to be, that is said.
 * @param again what the person was doing
 */
export function faultWords(code: FaultCode, retryAfterSeconds?: number, again = "try again"): string {
  switch (code) {
    case "graph-denied":
      return `Microsoft Graph does not let Latchkey's own app read this; that is not about your account or your role. Ask an administrator to grant consent and check the app's permissions, then ${again}.`;
    case "graph-unauthorized":
      return `Microsoft Graph did not accept the sign-in of Latchkey's own app; that is not about your sign-in. Ask the operator to check the app's credential, then ${again}.`;
    case "graph-no-licence":
      return `This tenant's licence does not include the registration report (Entra ID P1). Ask an administrator about the licence, then ${again}.`;
    case "graph-not-found":
      return `Microsoft Graph says this does not exist. Check the name or number, then ${again}.`;
    case "graph-bad-request":
      return `Microsoft Graph did not understand the request. Ask the operator to look at the log, then ${again}.`;
    case "graph-conflict":
      return `Somebody else is changing the policy at this moment. Wait a minute, then ${again}.`;
    case "graph-throttled":
      return `Microsoft Graph is busy with this tenant. ${waitWords(retryAfterSeconds, again)}`;
    case "graph-unavailable":
      return `Microsoft Graph has a problem at the moment. ${waitWords(retryAfterSeconds, again)}`;
    case "graph-unreachable":
      return `Microsoft Graph did not answer. Wait a minute, then ${again}.`;
    case "graph-too-slow":
      return `Microsoft Graph took longer than Latchkey waits for an answer. Wait some minutes, then ${again}; if it stays so slow, ask the operator to look at the service health of Microsoft 365 and at what is on the way to Graph.`;
    case "graph-unreadable":
      return `Microsoft Graph sent something Latchkey cannot read. Ask the operator to look at the log, then ${again}.`;
    case "policy-unreadable":
      return "The passkey policy holds something Latchkey does not understand, so nothing is proposed. Ask the operator to look at the log; the Entra admin center still works.";
    case "app-sign-in-failed":
      return `Entra did not take the sign-in of Latchkey's own app; that is not about your sign-in. Ask the operator to check the app's credential, then ${again}.`;
    case "app-consent-missing":
      return `Latchkey's own app has no consent in this tenant, or no longer. Ask an administrator to grant it, then ${again}.`;
    case "entra-unavailable":
      return `Entra did not answer Latchkey's own sign-in. ${waitWords(retryAfterSeconds, again)}`;
    case "store-unavailable":
      return `Latchkey cannot reach its own records, and without them it sends no change to Microsoft Graph. Ask the operator to look at the store, then ${again}.`;
    case "emergency-accounts-unsure":
      return `EMERGENCY_ACCOUNTS names what is not in the tenant or cannot be read, so whom Latchkey must never cut off is not certain. Ask the operator to say \`show policy\` and mend it, then ${again}.`;
    case "store-altered":
      return "Latchkey's store holds something that Latchkey did not put there, so it is not believed. Tell your security people now, and ask the operator to run `npm run audit -- verify` before anything in the store is repaired.";
    case "store-put-back":
      return "Latchkey's store was put back to an earlier state while Latchkey was running: what was decided since is missing in it, so Latchkey decides nothing and writes nothing. Tell your security people now, and ask the operator to look at the log and at /readyz, where the next step is.";
    case "wait-interrupted":
      return `Microsoft Graph had put the change off, and Latchkey was stopped before that time was over. Simply ${again}.`;
    case "too-late":
      return `It took Latchkey too long to get ready, and what is sent late could meet another change. Simply ${again}; if this comes again, tell the operator.`;
  }
}

/** When to try again, by what the service said. */
export function waitWords(seconds: number | undefined, again: string): string {
  if (seconds === undefined) return `Wait a minute, then ${again}.`;
  if (seconds <= 1) return `Wait a second, then ${again}.`;
  return `Wait ${seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`}, then ${again}.`;
}
