import { postureFlips } from "../../../core/impact/posture.js";
import type { PlanDraft } from "../../../core/plan/plan.js";
import { postureWords } from "../../../core/words/posture/posture-words.js";
import type { CardElement } from "../parts/card.js";
import { subtle } from "../parts/card-parts.js";

/** The published checks that this change turns, in one line; nothing where it turns none, or is decided. */
export function planPosture({ proposal, state }: PlanDraft): readonly CardElement[] {
  if (state.kind !== "waiting") return [];
  const words = postureWords(postureFlips(proposal.before, proposal.after));
  return words === undefined ? [] : [subtle(words, { spacing: "small" })];
}
