import { POLICY_LIMIT_BYTES, POLICY_WARNING_BYTES } from "../../../core/plan/make-proposal.js";
import type { Plan } from "../../../core/plan/plan.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { type Aaguid, NO_AAGUID, type PasskeyRules, type Policy } from "../../../core/policy/policy.js";
import { counted, listed, number, people } from "../../words/card-text.js";
import { reportLags } from "../../words/coverage-words.js";
import { byImportance, modelLine, modelWarning, peopleUsing } from "../../words/model-words.js";
import { modelWords } from "../../words/policy-words.js";
import type { CardElement } from "../parts/card.js";
import { text } from "../parts/card-parts.js";
import { overlapWarnings } from "./plan-overlaps.js";

/** Models named in one warning. */
const MODELS_NAMED = 5;

/**
 * What this plan costs or leaves open, one line each, the consequence in plain words. Only what is true for it, and
 * only while it can be decided.
 */
export function planWarnings(plan: Plan): readonly CardElement[] {
  if (plan.state.kind !== "waiting") return [];
  // In the colour of text: what a client makes of "warning" is not readable on white everywhere.
  return warningWords(plan).map((words) => text(`⚠ ${words}`, { size: "small", spacing: "small" }));
}

function warningWords(plan: Plan): readonly string[] {
  const { proposal } = plan;
  const after = parsePolicy(proposal.after);
  const touched = touchedRules(plan, after);
  const has = (test: (rules: PasskeyRules) => boolean): boolean =>
    after.state === "enabled" && touched.some(test);
  const warnings: readonly (readonly [boolean, string])[] = [
    [turns(plan, "disabled"), "While passkeys are off, nobody can sign in with one or set one up."],
    [after.state === "disabled" && usedAndRemoved(plan).length > 0, laterWords(plan)],
    [
      startsToRestrict(plan),
      "Today any authenticator works. Once applied, one that is not listed can neither be set up nor used to sign in.",
    ],
    [
      has((rules) => !rules.attestationEnforced && rules.restriction.mode !== "any"),
      "With attestation off, this list is a convention, not a control: a modified authenticator can claim any model.",
    ],
    [
      has((rules) => rules.attestationEnforced),
      "With attestation on, synced passkeys cannot be set up, and neither can a passkey on a phone by scanning a QR code.",
    ],
    [
      has((rules) => rules.restriction.mode === "block"),
      "This is a block list: every model that is not on it works, including models yet to appear.",
    ],
    [namelessInUse(plan, after), namelessWords(plan)],
    [after.state === "enabled" && warnedModels(plan, touched).length > 0, warnedWords(plan, touched)],
    [
      proposal.bytes >= POLICY_WARNING_BYTES,
      `The policy grows to ${number(proposal.bytes)} of ${number(POLICY_LIMIT_BYTES)} bytes: soon no authenticator can be added.`,
    ],
    [
      proposal.impact.narrows,
      "People whose account is disabled may not be in the scan, so their passkeys may be unknown here.",
    ],
    [
      proposal.impact.narrows && reportLags(proposal.impact.coverage),
      "Entra's report lags up to 36 hours: a passkey registered since then may be missing here.",
    ],
  ];
  return [...overlapWarnings(plan), ...warnings.filter(([applies]) => applies).map(([, words]) => words)];
}

/** The rules of the profiles this plan changes; all of them when it changes who or whether. */
function touchedRules(plan: Plan, after: Policy): readonly PasskeyRules[] {
  if (after.shape === "legacy") return [after];
  const ids = plan.proposal.changes.flatMap((change) =>
    "profile" in change && change.profile !== undefined ? [change.profile.id] : [],
  );
  return ids.length === 0 ? after.profiles : after.profiles.filter((profile) => ids.includes(profile.id));
}

/** Models that people use and that a list loses. */
function usedAndRemoved(plan: Plan): readonly Aaguid[] {
  const { changes } = plan.proposal;
  const removed = changes.flatMap((change) =>
    change.setting === "restriction" && change.after.mode === "allow" ? change.removed : [],
  );
  const used = [...new Set(removed)].filter((aaguid) => peopleUsing(aaguid, plan.proposal) > 0);
  return byImportance(used, plan.proposal);
}

/** The impact is of the policy with passkeys off: what the list means shows when they are on. */
function laterWords(plan: Plan): string {
  const models = usedAndRemoved(plan).map((aaguid) => modelLine(aaguid, plan.proposal));
  const when = turns(plan, "disabled")
    ? "Turned on again,"
    : "Passkeys are off, so nobody loses anything yet. Once they are on,";
  return `${when} these will not work: ${listed(models, MODELS_NAMED)}.`;
}

function turns(plan: Plan, state: "enabled" | "disabled"): boolean {
  return plan.proposal.changes.some((change) => change.setting === "state" && change.after === state);
}

/** While passkeys are off, no authenticator works, whatever the list says. */
function startsToRestrict(plan: Plan): boolean {
  if (turns(plan, "enabled")) return false;
  return plan.proposal.changes.some(
    (change) =>
      change.setting === "restriction" && change.before.mode === "any" && change.after.mode === "allow",
  );
}

function namelessInUse(plan: Plan, after: Policy): boolean {
  return (
    after.state === "enabled" &&
    namelessPeople(plan) > 0 &&
    touchedRules(plan, after).some((rules) => rules.restriction.mode === "allow")
  );
}

function namelessWords(plan: Plan): string {
  const count = namelessPeople(plan);
  return `${people(count)} ${count === 1 ? "uses" : "use"} a passkey that names no model, as platforms without attestation make them: it cannot be put on an allow list and does not work under one.`;
}

/** Models that an allow list of this plan lets in although the FIDO metadata warns of them; the most used first. */
function warnedModels({ proposal }: Plan, touched: readonly PasskeyRules[]): readonly Aaguid[] {
  const allowed = touched.flatMap(({ restriction }) =>
    restriction.mode === "allow" ? restriction.aaguids : [],
  );
  const warned = [...new Set(allowed)].filter((aaguid) => modelWarning(aaguid, proposal) !== undefined);
  return byImportance(warned, proposal);
}

function warnedWords(plan: Plan, touched: readonly PasskeyRules[]): string {
  const models = warnedModels(plan, touched);
  const named = models.map(
    (aaguid) =>
      `${modelWords(aaguid, plan.proposal.modelNames)} (${modelWarning(aaguid, plan.proposal) ?? ""})`,
  );
  return `The FIDO metadata warns of ${counted(models.length, "model")} this list allows: ${listed(named, MODELS_NAMED)}.`;
}

function namelessPeople(plan: Plan): number {
  return plan.proposal.usage.find((use) => use.aaguid === NO_AAGUID)?.people ?? 0;
}
