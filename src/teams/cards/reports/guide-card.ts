import { GUIDE_SAYING, PLATFORMS, type Platform } from "../../../core/command/guide/platform.js";
import type { GuideStanding } from "../../../core/report/guide.js";
import {
  DRAWING_WORDS,
  type GuideStep,
  guideSteps,
  LEARN_MORE,
  PLATFORM_NAME,
  standingWords,
  typed,
} from "../../words/guide-words.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardElement, OpenUrlAction } from "../parts/card.js";
import { banner, card, subtle, text } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";
import { STEP_DRAWINGS } from "./step-drawings.js";

/** How a person sets up a passkey of their own on one platform: what the policy says to them, then a line for each step. */
export function guideCard(
  platform: Platform,
  standing: GuideStanding,
  securityInfoUrl: string,
): AdaptiveCard {
  const said = standingWords(platform, standing);
  const title = `A passkey on your ${PLATFORM_NAME[platform]}`;
  return card({
    fallbackText: title,
    body: [
      text(title, { size: "large", weight: "bolder", style: "heading" }),
      ...(said === undefined ? [] : [banner(said.style, [text(said.text)])]),
      ...(said?.style === "warning"
        ? [subtle("When it is allowed, this is how:", { spacing: "medium" })]
        : []),
      ...guideSteps(platform, securityInfoUrl).map((step, at) => stepRow(step, at + 1)),
      ...(isPhone(platform)
        ? [
            subtle(
              `It says it is there already? Delete it in Authenticator and at ${typed(securityInfoUrl)}, then try again.`,
            ),
          ]
        : []),
      ...buttonRows(
        [open("Security info", securityInfoUrl), open("Microsoft's page", LEARN_MORE[platform])],
        ...PLATFORMS.filter((other) => other !== platform).map((other) => [sayButton(GUIDE_SAYING[other])]),
      ),
    ],
  });
}

const DRAWN_PIXELS = 40;

/** The drawing says to the eye what the words say, so it stands beside them. */
function stepRow(step: GuideStep, at: number): CardElement {
  const url = `data:image/png;base64,${STEP_DRAWINGS[step.drawing]}`;
  const image = {
    type: "Image",
    url,
    altText: DRAWING_WORDS[step.drawing],
    width: `${DRAWN_PIXELS}px`,
  } as const;
  return {
    type: "ColumnSet",
    spacing: "medium",
    columns: [
      { type: "Column", width: "auto", items: [image] },
      {
        type: "Column",
        width: "stretch",
        verticalContentAlignment: "center",
        items: [text(`${at}\\. ${step.text}`)],
      },
    ],
  };
}

/** Which guide? */
export function guidesCard(securityInfoUrl: string): AdaptiveCard {
  const title = "Set up your own passkey";
  return card({
    fallbackText: title,
    body: [
      text(title, { size: "large", weight: "bolder", style: "heading" }),
      text(
        `On a phone you add it in Microsoft Authenticator, on a computer or a security key at ${typed(securityInfoUrl)}.`,
      ),
      text("Which device is it?"),
      ...buttonRows(...PLATFORMS.map((platform) => [sayButton(GUIDE_SAYING[platform])]), [
        open("Security info", securityInfoUrl),
      ]),
    ],
  });
}

const isPhone = (platform: Platform): boolean => platform === "ios" || platform === "android";

function open(title: string, url: string): OpenUrlAction {
  return { type: "Action.OpenUrl", title, url };
}
