import { Fault } from "../../core/errors.js";

/** Teams was sent something and may have taken it: the answer was lost, or says nothing about it. */
export class MayHaveArrived extends Error {
  override readonly name = "MayHaveArrived";
  constructor(cause: unknown) {
    super("Teams may have taken the message, and did not say so", { cause });
  }
}

/** Teams took the call and said nothing for too long. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Microsoft's list of what to repeat, source Microsoft Learn, "Rate limiting for agents in Teams": the request was not taken. */
const PUT_OFF: readonly number[] = [412, 429];
const UNAVAILABLE = 503;
/** The network's own: nothing was sent. */
const NOT_REACHED: readonly string[] = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"];

/**
 * What became of a request that failed: it was put off and may be repeated; it may have been taken; or it was refused,
 * by Teams or by ourselves before it was sent.
 */
export function arrivalOf(error: unknown): "put-off" | "perhaps" | "refused" {
  if (error instanceof Unanswered) return "perhaps";
  const status = statusOf(error);
  const code = codeOf(error);
  if (status === undefined) {
    if (code === undefined || error instanceof Fault) return "refused";
    return NOT_REACHED.includes(code) ? "put-off" : "perhaps";
  }
  if (PUT_OFF.includes(status) || (status === UNAVAILABLE && isChannelsWord(error, code))) return "put-off";
  return status >= 500 ? "perhaps" : "refused";
}

/** Whether Teams itself says that there is no such message or conversation, or that it is not ours to change. */
export function isRefusal(error: unknown): boolean {
  return GONE.includes(statusOf(error) ?? 0);
}
const GONE: readonly number[] = [403, 404, 410];

/**
 * The status with which Teams will not have what was sent as it is: too large, or against its rules. The same again
 * fares no better; something else may.
 */
export function contentRefusal(error: unknown): number | undefined {
  const status = statusOf(error);
  return status !== undefined && UNACCEPTABLE.includes(status) ? status : undefined;
}
const UNACCEPTABLE: readonly number[] = [400, 413];

/** A header of the answer, if there was one. */
export function headerOf(error: unknown, name: string): string | undefined {
  return (error as WithResponse).response?.headers?.get?.(name);
}
interface WithResponse {
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
}

/** A proxy on the way says 503 as well, without what the channel says with it; then the request may have got through. */
function isChannelsWord(error: unknown, code: string | undefined): boolean {
  return headerOf(error, "retry-after") !== undefined || (code !== undefined && code !== UNREADABLE);
}
/** The client's own code for an answer that is no JSON. */
const UNREADABLE = "PARSE_ERROR";

/** The HTTP status of what the connector's client threw. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
