import type { Plan, Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange } from "../../../core/policy/change.js";
import type { RevertIntent, TakenBack } from "../../../core/policy/intent.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { Aaguid } from "../../../core/policy/policy.js";
import type { Overlap } from "../../../core/policy/revert/overlaps.js";
import { listed, number } from "../../words/card-text.js";
import { byImportance, modelName } from "../../words/model-words.js";
import { takenBackWords } from "../../words/plan-words.js";
import type { CardElement } from "../parts/card.js";
import { subtle } from "../parts/card-parts.js";
import { changeWords } from "./plan-diff.js";

/** Settings told one by one on the brief card; Show all tells every one. */
const MOST_TOLD = 4;
const MODELS_NAMED = 3;

/** What a plan that takes something back is about, under its banner; nothing of any other plan. */
export function planTakesBack({ intent }: Plan): readonly CardElement[] {
  if (intent.kind !== "revert") return [];
  const what = takenBackWords(intent.of);
  return [
    subtle(`Takes back what ${what} changed, and nothing else: what was changed elsewhere since stays.`, {
      spacing: "medium",
    }),
  ];
}

/** Warnings of what was changed again since, in one line each; those whose change is overwritten first. */
export function overlapWarnings(plan: Plan): readonly string[] {
  const lines = overlapLines(plan);
  const { intent } = plan;
  if (intent.kind !== "revert") return [];
  const rest = lines.length - MOST_TOLD;
  return [
    ...lines.slice(0, MOST_TOLD).map((line) => `Changed again since ${takenBackWords(intent.of)}: ${line}`),
    ...(rest > 0
      ? [
          `${number(rest)} more ${rest === 1 ? "setting was" : "settings were"} changed again since. Show all lists them.`,
        ]
      : []),
  ];
}

/** Everything that was changed again since, and what becomes of it. */
export function overlapLines({ intent, proposal }: Plan): readonly string[] {
  if (intent.kind !== "revert") return [];
  const overlaps = [...(proposal.overlaps ?? [])];
  overlaps.sort((a, b) => Number(b.fate === "overwritten") - Number(a.fate === "overwritten"));
  return overlaps.map(
    (overlap) => `${sinceWords(overlap, intent, proposal)} ${fateWords(overlap, intent.of)}`,
  );
}

function sinceWords({ since }: Overlap, { from }: RevertIntent, proposal: Proposal): string {
  const [before, after] = [parsePolicy(from), parsePolicy(proposal.before)];
  const { setting, now, after: then } = changeWords(since, { proposal, before, after });
  return `**${setting}** was ${now} and is ${then} today${entriesOf(since, proposal)}.`;
}

/** Which models came and went, where the list is still the same kind of list. */
function entriesOf(since: PolicyChange, proposal: Proposal): string {
  if (since.setting !== "restriction" || since.before.mode !== since.after.mode) return "";
  const told = [named("added", since.added, proposal), named("removed", since.removed, proposal)];
  return ` (${told.filter((words) => words !== "").join("; ")})`;
}

function named(verb: string, models: readonly Aaguid[], proposal: Proposal): string {
  if (models.length === 0) return "";
  const names = byImportance(models, proposal).map((aaguid) => modelName(aaguid, proposal));
  return `${verb}: ${listed(names, MODELS_NAMED)}`;
}

function fateWords({ fate }: Overlap, of: TakenBack): string {
  return fate === "kept"
    ? "This plan keeps that."
    : `This plan overwrites that with what was there before ${takenBackWords(of)}.`;
}
