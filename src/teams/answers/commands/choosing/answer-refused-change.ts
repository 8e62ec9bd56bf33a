import type { Refusal } from "../../../../core/errors.js";
import type { UnknownGroup } from "../../../../core/policy/group.js";
import { modelChoices } from "../../../../core/report/model-choices.js";
import { refusalWords } from "../../../board/reason-words.js";
import { entriesCard } from "../../../cards/choices/entries-card.js";
import { groupChoiceCard } from "../../../cards/choices/group-choice-card.js";
import { modelChoiceCard } from "../../../cards/choices/model-choice-card.js";
import type { Request } from "../../../incoming/request.js";
import { canBeSaidAgain } from "../../../words/choices/say-again.js";
import { typedGroup } from "../../../words/choices/typed-group.js";
import { withId } from "../../../words/choices/with-id.js";
import { OPT_IN } from "../../../words/rollout/profile-refusal-text.js";
import type { Answer } from "../../answer.js";
import type { AnswerContext } from "../../answer-context.js";
import { offer } from "../deciding/offer.js";

/** Why nothing was proposed; where that can be chosen, what may be meant, as buttons that say it. @throws Fault */
export async function answerRefusedChange(
  context: AnswerContext,
  { place, text: typed }: Request,
  refusal: Refusal,
): Promise<Answer> {
  if (refusal.code === "ambiguous-model" && canBeSaidAgain(refusal)) {
    const { verb } = refusal;
    if (verb === "allow" || verb === "remove") {
      const options = await modelChoices(context.ports, context.rules, refusal);
      return { kind: "card", card: modelChoiceCard({ ...refusal, verb }, options) };
    }
  }
  if (refusal.code === "entries-not-understood") return { kind: "card", card: entriesCard(refusal) };
  const groups = refusal.code === "ambiguous-group" ? groupChoiceCard(refusal, typed) : undefined;
  if (groups !== undefined) return { kind: "card", card: groups };
  const words = await refusalWords(context, place, refusal);
  const offers = offersFor(refusal, typed);
  return offers.length > 0 ? offer(words, ...offers) : { kind: "text", text: words };
}

/** What may be said instead, as buttons. */
function offersFor(refusal: Refusal, typed: string): readonly string[] {
  switch (refusal.code) {
    case "unknown-group":
      return saidFor(refusal, typed);
    case "ambiguous-model":
      return refusal.candidates.flatMap(({ aaguid }) => withId(typed, refusal.typed, aaguid) ?? []);
    case "profiles-not-opted-in":
    case "kinds-need-profiles":
      return [OPT_IN];
    case "which-profile":
      return refusal.profiles.flatMap((name) =>
        name.includes('"') ? [] : [`${typed} in profile "${name}"`],
      );
    case "too-many-profiles":
      return (refusal.unused ?? []).flatMap((name) =>
        name.includes('"') ? [] : [`delete profile "${name}"`],
      );
    default:
      return [];
  }
}

/** The sentence again with each group that is called nearly so, or what can be said of what is called so instead. */
function saidFor({ name, near = [], instead }: UnknownGroup, typed: string): readonly string[] {
  if (instead !== undefined) return [`${instead.kind === "person" ? "show" : "allow"} ${instead.name}`];
  return near.flatMap((group) => withId(typed, name, typedGroup(group)) ?? []);
}
