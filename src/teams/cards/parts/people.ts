import type { AffectedPerson } from "../../../core/impact/impact.js";
import type { Aaguid } from "../../../core/policy/policy.js";
import type { AccountRef } from "../../../core/scan/inventory.js";
import { listed, number } from "../../../core/words/amounts.js";
import type { NamedModels } from "../../../core/words/model-words.js";
import { plain } from "../../words/card-text.js";
import { modelName } from "../../words/names.js";
import type { CardElement } from "./card.js";
import { text } from "./card-parts.js";
import type { NamesView } from "./names-view.js";

/** How many names a card shows by itself. */
const NAMES_SHOWN = 10;
/** Models named for one person; a person rarely has more. */
const MODELS_NAMED = 3;

/** "Mary Shelley (administrator)", "Break Glass 1 (emergency account, administrator)". */
export function nameOf(person: AccountRef & Pick<AffectedPerson, "emergency">): string {
  const marks = [
    ...(person.emergency === true ? ["emergency account"] : []),
    ...(person.isAdmin ? ["administrator"] : []),
  ];
  return `${plain(person.name)}${marks.length === 0 ? "" : ` (${marks.join(", ")})`}`;
}

/** "Mary Shelley (administrator) · Alan Kay · 4,990 more", of a list that may have only the first of them. */
export function names(list: readonly AccountRef[], most: number, count = list.length): string {
  const shown = list.slice(0, most).map(nameOf);
  const rest = count - shown.length;
  return [...shown, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(" · ");
}

/** "Mary Shelley (administrator): YubiKey NEO", a line for each. */
export function affectedLines(people: readonly AffectedPerson[], proposal: NamedModels): readonly string[] {
  // Thousands of people, a handful of models.
  const known = new Map<Aaguid, string>();
  const name = (aaguid: Aaguid): string => {
    const words = known.get(aaguid) ?? modelName(aaguid, proposal);
    known.set(aaguid, words);
    return words;
  };
  return people.map((person) => `${nameOf(person)}: ${listed(person.models.map(name), MODELS_NAMED)}`);
}

/** Those who lose sign-in: by name where people may be named, else how many of them matter most. */
export function namesOrCount(losing: readonly AffectedPerson[], view: NamesView): CardElement {
  if (view.names === "shown") return text(firstNames(losing, view), { spacing: "small" });
  const emergency = losing.filter((person) => person.emergency === true).length;
  const admins = losing.filter((person) => person.isAdmin).length;
  const among = [
    ...(emergency === 0 ? [] : [amount(emergency, "an emergency account", "emergency accounts")]),
    ...(admins === 0 ? [] : [amount(admins, "an administrator", "administrators")]),
  ];
  const marked = among.length === 0 ? "" : `${among.join(", ")}. `;
  const named = view.onlyAnswers
    ? "Ask the same in your own chat with Latchkey for their names."
    : "Show all names them, to you alone.";
  return text(`${marked}${named}`, { spacing: "small" });
}

/** "Mary Shelley (administrator) · Alan Kay · and 12 more: Show all". */
function firstNames(losing: readonly AffectedPerson[], { onlyAnswers }: NamesView): string {
  const rest = losing.length - NAMES_SHOWN;
  const shown = losing.slice(0, NAMES_SHOWN).map(nameOf);
  return [...shown, ...(rest > 0 ? [`and ${number(rest)} more${onlyAnswers ? "" : ": Show all"}`] : [])].join(
    " · ",
  );
}

/** "1 of them is an administrator", "3 of them are administrators". */
function amount(count: number, one: string, many: string): string {
  return `${number(count)} of them ${count === 1 ? `is ${one}` : `are ${many}`}`;
}
