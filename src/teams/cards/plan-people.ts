import type { AccountRef } from "../../core/inventory/inventory.js";
import type { AffectedPerson, Proposal } from "../../core/plan/plan.js";
import type { Aaguid } from "../../core/policy/policy.js";
import { listed, number, plain } from "./card-text.js";
import { modelName } from "./plan-models.js";

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
export function affectedLines(people: readonly AffectedPerson[], proposal: Proposal): readonly string[] {
  // Thousands of people, a handful of models.
  const known = new Map<Aaguid, string>();
  const name = (aaguid: Aaguid): string => {
    const words = known.get(aaguid) ?? modelName(aaguid, proposal);
    known.set(aaguid, words);
    return words;
  };
  return people.map((person) => `${nameOf(person)}: ${listed(person.models.map(name), MODELS_NAMED)}`);
}
