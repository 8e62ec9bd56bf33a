import type { Plan, Proposal } from "../plan/plan.js";
import type { PolicyChange } from "../policy/change.js";
import type { RevertIntent, TakenBack } from "../policy/intent.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Aaguid } from "../policy/policy.js";
import type { Overlap } from "../policy/revert/overlaps.js";
import { listed } from "./amounts.js";
import type { Medium } from "./medium.js";
import { byImportance, modelWordsIn } from "./model-words.js";
import { policyChangeWords } from "./policy-change-words.js";
import { takenBackWords } from "./taken-back-words.js";

const MODELS_NAMED = 3;

/** Everything that was changed again since, and what becomes of it. */
export function overlapWords(
  { intent, proposal }: Pick<Plan, "intent" | "proposal">,
  medium: Medium,
): readonly string[] {
  if (intent.kind !== "revert") return [];
  const overlaps = [...(proposal.overlaps ?? [])];
  overlaps.sort((a, b) => Number(b.fate === "overwritten") - Number(a.fate === "overwritten"));
  return overlaps.map(
    (overlap) => `${sinceWords(overlap, intent, proposal, medium)} ${fateWords(overlap, intent.of)}`,
  );
}

function sinceWords({ since }: Overlap, { from }: RevertIntent, proposal: Proposal, medium: Medium): string {
  const [before, after] = [parsePolicy(from), parsePolicy(proposal.before)];
  const { setting, now, after: then } = policyChangeWords(since, { ...proposal, before, after }, medium);
  return `${medium.strong(setting)} was ${now} and is ${then} today${entriesOf(since, proposal, medium)}.`;
}

/** Which models came and went, where the list is still the same kind of list. */
function entriesOf(since: PolicyChange, proposal: Proposal, medium: Medium): string {
  if (since.setting !== "restriction" || since.before.mode !== since.after.mode) return "";
  const told = [
    named("added", since.added, proposal, medium),
    named("removed", since.removed, proposal, medium),
  ];
  return ` (${told.filter((words) => words !== "").join("; ")})`;
}

function named(verb: string, models: readonly Aaguid[], proposal: Proposal, medium: Medium): string {
  if (models.length === 0) return "";
  const { modelName } = modelWordsIn(medium);
  const names = byImportance(models, proposal).map((aaguid) => modelName(aaguid, proposal));
  return `${verb}: ${listed(names, MODELS_NAMED)}`;
}

function fateWords({ fate }: Overlap, of: TakenBack): string {
  return fate === "kept"
    ? "This plan keeps that."
    : `This plan overwrites that with what was there before ${takenBackWords(of)}.`;
}
