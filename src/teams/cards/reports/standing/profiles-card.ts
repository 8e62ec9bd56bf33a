import type { PasskeyProfile, ProfilesPolicy } from "../../../../core/policy/policy.js";
import type { PolicyReport } from "../../../../core/report/report.js";
import { counted, number } from "../../../../core/words/amounts.js";
import { allowedModelsWords, attestationWords, typesWords } from "../../../../core/words/policy-words.js";
import { moment, plain } from "../../../words/card-text.js";
import { groupsWords, modelWords } from "../../../words/names.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, heading, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";

const MODELS_SHOWN = 15;
const GROUPS_SHOWN = 10;

/** Passkey profiles: which kinds and authenticators each admits, and who has it. @param shown those that were asked about */
export function profilesCard(
  report: PolicyReport,
  policy: ProfilesPolicy,
  shown: readonly PasskeyProfile[] = policy.profiles,
): AdaptiveCard {
  const [only] = shown;
  const title =
    shown.length === 1 && only !== undefined && policy.profiles.length > 1
      ? `Profile ${plain(only.name)}`
      : counted(shown.length, "passkey profile");
  return card({
    fallbackText: `Passkey profiles: ${policy.profiles.map(({ name }) => plain(name)).join(", ")}`,
    body: [
      titleText(title),
      subtle(`Read from Entra at ${moment(report.readAt)}`, { spacing: "none" }),
      ...(policy.state === "enabled" ? [] : [text("Passkeys are off, so none of this is in force.")]),
      ...shown.flatMap((profile) => oneProfile(profile, policy, report, title)),
      smallLine(
        [
          "A person in several groups may use what any of their profiles admits. Next: ",
          { command: "show policy" },
          " or ",
          { command: "status" },
          ".",
        ],
        { separator: true, spacing: "medium" },
      ),
    ],
  });
}

function oneProfile(
  profile: PasskeyProfile,
  policy: ProfilesPolicy,
  report: PolicyReport,
  title: string,
): readonly CardElement[] {
  const holders = policy.include.filter(({ profiles }) => profiles.includes(profile.id)).map(({ id }) => id);
  const name = `${plain(profile.name)}${profile.id === policy.defaultProfile ? " (the default)" : ""}`;
  return [
    ...(title === `Profile ${name}` ? [] : [heading(name)]),
    line("Who", holders.length === 0 ? "no group has it" : groupsWords(holders, report, GROUPS_SHOWN)),
    line("Kinds of passkey", typesWords(profile.types, profile.otherTypes)),
    line("Authenticators", allowedModelsWords(profile)),
    ...models(profile, report),
    line("Attestation", attestationWords(profile.attestationEnforced, profile.otherAttestation)),
  ];
}

function models({ restriction }: PasskeyProfile, { modelNames }: PolicyReport): readonly CardElement[] {
  if (restriction.mode === "any" || restriction.aaguids.length === 0) return [];
  const names = [...new Set(restriction.aaguids.map((aaguid) => modelWords(aaguid, modelNames)))].sort();
  const rest = names.length - MODELS_SHOWN;
  const shown = [...names.slice(0, MODELS_SHOWN), ...(rest > 0 ? [`and ${number(rest)} more`] : [])];
  return [subtle(shown.join(" · "), { spacing: "none" })];
}

function line(name: string, value: string): CardElement {
  return text(`**${name}:** ${value}`, { spacing: "small" });
}
