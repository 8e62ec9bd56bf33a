import { GUIDE_SAYING, PLATFORMS, type Platform } from "../../../core/command/guide/platform.js";
import type { GuideStanding } from "../../../core/report/guide.js";
import { LEARN_MORE, PLATFORM_NAME, SECURITY_INFO, STEPS, standingWords } from "../../words/guide-words.js";
import type { AdaptiveCard, CardElement, OpenUrlAction } from "../parts/card.js";
import { banner, card, smallLine, subtle, text } from "../parts/card-parts.js";

/** How a person sets up a passkey of their own on one platform: what the policy says to them, then a line for each step. */
export function guideCard(platform: Platform, standing: GuideStanding): AdaptiveCard {
  const said = standingWords(platform, standing);
  const title = `A passkey on your ${PLATFORM_NAME[platform]}`;
  return card({
    fallbackText: title,
    body: [
      text(title, { size: "large", weight: "bolder", style: "heading" }),
      ...(said === undefined ? [] : [banner(said.style, [text(said.text)])]),
      ...STEPS[platform].map((step, at) => text(`${at + 1}\\. ${step.text}`, { spacing: "medium" })),
      ...(isPhone(platform)
        ? [
            subtle(
              "It says it is there already? Delete it in Authenticator and at aka.ms/mysecurityinfo, then try again.",
            ),
          ]
        : []),
      others(platform),
    ],
    actions: [
      open("Open Security info", SECURITY_INFO),
      open("Microsoft's page on this", LEARN_MORE[platform]),
    ],
  });
}

/** Which guide? */
export function guidesCard(): AdaptiveCard {
  const title = "Set up your own passkey";
  return card({
    fallbackText: title,
    body: [
      text(title, { size: "large", weight: "bolder", style: "heading" }),
      text(
        "On a phone you add it in Microsoft Authenticator, on a computer or a security key at aka.ms/mysecurityinfo.",
      ),
      text("Which device is it? Write one of these:"),
      ...PLATFORMS.map((platform) =>
        smallLine([{ command: GUIDE_SAYING[platform] }, ` for your ${PLATFORM_NAME[platform]}`]),
      ),
    ],
    actions: [open("Open Security info", SECURITY_INFO)],
  });
}

function others(platform: Platform): CardElement {
  const [first, second, third] = PLATFORMS.filter((other) => other !== platform).map((other) => ({
    command: GUIDE_SAYING[other],
  }));
  const words = [first, second, third].flatMap((each, at) =>
    each === undefined ? [] : [at === 0 ? "" : ", ", each],
  );
  return smallLine(["Another device? Write ", ...words.filter((each) => each !== ""), "."], {
    separator: true,
    spacing: "medium",
  });
}

const isPhone = (platform: Platform): boolean => platform === "ios" || platform === "android";

function open(title: string, url: string): OpenUrlAction {
  return { type: "Action.OpenUrl", title, url };
}
