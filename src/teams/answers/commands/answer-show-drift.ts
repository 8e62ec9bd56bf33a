import type { Drift } from "../../../core/drift/drift.js";
import { refuse } from "../../../core/errors.js";
import { refusalWords } from "../../board/reason-words.js";
import type { Place } from "../../incoming/place.js";
import type { Answer } from "../answer.js";
import type { Desk } from "../desk.js";
import type { AnswerTo } from "./answer-to.js";

/** The card of one drift, open or ended. */
export const answerShowDrift: AnswerTo<"show-drift"> = async (desk, { place }, { driftNumber }) => {
  const drift = await desk.ports.watch.findDrift(desk.rules.tenantId, driftNumber);
  if (drift === undefined) {
    const refusal = refuse({ code: "unknown-drift", driftNumber });
    return { kind: "text", text: await refusalWords(desk, place, refusal) };
  }
  return driftCardIn(desk, drift, place);
};

/** The drift's card in this place, kept up to date from then on. */
export function driftCardIn({ announcer }: Pick<Desk, "announcer">, drift: Drift, place: Place): Answer {
  return { kind: "live-card", post: (into) => announcer.showDrift(drift, place.id, into) };
}
