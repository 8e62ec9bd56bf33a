import type { EvidenceGiven } from "../../../core/evidence/evidence.js";
import { counted, listed, number } from "../../../core/words/amounts.js";
import { moment, plain } from "../../words/card-text.js";
import { askedWords, planTitle, stateWords } from "../../words/plan-words.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, row, smallLine, subtle, text, titleText } from "../parts/card-parts.js";

const WIDTHS = [8, 16];

/** What the evidence holds, and the button that downloads it. For the chat of one person only: the file names people. */
export function evidenceCard({ evidence, validUntil }: EvidenceGiven, url: string): AdaptiveCard {
  const { plan, records, head } = evidence;
  const { symbol, words, color } = stateWords(plan);
  const approvers = plan.approvals
    .filter(({ revision }) => revision === plan.revision)
    .map(({ by, at }) => `${plain(by.name)}, ${moment(at, plan.createdAt)}`);
  const [first, last] = [records[0]?.sequence ?? 0, records.at(-1)?.sequence ?? 0];
  return card({
    fallbackText: `Evidence for plan #${plan.number}`,
    body: [
      titleText(`Evidence for plan #${plan.number}`),
      text(planTitle(plan), { weight: "bolder" }),
      subtle(askedWords(plan), { spacing: "none" }),
      fact("State", text(`${symbol} ${words}`, { color })),
      ...(approvers.length === 0 ? [] : [fact("Approved by", text(listed(approvers, 5)))]),
      fact(
        "Records",
        text(
          `${counted(records.length, "record")} between ${number(first)} and ${number(last)} of the chain`,
        ),
      ),
      fact("End of the chain", text(`${number(head.sequence)}, ${head.hash.slice(0, 16)}…`)),
      text(
        `One page with what was asked, what changed, whom it concerned by name, who decided, and every record as it is sealed. The button works until ${moment(validUntil, validUntil)}, for whoever has it: it opens people's names.`,
        { size: "small", spacing: "medium" },
      ),
      smallLine(["Next: Download, or ", { command: `evidence ${plan.number}` }, " again for a new button."], {
        separator: true,
        spacing: "medium",
      }),
    ],
    actions: [{ type: "Action.OpenUrl", title: "Download", url }],
  });
}

function fact(title: string, value: CardElement): CardElement {
  return row([subtle(title), value], WIDTHS);
}
