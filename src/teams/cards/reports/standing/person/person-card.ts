import type { JudgedPasskey } from "../../../../../core/report/standing/person/judged-passkey.js";
import type { PersonReport } from "../../../../../core/report/standing/person/person-report.js";
import { counted, listed, number } from "../../../../../core/words/amounts.js";
import { oneLine } from "../../../../../core/words/one-line.js";
import { moment, plain } from "../../../../words/card-text.js";
import type { AdaptiveCard, CardColor, CardElement } from "../../../parts/card.js";
import { card, subtle, text, titleText } from "../../../parts/card-parts.js";
import { fitted } from "../../../parts/fitted.js";
import { nameWithWarning } from "../../model-facts.js";
import { coverageSentence, registrationSentence, rulesLines } from "./coverage-words.js";
import { lateLines } from "./late-lines.js";
import { kindWords, verdictWords } from "./obstacle-words.js";
import { nextSteps } from "./person-next.js";

/** Entra lets a person have ten; so many fit a card with three profiles against each. */
const PASSKEYS_SHOWN = 12;
const STRENGTHS_NAMED = 3;
/** Names are short in any real tenant; together with buttons and the rest it stays below the 28 KB that Teams takes. */
const PASSKEYS_BYTES = 13_000;
const RULES_BYTES = 3_000;
const LATELY_BYTES = 5_000;

/** What one person registered, whether passkeys are for them, which of theirs work, why not, and what would help. */
export function personCard(report: PersonReport): AdaptiveCard {
  const { person, passkeys, inventory, lately } = report;
  // What fails is what was asked about.
  const inOrder = [...(passkeys ?? [])].sort(
    (a, b) => Number(a.usable === "yes") - Number(b.usable === "yes"),
  );
  const shown = inOrder.slice(0, PASSKEYS_SHOWN);
  const rest = inOrder.length - shown.length;
  const answer = inShort(report);
  return card({
    fallbackText: `${oneLine(person.name)}: ${oneLine(answer.words)}`,
    body: [
      titleText(plain(person.name)),
      text(`**${answer.words}.**`, { color: answer.color }),
      ...fitted([text(coverageSentence(report), { spacing: "small" }), ...rulesLines(report)], RULES_BYTES),
      ...fitted(
        shown.map((passkey, at) => passkeyLine(passkey, report, at === 0)),
        PASSKEYS_BYTES,
      ),
      ...(rest === 0 ? [] : [subtle(`and ${number(rest)} more`)]),
      ...registrationSentence(report),
      ...fitted(lateLines(lately, passkeys ?? []), LATELY_BYTES),
      subtle(
        inventory === undefined ? "No scan yet." : `Passkeys by the scan of ${moment(inventory.startedAt)}.`,
        { spacing: "medium" },
      ),
      ...nextSteps(report),
    ],
  });
}

/** The answer in one line: what is registered, and how much of it works. */
function inShort({ person, passkeys, inventory }: PersonReport): {
  readonly words: string;
  readonly color: CardColor;
} {
  if (inventory === undefined) return { words: "Nobody's passkeys have been read yet", color: "warning" };
  if (passkeys === undefined)
    return {
      words: `The passkeys of ${plain(person.name)} could not be read by the last scan`,
      color: "warning",
    };
  if (passkeys.length === 0) return { words: "No passkey registered", color: "default" };
  const registered = `${counted(passkeys.length, "passkey")} registered`;
  const working = passkeys.filter(({ usable }) => usable === "yes").length;
  const doubtful = passkeys.filter(({ usable }) => usable === "depends").length;
  if (working === passkeys.length)
    return {
      words: `${registered}; the policy lets ${working === 1 ? "it" : "each of them"} in`,
      color: "good",
    };
  if (working + doubtful === 0)
    return {
      words: `${registered}; ${passkeys.length === 1 ? "it does not work" : "none works"}`,
      color: "attention",
    };
  const doubt = doubtful === 0 ? "" : `, of ${number(doubtful)} it is not known`;
  const works = `${number(working)} ${working === 1 ? "works" : "work"}`;
  return { words: `${registered}; ${works}${doubt}`, color: "warning" };
}

function passkeyLine(passkey: JudgedPasskey, report: PersonReport, isFirst: boolean): CardElement {
  const { words, color } = verdictWords(passkey, report);
  const facts = [
    passkey.type === undefined ? "kind not said" : kindWords(passkey.type),
    ...(passkey.attested === undefined ? [] : [passkey.attested ? "attested" : "not attested"]),
  ];
  const notIn = passkey.notInStrengths.map((name) => plain(name));
  return {
    type: "Container",
    spacing: isFirst ? "medium" : "small",
    separator: true,
    items: [
      text(`**${nameWithWarning(passkey.known)}**`),
      subtle(facts.join(" · "), { spacing: "none" }),
      text(words, { spacing: "none", size: "small", color }),
      ...(passkey.isOnlyOldAllowed
        ? [subtle("It gave no attestation; one like it could not be registered today.", { spacing: "none" })]
        : []),
      ...(notIn.length === 0
        ? []
        : [
            subtle(
              `Not on the list of the authentication strength ${listed(notIn, STRENGTHS_NAMED)}: where Conditional Access asks for that, it does not do.`,
              { spacing: "none" },
            ),
          ]),
    ],
  };
}
