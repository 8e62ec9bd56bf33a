/**
 * What became of a call that failed: it was put off and may be repeated; it may have been taken; or it was refused, by
 * Teams or by ourselves before it was sent.
 */
export type Arrival = "put-off" | "perhaps" | "refused";

interface FailedCall {
  readonly arrival: Arrival;
  /** undefined: none arrived. */
  readonly status?: number;
  /** Teams' own word for it, e.g. `BotNotInConversationRoster`. */
  readonly code?: string | undefined;
  /** The header as it came: seconds, or a date. */
  readonly retryAfter?: string | undefined;
  readonly cause?: unknown;
}

/** A call to Teams that brought no success. */
export class CallFailed extends Error {
  override readonly name: string = "CallFailed";
  readonly arrival: Arrival;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfter: string | undefined;
  constructor(message: string, { arrival, status, code, retryAfter, cause }: FailedCall) {
    super(message, cause === undefined ? undefined : { cause });
    this.arrival = arrival;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The time of a call passed: without an answer, or before there was a token to sign it with. */
export class Unanswered extends CallFailed {
  override readonly name = "Unanswered";
}

/** Teams was sent something and may have taken it: the answer was lost, or says nothing about it. */
export class MayHaveArrived extends Error {
  override readonly name = "MayHaveArrived";
  constructor(cause: unknown) {
    super("Teams may have taken the message, and did not say so", { cause });
  }
}

/** Microsoft's list of what to repeat, source Microsoft Learn, "Rate limiting for agents in Teams": the request was not taken. */
const PUT_OFF: readonly number[] = [412, 429];
const UNAVAILABLE = 503;

/** What an answer without success says of the request. */
export function arrivalBy({
  status,
  code,
  retryAfter,
}: Pick<FailedCall, "code" | "retryAfter"> & { readonly status: number }): Arrival {
  // A proxy on the way says 503 as well, without what the channel says with it; then the request may have got through.
  const isChannelsWord = code !== undefined || retryAfter !== undefined;
  if (PUT_OFF.includes(status) || (status === UNAVAILABLE && isChannelsWord)) return "put-off";
  return status >= 500 ? "perhaps" : "refused";
}

/** What did not fail at Teams failed before anything was sent there. */
export function arrivalOf(error: unknown): Arrival {
  return error instanceof CallFailed ? error.arrival : "refused";
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

function statusOf(error: unknown): number | undefined {
  return error instanceof CallFailed ? error.status : undefined;
}
