import type { FaultCode, Refusal, WriteFaultCode } from "../../core/errors.js";
import { plain } from "./card-text.js";
import { faultWords, waitWords } from "./fault-text.js";

type NotWritten = Extract<Refusal, { code: "not-written" }>;

/** An approval after which nothing was written: whose identity Graph refused, and who has to do what. */
export function notWrittenText(refusal: NotWritten, again: string): string {
  const { fault, planNumber, requestId, retryAfterSeconds } = refusal;
  const request = requestId === undefined ? "" : ` Graph request ${plain(requestId)}.`;
  const why = isOfWrite(fault)
    ? writeFaultWords(fault, retryAfterSeconds, again)
    : `${beforeTheWrite(fault)}${faultWords(fault, retryAfterSeconds, again)}`;
  return `Nothing was written, and plan #${planNumber} stays open. ${why}${request}`;
}

/** Whether Graph refused the write, which has the approver's rights; else a reading of the app's, or the store, failed. */
function isOfWrite(fault: FaultCode | WriteFaultCode): fault is WriteFaultCode {
  return fault.startsWith("write-");
}

/** Where no write was tried, because Graph or Entra did not let the app read: a person would look for it at themselves. */
function beforeTheWrite(fault: FaultCode): string {
  if (fault === "graph-too-slow")
    return "Right before a write Latchkey reads the policy, and what takes 10 seconds or more to read may have changed since: as long as Graph is so slow, nothing is written. ";
  const isReading = fault.startsWith("graph-") || fault.startsWith("app-") || fault === "entra-unavailable";
  return isReading && fault !== "graph-conflict"
    ? "Right before a write Latchkey reads the policy with its own identity, and could not. "
    : "";
}

function writeFaultWords(
  fault: WriteFaultCode,
  retryAfterSeconds: number | undefined,
  again: string,
): string {
  switch (fault) {
    case "write-denied":
      return `Microsoft Graph says that your account may not change the policy. Activate Authentication Policy Administrator in PIM, wait a minute, then ${again}.`;
    case "write-unauthorized":
      return `Microsoft Graph did not accept your sign-in. Sign out of Teams and in again, then ${again}.`;
    case "write-throttled":
      return `Microsoft Graph takes no more changes from this tenant at the moment. ${waitWords(retryAfterSeconds, again)}`;
    case "write-unavailable":
      return `Microsoft Graph could not take the change at the moment. ${waitWords(retryAfterSeconds, again)}`;
    case "write-conflict":
      return `Somebody else wrote the policy in the same moment. Wait a minute, then ${again}.`;
  }
}
