import type { Difference } from "../../../core/impact/difference.js";
import type { Plan } from "../../../core/plan/plan.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { Aaguid } from "../../../core/policy/policy.js";
import { people } from "../../../core/words/amounts.js";
import { type ListEntries, listEntries } from "../../../core/words/list-entries.js";
import { byImportance, type NamedModels } from "../../../core/words/model-words.js";
import { overlapWords } from "../../../core/words/overlap-words.js";
import { inProfile } from "../../../core/words/policy-change-words.js";
import { MARKDOWN, plain } from "../../words/card-text.js";
import { modelLineInFull } from "../../words/names.js";
import type { TitledList } from "../parts/list-pages.js";
import { affectedLines, nameOf } from "../parts/people.js";
import { changeLines } from "./changes-shown.js";
import { profileLines } from "./plan-profiles.js";

/** A sign and a space start a list in Markdown; a no-break space does not. */
const NBSP = "\u00a0";

/** Everything the brief card only counts: all that changes first, then people by name, models with their AAGUIDs. */
export function planLists(plan: Plan): readonly TitledList[] {
  const { proposal } = plan;
  const { losing, keepingAnother, coverage, modelsCutOff } = proposal.impact;
  return [
    { title: "What changes", lines: changeLines(proposal) },
    { title: "Who gains and who loses which profile", lines: profileLines(proposal) },
    ...listsThatChange(proposal),
    { title: "Lose passkey sign-in", lines: affectedLines(losing, proposal) },
    { title: "Lose a passkey and keep another", lines: affectedLines(keepingAnother, proposal) },
    {
      title: "Could not be read",
      count: coverage.unreadCount,
      lines: coverage.unread.map((person) => `${nameOf(person)}: ${plain(person.why)}`),
    },
    {
      title: "Models that stop working for somebody",
      lines: modelsCutOff.map(
        ({ aaguid, people: count }) => `${modelLineInFull(aaguid, proposal)} · ${people(count)} affected`,
      ),
    },
    { title: "Changed again since", lines: overlapWords(plan, MARKDOWN) },
    ...listsThatStay(proposal),
  ];
}

/** Of every list of models: what comes and goes. */
export function listsThatChange(difference: Difference): readonly TitledList[] {
  return listsOf(difference).map((list) => ({
    title: titleOf(list),
    lines: [...signed("−", list.removed, difference), ...signed("+", list.added, difference)],
  }));
}

/** Of every list that is enforced: what stays on it. */
export function listsThatStay(difference: Difference): readonly TitledList[] {
  return listsOf(difference)
    .filter(({ mode }) => mode !== "any")
    .map((list) => ({ title: `${titleOf(list)}, as before`, lines: signed("=", list.kept, difference) }));
}

const TITLES = {
  any: "Listed, but the list is not enforced",
  allow: "Allowed authenticators",
  block: "Blocked authenticators",
} as const;

function listsOf({ before, after }: Difference): readonly ListEntries[] {
  return listEntries(parsePolicy(before), parsePolicy(after));
}

function titleOf({ mode, profile }: ListEntries): string {
  return inProfile(TITLES[mode], profile, MARKDOWN);
}

function signed(sign: "−" | "+" | "=", aaguids: readonly Aaguid[], models: NamedModels): readonly string[] {
  return byImportance(aaguids, models).map((aaguid) => `${sign}${NBSP}${modelLineInFull(aaguid, models)}`);
}
