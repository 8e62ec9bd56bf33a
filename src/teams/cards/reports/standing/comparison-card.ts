import type { PasskeyProfile, ProfilesPolicy } from "../../../../core/policy/policy.js";
import type { PolicyReport } from "../../../../core/report/report.js";
import type { ProfileComparison } from "../../../../core/report/rollout/compare-profiles.js";
import { counted, listed } from "../../../../core/words/amounts.js";
import { allowedModelsWords, attestationWords, typesWords } from "../../../../core/words/policy-words.js";
import { moment, plain } from "../../../words/card-text.js";
import { groupsWords, modelWords } from "../../../words/names.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, heading, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";

const MODELS_SHOWN = 15;
const GROUPS_SHOWN = 5;

/** In what profiles differ: a block for each thing in which they do, with a line for each profile. */
export function comparisonCard(
  report: PolicyReport,
  policy: ProfilesPolicy,
  { profiles, differs, models }: ProfileComparison,
): AdaptiveCard {
  const names = profiles.map(({ name }) => plain(name));
  const block = (differ: boolean, title: string, words: (profile: PasskeyProfile) => string) =>
    differ ? lines(title, profiles, words) : [];
  const who = ({ id }: PasskeyProfile) => {
    const targets = policy.include.filter((target) => target.profiles.includes(id));
    return targets.length === 0
      ? "no group has it"
      : groupsWords(
          targets.map((target) => target.id),
          report,
          GROUPS_SHOWN,
        );
  };
  return card({
    fallbackText: `Compared: ${names.join(", ")}`,
    body: [
      titleText(
        profiles.length === 1 ? `There is only one profile: ${names[0]}` : `Compared: ${names.join(", ")}`,
      ),
      subtle(`Read from Entra at ${moment(report.readAt)}`, { spacing: "none" }),
      ...block(differs.types, "Kinds of passkey", ({ types, otherTypes }) => typesWords(types, otherTypes)),
      ...block(differs.attestation, "Attestation", (each) =>
        attestationWords(each.attestationEnforced, each.otherAttestation),
      ),
      ...block(differs.restriction, "Authenticators", allowedModelsWords),
      ...modelLines(models, profiles, report),
      ...block(differs.who, "Who", who),
      ...same(profiles, differs),
      smallLine(
        [
          "A person with several of them may use what any of them admits. Next: ",
          { command: "profiles" },
          " or ",
          { command: "status" },
          ".",
        ],
        { separator: true, spacing: "medium" },
      ),
    ],
  });
}

function lines(
  title: string,
  profiles: readonly PasskeyProfile[],
  words: (profile: PasskeyProfile) => string,
): readonly CardElement[] {
  return [
    heading(title),
    ...profiles.map((profile) => text(`**${plain(profile.name)}:** ${words(profile)}`, { spacing: "small" })),
  ];
}

/** Models that stand on some of the lists and not on others, each with where it stands. */
function modelLines(
  models: ProfileComparison["models"],
  profiles: readonly PasskeyProfile[],
  { modelNames }: PolicyReport,
): readonly CardElement[] {
  if (models.length === 0) return [];
  const nameOf = (id: string) => plain(profiles.find((profile) => profile.id === id)?.name ?? id);
  // Models of one name, on the same lists, are one line.
  const alike = new Map<string, { readonly name: string; readonly where: string; readonly count: number }>();
  for (const { aaguid, on } of models) {
    const [name, where] = [modelWords(aaguid, modelNames), listed(on.map(nameOf), on.length)];
    const key = `${name}: ${where}`;
    alike.set(key, { name, where, count: (alike.get(key)?.count ?? 0) + 1 });
  }
  const words = [...alike.values()]
    .map(({ name, where, count }) => `${name}${count === 1 ? "" : ` (${count} models)`}: only ${where}`)
    .sort();
  const rest = words.length - MODELS_SHOWN;
  return [
    ...words.slice(0, MODELS_SHOWN).map((each) => subtle(each, { spacing: "none" })),
    ...(rest > 0 ? [subtle(`and ${counted(rest, "more model")}`, { spacing: "none" })] : []),
  ];
}

function same(
  profiles: readonly PasskeyProfile[],
  differs: ProfileComparison["differs"],
): readonly CardElement[] {
  const [first] = profiles;
  if (first === undefined || profiles.length < 2) return [];
  const alike = [
    ...(differs.types ? [] : [`kinds (${typesWords(first.types, first.otherTypes)})`]),
    ...(differs.attestation
      ? []
      : [`attestation (${attestationWords(first.attestationEnforced, first.otherAttestation)})`]),
    ...(differs.restriction ? [] : [`authenticators (${allowedModelsWords(first)})`]),
    ...(differs.who ? [] : ["who has them"]),
  ];
  return alike.length === 0 ? [] : [subtle(`The same in all: ${alike.join("; ")}.`, { spacing: "medium" })];
}
