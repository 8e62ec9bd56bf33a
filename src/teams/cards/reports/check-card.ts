import type { Finding } from "../../../core/check/finding.js";
import { counted, number } from "../../../core/words/amounts.js";
import { moment, plainSentences } from "../../words/card-text.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardColor, CardElement, ShowCardAction } from "../parts/card.js";
import { banner, card, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { executeButton } from "../parts/execute-button.js";

interface Checked {
  readonly findings: readonly Finding[];
  readonly at: string;
}

const SIGN: Readonly<Record<Finding["state"], string>> = {
  missing: "✖",
  attention: "⚠",
  works: "✔",
  "not-needed": "○",
  "not-checked": "?",
};
const COLOR: Readonly<Partial<Record<Finding["state"], CardColor>>> = {
  missing: "attention",
  attention: "warning",
};

/** How the installation stands: what is missing with what mends it, then what to look at; the rest is folded. */
export function checkCard({ findings, at }: Checked): AdaptiveCard {
  const open = [...of(findings, "missing"), ...of(findings, "attention")];
  const rest = (["not-checked", "works", "not-needed"] as const).flatMap((state) => of(findings, state));
  return card({
    fallbackText: titleOf(findings),
    body: [
      titleText(titleOf(findings)),
      subtle(`Checked ${moment(at)} · nothing was changed`, { spacing: "none" }),
      bannerOf(findings),
      ...open.flatMap(openLines),
      smallLine(
        [
          "By the bot that runs; the operator sees the same with ",
          { command: "npm run doctor" },
          ". Whether your own sign-in would carry an approval shows the button below: it writes nothing.",
        ],
        { separator: true, spacing: "medium" },
      ),
    ],
    actions: [
      executeButton("Try sign-in", "trySignIn", {}),
      ...(rest.length === 0 ? [] : [folded(`The rest (${number(rest.length)})`, rest)]),
    ],
  });
}

function of(findings: readonly Finding[], state: Finding["state"]): readonly Finding[] {
  return findings.filter((finding) => finding.state === state);
}

function titleOf(findings: readonly Finding[]): string {
  const [missing, attention] = [of(findings, "missing").length, of(findings, "attention").length];
  if (missing > 0) return `${missing === 1 ? "1 thing is" : `${number(missing)} things are`} missing`;
  return attention > 0 ? `Latchkey works; ${counted(attention, "thing")} to look at` : "Latchkey works";
}

function bannerOf(findings: readonly Finding[]): CardElement {
  const [missing, attention] = [of(findings, "missing"), of(findings, "attention")];
  if (missing.length > 0)
    return banner("attention", [text("Mend the first and say **check** again: others may rest on it.")]);
  return attention.length > 0
    ? banner("warning", [text("Nothing stands in the way today.")])
    : banner("good", [text("Everything that could be looked at from here works.")]);
}

function openLines({ state, title, found, mend, link }: Finding): readonly CardElement[] {
  const color = COLOR[state];
  return [
    text(`${SIGN[state]} **${plainSentences(title)}**`, {
      spacing: "medium",
      ...(color === undefined ? {} : { color }),
    }),
    text(plainSentences(found), { spacing: "none" }),
    ...(mend === undefined ? [] : [text(`**Mend:** ${plainSentences(mend)}`, { spacing: "none" })]),
    ...(link === undefined
      ? []
      : buttonRows([{ type: "Action.OpenUrl", title: "Open in Entra", url: link }])),
  ];
}

function folded(title: string, findings: readonly Finding[]): ShowCardAction {
  return {
    type: "Action.ShowCard",
    title,
    card: {
      type: "AdaptiveCard",
      body: findings.map(({ state, title, found }) =>
        text(`${SIGN[state]} **${plainSentences(title)}** ${plainSentences(found)}`, {
          size: "small",
          spacing: "small",
        }),
      ),
      actions: [],
    },
  };
}
