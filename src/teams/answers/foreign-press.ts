import { isOfSame } from "../../core/audit/shown-digest.js";
import { driftDigest } from "../../core/drift/drift-digest.js";
import { type Refusal, refuse } from "../../core/errors.js";
import { planDigest } from "../../core/plan/plan-digest.js";
import type { Ports, Rules } from "../../core/ports.js";
import { foreignCard } from "../cards/parts/foreign-card.js";
import type { Press } from "../incoming/read-press.js";
import type { AnswerContext } from "./answer-context.js";
import type { ClickIncoming } from "./click-answer.js";

/**
 * Why a card whose button was pressed is not of this installation: numbers are given again where a store begins anew or was
 * restored without its drill. The core refuses such a press by itself; here it is kept from the board, which would
 * turn the card into that of the plan or drift which has the number by now.
 * @returns undefined: it is of this installation, or of a scan, whose ids are never given again @throws Fault
 */
export async function refuseForeign(
  {
    ports,
    rules,
  }: { readonly ports: Pick<Ports, "plans" | "watch">; readonly rules: Pick<Rules, "tenantId"> },
  press: Press,
): Promise<Refusal | undefined> {
  if ("driftNumber" in press) {
    const { driftNumber, digest } = press;
    const drift = await ports.watch.findDrift(rules.tenantId, driftNumber);
    if (drift === undefined) return refuse({ code: "unknown-drift", driftNumber });
    return isOfSame(digest, driftDigest(drift)) ? undefined : refuse({ code: "other-drift", driftNumber });
  }
  if (!("planNumber" in press)) return undefined;
  const { planNumber, digest } = press;
  const plan = await ports.plans.find(rules.tenantId, planNumber);
  if (plan === undefined) return refuse({ code: "unknown-plan", planNumber });
  return isOfSame(digest, planDigest(plan)) ? undefined : refuse({ code: "other-plan", planNumber });
}

/**
 * Takes the buttons from a foreign card, in the background. A message that is known to show something of this
 * installation stays: an earlier version posted its buttons without a digest, and a client may name any message.
 */
export function replaceForeign(
  context: Pick<AnswerContext, "messenger" | "background" | "rules" | "log" | "announcer">,
  { place, person, message }: ClickIncoming,
  { code }: Refusal,
): void {
  context.log.warn("foreign-card-pressed", { why: code, clicker: person.id });
  if (message === undefined) return;
  context.background.start("foreign card replaced", async () => {
    if (await context.announcer.knows(context.rules.tenantId, place.id, message)) return;
    await context.messenger.replace(place, message, { kind: "card", card: foreignCard() });
  });
}
