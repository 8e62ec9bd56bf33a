import type { Drift } from "../../../core/drift/drift.js";
import { refuse } from "../../../core/errors.js";
import { refusalWords } from "../../board/reason-words.js";
import type { Place } from "../../incoming/place.js";
import type { Answer } from "../answer.js";
import type { AnswerContext } from "../answer-context.js";
import type { AnswerTo } from "./answer-to.js";

/** The card of one drift, open or ended. */
export const answerShowDrift: AnswerTo<"show-drift"> = async (context, { place }, { driftNumber }) => {
  const drift = await context.ports.watch.findDrift(context.rules.tenantId, driftNumber);
  if (drift === undefined) {
    const refusal = refuse({ code: "unknown-drift", driftNumber });
    return { kind: "text", text: await refusalWords(context, place, refusal) };
  }
  return driftCardIn(context, drift, place);
};

/** The drift's card in this place, kept up to date from then on. */
export function driftCardIn(
  { announcer }: Pick<AnswerContext, "announcer">,
  drift: Drift,
  place: Place,
): Answer {
  return { kind: "live-card", post: (into) => announcer.showDrift(drift, place.id, into) };
}
