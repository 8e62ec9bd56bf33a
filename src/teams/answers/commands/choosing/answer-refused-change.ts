import type { Refusal } from "../../../../core/errors.js";
import type { UnknownGroup } from "../../../../core/policy/group.js";
import type { Model } from "../../../../core/policy/model.js";
import { modelChoices } from "../../../../core/report/model-choices.js";
import { clip, oneLine } from "../../../../core/words/one-line.js";
import { refusalWords } from "../../../board/reason-words.js";
import { entriesCard } from "../../../cards/choices/entries-card.js";
import { groupChoiceCard } from "../../../cards/choices/group-choice-card.js";
import { modelChoiceCard } from "../../../cards/choices/model-choice-card.js";
import type { Offer } from "../../../cards/reports/offer-card.js";
import type { Request } from "../../../incoming/request.js";
import { canBeSaidAgain } from "../../../words/choices/say-again.js";
import { typedGroup } from "../../../words/choices/typed-group.js";
import { withId } from "../../../words/choices/with-id.js";
import { OPT_IN } from "../../../words/rollout/profile-refusal-text.js";
import type { Answer } from "../../answer.js";
import type { AnswerContext } from "../../answer-context.js";
import { offer } from "../deciding/offer.js";

/** A phone has room for so much beside what tells models apart. */
const NAME_SHOWN = 26;

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
function offersFor(refusal: Refusal, typed: string): readonly Offer[] {
  switch (refusal.code) {
    case "unknown-group":
      return saidFor(refusal, typed);
    case "ambiguous-model":
      return modelOffers(refusal, typed);
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

/** Several in use that are called so are most likely meant together; else one of them. */
function modelOffers(
  { candidates, inUse = [], typed: name }: Extract<Refusal, { code: "ambiguous-model" }>,
  typed: string,
): readonly Offer[] {
  const used = candidates.map(({ aaguid }) => aaguid).filter((aaguid) => inUse.includes(aaguid));
  const together = used.length > 1 ? withId(typed, name, used.join(", ")) : undefined;
  return [
    ...(together === undefined ? [] : [{ say: together, title: `All ${used.length} in use` }]),
    ...candidates.flatMap((model) => {
      const say = withId(typed, name, model.aaguid);
      return say === undefined ? [] : [{ say, title: titleOf(model) }];
    }),
  ];
}

/** What tells it from others of its name. */
function titleOf({ name, aaguid, firmware }: Model): string {
  const which = firmware === undefined ? aaguid.slice(0, 8) : `firmware ${firmware}`;
  return `${clip(oneLine(name), NAME_SHOWN)}, ${which}`;
}

/** The sentence again with each group that is called nearly so, or what can be said of what is called so instead. */
function saidFor({ name, near = [], instead }: UnknownGroup, typed: string): readonly string[] {
  if (instead !== undefined) return [`${instead.kind === "person" ? "show" : "allow"} ${instead.name}`];
  return near.flatMap((group) => withId(typed, name, typedGroup(group)) ?? []);
}
