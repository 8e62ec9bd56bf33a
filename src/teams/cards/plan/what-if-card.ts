import type { AskedDraft } from "../../../core/report/what-if.js";
import { counted } from "../../../core/words/amounts.js";
import { clip, sentence } from "../../../core/words/one-line.js";
import { code } from "../../words/card-text.js";
import { planTitle } from "../../words/plan-words.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, smallLine, subtle, text, titleRow } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";
import { changesNotShown, drawnLargest, type Extent } from "./changes-shown.js";
import { listChanges } from "./plan-authenticators.js";
import { planDiff } from "./plan-diff.js";
import { impactBanner } from "./plan-impact.js";
import { planTakesBack } from "./plan-overlaps.js";
import { planPosture } from "./plan-posture.js";
import { planProfiles } from "./plan-profiles.js";
import type { ImpactView } from "./plan-view.js";
import { planWarnings } from "./plan-warnings.js";
import { weakeningsBanner } from "./weakenings.js";

/** So much of the words stands on the button that says them. */
const TITLE_SHOWN = 60;

/** What a change would do, as its plan's card would show it; there is no plan, so there is nothing to decide. */
export function whatIfCard(draft: AskedDraft, view: ImpactView): AdaptiveCard {
  const { proposal, command } = draft;
  const draw = ({ rows, models }: Extent) => [...planDiff(draft, rows), ...listChanges(proposal, models)];
  const { extent, drawn } = drawnLargest(draw);
  const notShown = changesNotShown(proposal, extent);
  return card({
    fallbackText: `Nothing was proposed. What ${sentence(command)} would do`,
    body: [
      titleRow(
        [text(planTitle(draft), { size: "large", weight: "bolder", style: "heading" })],
        [text("○ Only asked: nothing was proposed", { weight: "bolder" })],
      ),
      ...(draft.severalCalled === undefined ? [] : [text(severalText(draft.severalCalled))]),
      ...weakeningsBanner(proposal.weakenings ?? [], proposal),
      impactBanner(draft, view),
      ...planTakesBack(draft),
      ...drawn,
      ...planProfiles(draft),
      ...(notShown === 0
        ? []
        : [
            subtle(`${counted(notShown, "more change")}, which the plan's card shows.`, { spacing: "small" }),
          ]),
      ...planWarnings(draft),
      ...planPosture(draft),
      smallLine(["To propose it, say ", { command }, ". It is made when another admin approves it."], {
        separator: true,
        spacing: "medium",
      }),
    ],
    actions: [sayButton(command, clip(sentence(command), TITLE_SHOWN))],
  });
}

const severalText = (called: string): string =>
  `Several models may be called ${code(called)}. This is about all of them that people have; say the words below to choose which.`;
