import type { Plan, Proposal } from "../../../core/plan/plan.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { people } from "../../../core/words/amounts.js";
import { byImportance, type NamedModels } from "../../../core/words/model-words.js";
import { overlapWords } from "../../../core/words/overlap-words.js";
import { MARKDOWN, plain } from "../../words/card-text.js";
import { modelLineInFull } from "../../words/names.js";
import type { TitledList } from "../parts/list-pages.js";
import { affectedLines, nameOf } from "../parts/people.js";

/** A sign and a space start a list in Markdown; a no-break space does not. */
const NBSP = "\u00a0";

/** Everything the brief card only counts, the most important first: people by name, models with their AAGUIDs. */
export function planLists(plan: Plan): readonly TitledList[] {
  const { proposal } = plan;
  const { losing, keepingAnother, coverage, modelsCutOff } = proposal.impact;
  return [
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
    ...policyLists(proposal),
  ];
}

/** Every list of the policy as it would be, with what comes and goes. */
export function policyLists(
  proposal: NamedModels & Pick<Proposal, "after" | "changes">,
): readonly TitledList[] {
  const after = parsePolicy(proposal.after);
  const sets = after.shape === "legacy" ? [{ ...after, id: undefined, name: undefined }] : after.profiles;
  return sets.flatMap(({ id, name, restriction }) => {
    if (restriction.mode === "any") return [];
    const change = proposal.changes.find(
      (candidate) => candidate.setting === "restriction" && candidate.profile?.id === id,
    );
    const [added, removed] = change?.setting === "restriction" ? [change.added, change.removed] : [[], []];
    const sign = (aaguid: string) => (added.some((entry) => entry === aaguid) ? "+" : "=");
    const title = restriction.mode === "block" ? "Blocked authenticators" : "Allowed authenticators";
    return [
      {
        title: `${title}${name === undefined ? "" : ` · ${plain(name)}`}`,
        lines: [
          ...byImportance(removed, proposal).map((aaguid) => `−${NBSP}${modelLineInFull(aaguid, proposal)}`),
          ...byImportance(restriction.aaguids, proposal).map(
            (aaguid) => `${sign(aaguid)}${NBSP}${modelLineInFull(aaguid, proposal)}`,
          ),
        ],
      },
    ];
  });
}
