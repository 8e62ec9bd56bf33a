import { z } from "zod";
import { Fault, type FaultCode } from "../core/errors.js";
import type { GraphAnswer } from "./graph-http.js";

/** What Graph put in the body of an error (https://learn.microsoft.com/graph/errors). */
export interface GraphRefusal {
  readonly code: string;
  readonly message: string;
  readonly requestId?: string;
}

/** Graph's code where the registration report needs Entra ID P1 or P2 and the tenant has neither. */
const NO_LICENCE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";

const inner = z.object({ "request-id": z.string().optional() });
const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string().optional(),
    // Spelled both ways, depending on the service behind Graph.
    innerError: inner.optional(),
    innererror: inner.optional(),
  }),
});

/** Graph's own code and words; for a body in another shape, what little is known. */
export function readRefusal(answer: GraphAnswer): GraphRefusal {
  const read = errorBody.safeParse(answer.body.kind === "json" ? answer.body.value : undefined);
  const error = read.success ? read.data.error : undefined;
  const requestId =
    answer.requestId ?? error?.innerError?.["request-id"] ?? error?.innererror?.["request-id"];
  return {
    code: error?.code || `http-${answer.status}`,
    message: withoutTokens(error?.message ?? "").slice(0, 500) || "no explanation given",
    ...(requestId === undefined ? {} : { requestId }),
  };
}

/** Every answer of Graph that is not a success, as one of our codes; branches on status and code, never on text. */
export function translateGraphError(answer: GraphAnswer): Fault {
  const { code, message, requestId } = readRefusal(answer);
  const faultCode = code === NO_LICENCE ? "graph-no-licence" : codeOfStatus(answer.status);
  return new Fault(faultCode, `Graph said ${answer.status} ${code}: ${message}`, {
    status: answer.status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(answer.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: answer.retryAfterSeconds }),
  });
}

function codeOfStatus(status: number): FaultCode {
  switch (status) {
    case 401:
      return "graph-unauthorized";
    case 403:
      return "graph-denied";
    case 404:
      return "graph-not-found";
    case 409:
    case 412:
    case 423:
      return "graph-conflict";
    case 429:
      return "graph-throttled";
    default:
      if (status >= 500) return "graph-unavailable";
      return status >= 400 ? "graph-bad-request" : "graph-unreadable";
  }
}

/** Some services quote the token they did not like; a JWT starts with `eyJ`, which is `{"` in base64. */
function withoutTokens(text: string): string {
  return text.replace(/eyJ[\w-]+(\.[\w-]*)*/g, "[redacted]");
}
