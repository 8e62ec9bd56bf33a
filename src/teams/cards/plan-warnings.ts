import { POLICY_LIMIT_BYTES, POLICY_WARNING_BYTES } from "../../core/plan/make-proposal.js";
import type { Plan } from "../../core/plan/plan.js";
import { parsePolicy } from "../../core/policy/parse-policy.js";
import { NO_AAGUID, type PasskeyRules, type Policy } from "../../core/policy/policy.js";
import type { CardElement } from "./card.js";
import { text } from "./card-parts.js";
import { number, people } from "./card-text.js";

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
    [
      startsToRestrict(plan),
      "Today any authenticator works. Once applied, one that is not listed can neither be set up nor used to sign in.",
    ],
    [
      has((rules) => !rules.attestationEnforced && rules.restriction.mode !== "any"),
      "With attestation off, this list is a convention: a modified authenticator can claim any model.",
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
    [
      proposal.bytes >= POLICY_WARNING_BYTES,
      `The policy grows to ${number(proposal.bytes)} of ${number(POLICY_LIMIT_BYTES)} bytes: soon no authenticator can be added.`,
    ],
    [
      proposal.impact.narrows && proposal.impact.coverage.path === "report",
      "People whose account is disabled are missing from Entra's report, so nobody knows about their passkeys here.",
    ],
  ];
  return warnings.filter(([applies]) => applies).map(([, words]) => words);
}

/** The rules of the profiles this plan changes; all of them when it changes who or whether. */
function touchedRules(plan: Plan, after: Policy): readonly PasskeyRules[] {
  if (after.shape === "legacy") return [after];
  const ids = plan.proposal.changes.flatMap((change) =>
    "profile" in change && change.profile !== undefined ? [change.profile.id] : [],
  );
  return ids.length === 0 ? after.profiles : after.profiles.filter((profile) => ids.includes(profile.id));
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
    namelessPeople(plan) > 0 && touchedRules(plan, after).some((rules) => rules.restriction.mode === "allow")
  );
}

function namelessWords(plan: Plan): string {
  const count = namelessPeople(plan);
  return `${people(count)} ${count === 1 ? "uses" : "use"} a passkey that names no model, which cannot be put on a list.`;
}

function namelessPeople(plan: Plan): number {
  return plan.proposal.usage.find((use) => use.aaguid === NO_AAGUID)?.people ?? 0;
}
