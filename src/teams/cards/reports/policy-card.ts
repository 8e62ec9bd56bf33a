import type { Drift } from "../../../core/drift/drift.js";
import type { StandingFact } from "../../../core/impact/warnings.js";
import type { PasskeyRules } from "../../../core/policy/policy.js";
import type { PolicyReport } from "../../../core/report/report.js";
import { number } from "../../../core/words/amounts.js";
import { allowedModelsWords, attestationWords, onOff, typesWords } from "../../../core/words/policy-words.js";
import { warningWords } from "../../../core/words/warning-words.js";
import { MARKDOWN, moment } from "../../words/card-text.js";
import { groupsWords, modelWords, targetWords } from "../../words/names.js";
import { openDrift } from "../drift/open-drift.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, heading, row, smallLine, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { emergencyRows } from "./emergency-rows.js";

const WIDTHS = [9, 15];
const MODELS_SHOWN = 40;
const GROUPS_SHOWN = 20;

/** Today's policy, in the words the diff uses. @param drift the one that is open */
export function policyCard(report: PolicyReport, drift?: Pick<Drift, "number">): AdaptiveCard {
  const { policy } = report;
  const on = policy.state === "enabled";
  const sets = policy.shape === "legacy" ? [policy] : policy.profiles;
  return card({
    fallbackText: `Passkeys (FIDO2) are ${onOff(policy.state)}`,
    body: [
      titleRow(
        [
          titleText("Passkey policy"),
          subtle(`Read from Entra at ${moment(report.readAt)}`, { spacing: "none" }),
        ],
        [
          text(on ? "✔ On" : "○ Off", {
            weight: "bolder",
            color: on ? "good" : "default",
          }),
        ],
      ),
      ...openDrift(drift),
      setting("Passkeys (FIDO2)", onOff(policy.state)),
      setting("Who", targetWords(policy.include, policy, report, GROUPS_SHOWN)),
      ...(policy.exclude.length === 0
        ? []
        : [setting("Except", groupsWords(policy.exclude, report, GROUPS_SHOWN))]),
      setting("Self-service set-up", policy.selfService ? "allowed" : "not allowed"),
      ...sets.flatMap((rules) => ruleSet(rules, report)),
      ...emergencyRows(report.emergency, setting),
      ...report.facts.map((fact, at) => factLine(fact, report, at === 0)),
      smallLine(
        ["Next: ", { command: on ? "status" : "enable passkeys" }, " or ", { command: "keys in use" }, "."],
        {
          separator: true,
          spacing: "medium",
        },
      ),
    ],
  });
}

/** What the policy costs or leaves open: a plan says of it only what it changes. */
function factLine(
  fact: StandingFact,
  { modelNames, modelWarnings }: PolicyReport,
  isFirst: boolean,
): CardElement {
  const words = warningWords(fact, { modelNames, modelWarnings, usage: [] }, MARKDOWN);
  return text(`⚠ ${words}`, { size: "small", spacing: isFirst ? "medium" : "small" });
}

function ruleSet(
  rules: PasskeyRules & { readonly name?: string },
  report: PolicyReport,
): readonly CardElement[] {
  const named = "id" in rules && rules.name !== undefined;
  return [
    ...(named ? [heading(`Profile ${modelWords(rules.name ?? "", {})}`)] : []),
    ...(named ? [setting("Kinds of passkey", typesWords(rules.types, rules.otherTypes))] : []),
    setting("Attestation", attestationWords(rules.attestationEnforced, rules.otherAttestation)),
    setting("Which models", allowedModelsWords(rules)),
    ...models(rules, report),
  ];
}

function models({ restriction }: PasskeyRules, report: PolicyReport): readonly CardElement[] {
  if (restriction.mode === "any" || restriction.aaguids.length === 0) return [];
  const all = counted(restriction.aaguids.map((aaguid) => modelWords(aaguid, report.modelNames)).sort());
  const shown = all.slice(0, MODELS_SHOWN);
  const rest = all.length - shown.length;
  return [
    subtle([...shown, ...(rest > 0 ? [`and ${number(rest)} more`] : [])].join(" · "), { spacing: "small" }),
  ];
}

/** Several models can share a name: "YubiKey 5 Series (3 models)". */
function counted(names: readonly string[]): readonly string[] {
  const models = new Map<string, number>();
  for (const name of names) models.set(name, (models.get(name) ?? 0) + 1);
  return [...models].map(([name, count]) => (count === 1 ? name : `${name} (${number(count)} models)`));
}

function setting(name: string, value: string): CardElement {
  return row([text(name), text(value, { weight: "bolder" })], WIDTHS);
}
