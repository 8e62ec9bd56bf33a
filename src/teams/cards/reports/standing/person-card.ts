import type { JudgedPasskey, PersonReport } from "../../../../core/report/standing/person-report.js";
import { counted, number } from "../../../../core/words/amounts.js";
import { oneLine } from "../../../../core/words/one-line.js";
import { moment, plain } from "../../../words/card-text.js";
import { groupsWords } from "../../../words/names.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";
import { nameWithWarning } from "../model-facts.js";

/** More than a person ever has; so many fit a card. */
const PASSKEYS_SHOWN = 40;

/** What one person registered, whether passkeys are for them, and which of theirs work. */
export function personCard(report: PersonReport): AdaptiveCard {
  const { person, passkeys, inventory } = report;
  const shown = passkeys?.slice(0, PASSKEYS_SHOWN) ?? [];
  const rest = (passkeys?.length ?? 0) - shown.length;
  return card({
    fallbackText: `${oneLine(person.name)}: ${oneLine(howMany(report))}`,
    body: [
      titleText(plain(person.name)),
      text(`**${capitalized(howMany(report))}.**`),
      text(coverageSentence(report), { spacing: "small" }),
      ...shown.map((passkey, at) => passkeyLine(passkey, at === 0)),
      ...(rest === 0 ? [] : [subtle(`and ${number(rest)} more`)]),
      subtle(
        inventory === undefined ? "No scan yet." : `Passkeys by the scan of ${moment(inventory.startedAt)}.`,
      ),
      next(report),
    ],
  });
}

function howMany({ person, passkeys, inventory }: PersonReport): string {
  if (inventory === undefined) return "nobody's passkeys have been read yet";
  if (passkeys === undefined)
    return `the passkeys of ${plain(person.name)} could not be read by the last scan`;
  return passkeys.length === 0
    ? "no passkey registered"
    : `${counted(passkeys.length, "passkey")} registered`;
}

function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** "Passkeys are for Ada, as a member of Pilot (24 people, 1a2b3c4d)." */
function coverageSentence(report: PersonReport): string {
  const { person, policy, coverage, rules } = report;
  const name = plain(person.name);
  const off = policy.state === "disabled" ? "Passkeys are off, so none works. " : "";
  const once = policy.state === "disabled" ? "Once on, they" : "Passkeys";
  switch (coverage.kind) {
    case "excluded":
      return `${off}${once} are **not** for ${name}: a member of ${groupsWords(coverage.by, report)}, which is excluded.`;
    case "outside": {
      const whom = groupsWords(
        policy.include.map(({ id }) => id),
        report,
      );
      return `${off}${once} are **not** for ${name}: they are on for ${whom}, and ${name} is not in there.`;
    }
    case "covered": {
      const names = rules.flatMap((set) => (set.name === undefined ? [] : [plain(set.name)]));
      const profile = names.length === 0 ? "" : `, with the profile ${names.join(", ")}`;
      return `${off}${once} are for ${name}, as part of ${groupsWords(coverage.by, report)}${profile}.`;
    }
  }
}

function passkeyLine(passkey: JudgedPasskey, isFirst: boolean): CardElement {
  const { words, color } = usableWords(passkey);
  const facts = [
    passkey.type === undefined ? "kind not said" : passkey.type === "synced" ? "synced" : "device-bound",
    ...(passkey.attested === undefined ? [] : [passkey.attested ? "attested" : "not attested"]),
  ];
  return {
    type: "Container",
    spacing: isFirst ? "medium" : "small",
    separator: true,
    items: [
      text(`**${nameWithWarning(passkey.known)}**`),
      subtle(facts.join(" · "), { spacing: "none" }),
      text(words, { spacing: "none", size: "small", color }),
    ],
  };
}

function usableWords({ usable, why }: JudgedPasskey): {
  readonly words: string;
  readonly color: "good" | "warning" | "attention";
} {
  if (usable === "yes") return { words: "✔ Works by today's policy", color: "good" };
  if (usable === "depends")
    return { words: "? Works if its kind is allowed: Graph does not say which it is", color: "warning" };
  const reasons = {
    off: "passkeys are off",
    excluded: "this person is excluded",
    outside: "passkeys are not on for this person",
    "model-or-kind": "its model or kind is not allowed",
  };
  return { words: `✖ Does not work: ${reasons[why ?? "model-or-kind"]}`, color: "attention" };
}

/** What helps this person; what the policy cannot tell. */
function next({ passkeys, policy, coverage, inventory }: PersonReport): CardElement {
  const options = { separator: true, spacing: "medium" } as const;
  if (inventory === undefined || passkeys === undefined) {
    return smallLine(["Next: ", { command: "scan" }, ", then ask again."], options);
  }
  const blocked = passkeys.find(({ why }) => why === "model-or-kind");
  if (policy.state === "enabled" && coverage.kind === "covered" && blocked !== undefined) {
    return smallLine(
      [
        "Next: ",
        { command: `what is ${blocked.aaguid}` },
        ", or ",
        { command: `allow ${blocked.aaguid}` },
        ".",
      ],
      options,
    );
  }
  if (policy.state === "enabled" && coverage.kind === "covered" && passkeys.length > 0) {
    return smallLine(
      [
        "The policy lets these in. A key that still fails is another matter: a new registration, Bluetooth, or a Conditional Access policy. Next: ",
        { command: "show policy" },
        ".",
      ],
      options,
    );
  }
  return smallLine(["Next: ", { command: "show policy" }, " or ", { command: "status" }, "."], options);
}
