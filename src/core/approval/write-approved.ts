import { applyPlan } from "../apply/apply-plan.js";
import { type PolicyReading, readPatiently } from "../apply/policy-reading.js";
import { settleOwnPlan } from "../apply/settle-own-plan.js";
import { anotherMayStillArrive } from "../apply/tenant-busy.js";
import { type Refusal, refuse } from "../errors.js";
import type { Decided } from "../plan/close-plan.js";
import type { PolicyWriter } from "../ports/acting.js";
import { moment } from "../ports/moment.js";
import type { Ports, Rules } from "../ports.js";
import type { Approving } from "./approving.js";
import { intend } from "./intend-write.js";
import { judgeAgain, type NotEnough } from "./judge-again.js";
import { sendLater } from "./send-later.js";

/** Another person or process changed the plan between reading and storing it. */
export type Overtaken = "overtaken";

interface Acting {
  readonly writer: PolicyWriter;
  /** The policy as it was read for this press. */
  readonly reading: PolicyReading;
}

/** Writes a plan with the last approval that it needs, and that person's own rights. */
export async function writeApproved(
  ports: Ports,
  ofNow: Rules,
  approving: Approving,
  { writer, reading: first }: Acting,
): Promise<Refusal | Decided | NotEnough | Overtaken> {
  const { plan } = approving;
  if (await anotherMayStillArrive(ports, plan))
    return refuse({ code: "tenant-busy", planNumber: plan.number });
  // Read while nothing is locked, so that a Graph that takes its time does not use up the time to send.
  const reading = await readPatiently(ports, plan.tenantId, first);
  // Before everything that is judged once more: how long that takes counts, too.
  const intended = moment(ports.clock);
  const judged = await judgeAgain(ports, ofNow, approving);
  if (judged.kind !== "enough") return judged;
  const held: string[] = [];
  try {
    const begun = await intend(ports, plan, { approving, approvals: judged.approvals, held });
    if (begun === "overtaken" || begun.kind === "refusal") return begun;
    const applied = await applyPlan(ports, ofNow, { ...begun, writer, intended, reading });
    if (applied.kind !== "to-be-put-off") return applied;
    const sending = { approving, writer, pressed: first.asked, held };
    return await sendLater(ports, ofNow, sending, { plan: begun.plan, reason: applied });
  } finally {
    for (const clientRequestId of held) ports.inHand.delete(clientRequestId);
    // Not awaited: the person who pressed hears of a failure now.
    void settleOwnPlan(ports, plan);
  }
}
