import type { HelpLine } from "../../../core/command/help.js";
import { type OwnNames, ownExample } from "../../../core/report/own-examples.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, heading, subtle, text, typed } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";

const TITLE = "What you can say";

/** Where to begin: looking, then changing, then every topic. */
export function helpBeginning(names: OwnNames, mayApprove: boolean): AdaptiveCard {
  return card({
    fallbackText: TITLE,
    body: [
      text(TITLE, { size: "large", weight: "bolder", style: "heading" }),
      heading("Look"),
      ...buttonRows(
        [sayButton("status"), sayButton("pending")],
        [sayButton("show policy"), sayButton("drift")],
        [sayButton("keys in use"), sayButton("guide")],
      ),
      ...(mayApprove
        ? [
            subtle(
              "You may approve: pending lists the plans, and Approve and Reject are buttons on their cards.",
            ),
          ]
        : []),
      heading("Change"),
      subtle("Each becomes a plan, and nothing is written until a second admin approves it.", {
        spacing: "none",
      }),
      ...["enable passkeys for group Pilot", "allow YubiKey 5 NFC", "remove YubiKey 5 NFC"].map((usage) =>
        typed(ownExample(usage, names)),
      ),
      heading("More about"),
      ...buttonRows(
        [sayButton("help passkeys", "Passkeys"), sayButton("help models", "Models")],
        [sayButton("help policy", "Policy"), sayButton("help plans", "Plans")],
        [sayButton("help people", "People"), sayButton("help all", "All")],
      ),
    ],
  });
}

/** One topic, looking before changing, with the tenant's own names. */
export function helpTopicCard(topic: string, lines: readonly HelpLine[], names: OwnNames): AdaptiveCard {
  const [looking, changing] = [lines.filter(({ looks }) => looks), lines.filter(({ looks }) => !looks)];
  return card({
    fallbackText: `${TITLE}: ${topic}`,
    body: [
      text(`${TITLE}: ${topic}`, { size: "large", weight: "bolder", style: "heading" }),
      ...looking.flatMap((line): readonly CardElement[] => [
        subtle(unmarked(line.what), { spacing: "medium" }),
        ...buttonRows([sayButton(ownExample(line.usage, names))]),
      ]),
      ...(changing.length > 0 && looking.length > 0 ? [heading("To write")] : []),
      ...changing.flatMap((line): readonly CardElement[] => [
        subtle(unmarked(line.what), { spacing: "medium" }),
        typed(ownExample(line.usage, names)),
      ]),
      ...buttonRows([sayButton("help"), sayButton("help all")]),
    ],
  });
}

/** Cards show back quotes as they are. */
function unmarked(words: string): string {
  return words.replaceAll("`", "");
}
