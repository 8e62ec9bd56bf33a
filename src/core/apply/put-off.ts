import type { Fault, Refusal } from "../errors.js";
import type { Instant } from "../person.js";
import { type Plan, type PutOff, writeOf } from "../plan/plan.js";
import { tryToStore } from "../plan/store-change.js";
import { move } from "../plan/transition.js";
import { type Moment, moment } from "../ports/moment.js";
import type { Ports } from "../ports.js";
import { failed, type NotWritten, notWritten } from "./not-written.js";
import { leavesTime, mayWait } from "./patience.js";

/**
 * What was intended is sure not to be done, and may be sent again later: Graph said 429, with which a request fails
 * (https://learn.microsoft.com/graph/throttling), or nothing was sent at all.
 */
export interface ToBePutOff extends NotWritten {
  readonly kind: "to-be-put-off";
  readonly fault: PutOff["fault"];
}

/** Of an answer for which there was no time: nothing was sent, and it may be had later. undefined: it failed in another way. */
export function laterOn(fault: Fault): ToBePutOff | undefined {
  const { code } = fault;
  if (code !== "graph-throttled" && code !== "graph-too-slow") return undefined;
  return { kind: "to-be-put-off", ...failed(fault), fault: code };
}

/** For how long what a press began may be waited with. */
export interface Waiting {
  readonly pressed: Moment;
  /** When the rights end with which it is written; undefined: not known. */
  readonly rightsEnd: Instant | undefined;
  /** How often it was put off before. */
  readonly times: number;
}

/**
 * Keeps the plan, with its approval, until Graph may be asked again.
 * @returns the plan as it is put off, when that time is over; or why not: it would be too long, and the plan is open
 *   again, or another person or process changed it
 * @throws Fault when the store cannot keep that
 */
export async function waitPutOff(
  ports: Ports,
  plan: Plan,
  reason: ToBePutOff,
  { pressed, rightsEnd, times }: Waiting,
): Promise<Plan | Refusal> {
  const { clock, graphWaits } = ports;
  const begun = moment(clock);
  const waitMs = secondsToWait(reason, times) * 1_000;
  if (!mayWait(waitMs, pressed, begun) || !leavesTime(waitMs, begun, [rightsEnd, plan.expiresAt]))
    return notWritten(ports, plan, reason);
  const { fault, why, requestId } = reason;
  const until = new Date(begun.now + waitMs).toISOString();
  const putOff: PutOff = { at: new Date(begun.now).toISOString(), until, fault };
  const stored = await tryToStore(ports, plan, {
    change: (current) => move(current, { ...applyingOf(plan), putOff }, { approvals: current.approvals }),
    event: "write-put-off",
    detail: { fault, why, until, ...(requestId ? { requestId } : {}) },
  });
  if (stored === "overtaken") return notWritten(ports, plan, reason);
  if ("kind" in stored) return stored;
  const leftMs = waitMs - (clock.elapsed() - begun.elapsed);
  if (leftMs > 0) {
    if (fault !== "graph-too-slow") graphWaits.tell(leftMs / 1_000);
    await clock.sleep(leftMs);
  }
  return stored;
}

/** As long as Graph asks; and twice as long each time, so that one which names little or nothing is left alone as well. */
function secondsToWait({ retryAfterSeconds = 0 }: ToBePutOff, times: number): number {
  return Math.max(retryAfterSeconds, 2 ** times);
}

/** The same write, of which nothing is known but that it is being applied. */
function applyingOf(plan: Plan) {
  const { by, at, clientRequestId } = writeOf(plan);
  if (plan.state.kind !== "applying") throw new Error(`plan #${plan.number} is not being applied`);
  return { kind: "applying", by, at, clientRequestId, replica: plan.state.replica } as const;
}
