import type { Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange } from "../../../core/policy/change.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { Aaguid, Policy } from "../../../core/policy/policy.js";
import { number } from "../../../core/words/amounts.js";
import { byImportance, type NamedModels, peopleUsing } from "../../../core/words/model-words.js";
import { inProfile } from "../../../core/words/policy-change-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import { modelLine } from "../../words/names.js";
import type { CardElement } from "../parts/card.js";
import { heading, text } from "../parts/card-parts.js";

type RestrictionChange = Extract<PolicyChange, { setting: "restriction" }>;

/** A sign and a space start a list in Markdown; a no-break space does not. */
const NBSP = "\u00a0";

/** The lists that change: what comes and goes, the rest counted. @param most models of one list that come, or go */
export function listChanges(difference: ChangedLists, most: number): readonly CardElement[] {
  if (most === 0) return [];
  return restrictionChanges(difference).flatMap((change) => listChange(change, difference, most));
}

/** How many of the models that come and go with a change `listChanges` names. */
export function modelsShown(change: PolicyChange, after: Policy, most: number): number {
  const list = most === 0 ? undefined : listIn(change, after);
  return list === undefined ? 0 : shownOf(list.removed, most) + shownOf(list.added, most);
}

/** How many models of all lists the lines of `listChanges` count and do not name. */
export function modelsCounted(difference: ChangedLists, most: number): number {
  if (most === 0) return 0;
  const counted = (models: readonly Aaguid[]) => models.length - shownOf(models, most);
  return restrictionChanges(difference).reduce(
    (sum, { removed, added }) => sum + counted(removed) + counted(added),
    0,
  );
}

type ChangedLists = NamedModels & Pick<Proposal, "changes" | "after">;

/** One line more is shorter than a line that says "1 more". */
function shownOf(models: readonly Aaguid[], most: number): number {
  return models.length === most + 1 ? models.length : Math.min(models.length, most);
}

function restrictionChanges({ changes, after }: ChangedLists): readonly RestrictionChange[] {
  const policy = parsePolicy(after);
  return changes.flatMap((change) => listIn(change, policy) ?? []);
}

/** The list that a change brings or edits: of a new profile all of it comes. */
function listIn(change: PolicyChange, after: Policy): RestrictionChange | undefined {
  if (change.setting === "restriction") return change.after.mode === "any" ? undefined : change;
  if (change.setting !== "profile-added" || after.shape === "legacy") return undefined;
  const { profile } = change;
  const restriction = after.profiles.find(({ id }) => id === profile.id)?.restriction ?? { mode: "any" };
  if (restriction.mode === "any") return undefined;
  return {
    setting: "restriction",
    profile,
    before: { mode: "any" },
    after: restriction,
    added: restriction.aaguids,
    removed: [],
  };
}

function listChange(change: RestrictionChange, proposal: NamedModels, most: number): readonly CardElement[] {
  const kept = change.after.mode === "any" ? 0 : change.after.aaguids.length - change.added.length;
  return [
    heading(listTitle(change)),
    ...signed("−", change.removed, proposal, most),
    ...signed("+", change.added, proposal, most),
    ...(kept > 0
      ? [text(kept === 1 ? "1 other stays" : `${number(kept)} others stay`, { spacing: "none" })]
      : []),
  ];
}

function listTitle(change: RestrictionChange): string {
  return inProfile(
    change.after.mode === "block" ? "Blocked authenticators" : "Allowed authenticators",
    change.profile,
    MARKDOWN,
  );
}

function signed(
  sign: "+" | "−",
  models: readonly Aaguid[],
  proposal: NamedModels,
  most: number,
): readonly CardElement[] {
  const ordered = byImportance(models, proposal);
  const shown = ordered.slice(0, shownOf(models, most));
  const rest = ordered.length - shown.length;
  const used = ordered.slice(shown.length).filter((aaguid) => peopleUsing(aaguid, proposal) > 0).length;
  return [
    ...shown.map((aaguid) => text(`${sign}${NBSP}${modelLine(aaguid, proposal)}`, { spacing: "none" })),
    ...(rest === 0 ? [] : [text(`${sign}${NBSP}${restWords(rest, used)}`, { spacing: "none" })]),
  ];
}

function restWords(rest: number, used: number): string {
  if (used === 0) return `${number(rest)} more that nobody uses`;
  return used === rest
    ? `${number(rest)} more in use`
    : `${number(rest)} more, ${number(used)} of them in use`;
}
