import { type Fault, type FaultCode, type Refusal, refuse, type WriteFaultCode } from "../errors.js";
import { refuseClosed } from "../plan/open-plan.js";
import type { Plan } from "../plan/plan.js";
import type { Ports } from "../ports.js";
import { reopenAfterAttempt } from "./finish.js";

/** What is known of why nothing was written. */
export interface NotWritten {
  readonly fault: FaultCode | WriteFaultCode;
  /** In the words of what failed. */
  readonly why: string;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** What a sign-in has to bring. */
  readonly claims?: string | undefined;
}

/** The same of what was asked for and failed. */
export function failed({ code: fault, message: why, requestId, retryAfterSeconds }: Fault) {
  return { fault, why, requestId, retryAfterSeconds } satisfies NotWritten;
}

/** Nothing was written: the plan is open as before, and the person who pressed learns why; or who has ended it meanwhile. */
export async function notWritten(
  ports: Ports,
  plan: Plan,
  { fault, why, requestId, retryAfterSeconds, claims }: NotWritten,
): Promise<Refusal> {
  const ids = requestId ? { requestId } : {};
  const now = await reopenAfterAttempt(ports, plan, { fault, why, ...ids });
  const ended = now.state.kind === "waiting" ? undefined : refuseClosed(now, ports.clock.now());
  if (ended) return ended;
  const after = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  const demanded = claims === undefined ? {} : { claims };
  return refuse({ code: "not-written", planNumber: plan.number, fault, ...ids, ...after, ...demanded });
}
