import type { PersonReport } from "../../../../../core/report/standing/person/person-report.js";
import { allowedModelsWords, typesWords } from "../../../../../core/words/policy-words.js";
import { plain } from "../../../../words/card-text.js";
import { groupsWords } from "../../../../words/names.js";
import type { CardElement } from "../../../parts/card.js";
import { subtle, text } from "../../../parts/card-parts.js";
import { profileWords } from "./obstacle-words.js";

/** "Passkeys are for Ada, as part of Pilot (24 people, 1a2b3c4d)." */
export function coverageSentence(report: PersonReport): string {
  const { person, policy, coverage } = report;
  const name = plain(person.name);
  const off = policy.state === "disabled" ? "Passkeys are off, so none works. " : "";
  const once = policy.state === "disabled" ? "Once on, they" : "Passkeys";
  switch (coverage.kind) {
    case "excluded":
      return `${off}${once} are **not** for ${name}: a member of ${groupsWords(coverage.by, report)}, which is excluded.`;
    case "outside": {
      const ids = policy.include.map(({ id }) => id);
      const whom = ids.length === 0 ? "nobody" : groupsWords(ids, report);
      return `${off}${once} are **not** for ${name}: they are on for ${whom}, and ${name} is not in there.`;
    }
    case "covered":
      return `${off}${once} are for ${name}, as part of ${groupsWords(coverage.by, report)}.`;
  }
}

/** The sets of rules that are the person's: one of them has to let a passkey in. */
export function rulesLines({ rules, coverage }: PersonReport): readonly CardElement[] {
  if (coverage.kind === "outside") return [];
  if (rules.length === 0)
    return [text("Their groups have no passkey profile, so they may use none.", { spacing: "small" })];
  const lines = rules.map((set) => {
    const head = set.name === undefined ? "Rules" : headOf(set.name);
    const kinds = typesWords(set.types, set.otherTypes);
    const attestation = set.attestationEnforced ? "; attestation is asked for at registration" : "";
    return text(`**${head}:** ${kinds} passkeys; authenticators: ${allowedModelsWords(set)}${attestation}.`, {
      spacing: "small",
      size: "small",
    });
  });
  return [
    ...lines,
    ...(rules.length === 1
      ? []
      : [subtle("To satisfy one of these profiles is enough.", { spacing: "none" })]),
  ];
}

/** What keeps a new passkey from being registered, beside the rules. */
export function registrationSentence({ isGuest, policy }: PersonReport): readonly CardElement[] {
  const small = { size: "small", spacing: "small" } as const;
  if (isGuest) return [text("A guest cannot register a passkey here, whatever the policy says.", small)];
  if (policy.selfService) return [];
  return [text("People cannot register passkeys by themselves: self-service set-up is off.", small)];
}

function headOf(name: string): string {
  const words = profileWords(name);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
