import type { Refusal } from "../../../core/errors.js";
import type { MeantGroup } from "../../../core/refusal-reason.js";
import { counted, people } from "../../../core/words/amounts.js";
import { oneLine } from "../../../core/words/one-line.js";
import { plain } from "../../words/card-text.js";
import { withId } from "../../words/choices/with-id.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardAction, CardElement } from "../parts/card.js";
import { card, smallLine, subtle, text } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";

type Ambiguous = Extract<Refusal, { code: "ambiguous-group" }>;

/** More buttons are not shown by every client; the ids of the rest can be typed. */
const BUTTONS = 5;
const LISTED = 12;
const LONGEST_TITLE = 40;

/**
 * Several groups of one name, with what tells them apart, and a button for each that says the sentence again with its
 * object id. undefined: what was typed cannot be said again so.
 */
export function groupChoiceCard({ name, groups }: Ambiguous, typed: string): AdaptiveCard | undefined {
  const [first] = groups;
  if (first === undefined || withId(typed, name, first.id) === undefined) return undefined;
  const title = `Which group do you mean? ${counted(groups.length, "group")} ${groups.length === 1 ? "is" : "are"} named **${plain(name)}**, or could be meant by it.`;
  return card({
    fallbackText: oneLine(`Which group do you mean by ${name}? Ask again with its object id.`),
    body: [
      text(title),
      ...groups.slice(0, LISTED).flatMap((group, at) => described(group, at)),
      ...(groups.length > LISTED ? [subtle(`And ${groups.length - LISTED} more.`)] : []),
      subtle("Nothing was proposed yet. Press one, or ask again with its object id."),
      ...buttonRows(
        ...groups
          .slice(0, BUTTONS)
          .flatMap((group, at) => saying(group, at, typed, name))
          .map((action) => [action]),
      ),
    ],
  });
}

function described(group: MeantGroup, at: number): readonly CardElement[] {
  const { id, name, description, people: count, createdAt, kind } = group;
  const facts = [
    ...(count === undefined ? [] : [people(count)]),
    ...(createdAt === undefined ? [] : [`created {{DATE(${createdAt}, COMPACT)}}`]),
    ...(kind === "security" ? [] : [kind === "distribution" ? "distribution list" : "Microsoft 365 group"]),
  ];
  const what = description === undefined ? "no description" : plain(description);
  return [
    text(`**${at + 1}. ${plain(name)}**: ${what}`, { spacing: "medium" }),
    ...(facts.length === 0 ? [] : [subtle(facts.join(" · "), { spacing: "none" })]),
    smallLine([{ command: id }], { spacing: "none" }),
  ];
}

function saying(group: MeantGroup, at: number, typed: string, name: string): readonly CardAction[] {
  const words = withId(typed, name, group.id);
  if (words === undefined) return [];
  const told = group.description ?? (group.people === undefined ? group.name : people(group.people));
  const title = `${at + 1}. ${oneLine(told)}`;
  return [sayButton(words, title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title)];
}
