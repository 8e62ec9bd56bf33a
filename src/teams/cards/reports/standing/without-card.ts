import type { WithoutPasskey } from "../../../../core/report/standing/without-passkey.js";
import { counted, number, people } from "../../../../core/words/amounts.js";
import { moment, plain } from "../../../words/card-text.js";
import type { AdaptiveCard, CardElement } from "../../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";
import { namesPage } from "../../parts/names-page.js";
import type { NamesView } from "../../parts/names-view.js";
import { leafButtons } from "../../parts/pager.js";
import { withoutPasskeyButton } from "../../scan/scan-buttons.js";
import { adoptionLines } from "./adoption-lines.js";

/**
 * How many of those passkeys are for have none. Where people may be named, a page of them, administrators first; elsewhere
 * they come behind a button, for the person who presses it alone. @param page counts from 1
 */
export function withoutCard(report: WithoutPasskey, { names }: NamesView, page = 1): AdaptiveCard {
  const { people: all, inventory, group } = report;
  const show = (title: string, to: number) => withoutPasskeyButton(title, inventory.scanId, to, group?.id);
  if (names === "counted") return frame(report, [], all.length === 0 ? [] : [show("Show names", 1)]);
  const { leaf, lines } = namesPage(all, page);
  return frame(report, lines, leafButtons(leaf, show));
}

function frame(
  report: WithoutPasskey,
  names: readonly CardElement[],
  actions: NonNullable<AdaptiveCard["actions"]>,
): AdaptiveCard {
  const { people: all, inventory, group } = report;
  const sentence = all.length === 0 ? nobodyFound(report) : howMany(report);
  return card({
    fallbackText: sentence,
    body: [
      titleText(group === undefined ? "Who has no passkey" : `Who has no passkey in ${plain(group.name)}`),
      subtle(`Scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
      text(`**${sentence}.**`),
      ...(group === undefined ? adoptionLines(report.adoption) : notFor(report)),
      ...names,
      ...leftOut(report),
      smallLine(
        [
          "Next: ",
          { command: "scan" },
          " for what is newer, ",
          { command: "adoption" },
          " for how it went, or ",
          { command: `export who has no passkey${group === undefined ? "" : ` in ${group.id}`}` },
          " for a file.",
        ],
        { separator: true, spacing: "medium" },
      ),
    ],
    actions,
  });
}

/** Of a group it may be that the policy is not for its people. */
function notFor({ people: all, notInScope }: WithoutPasskey): readonly CardElement[] {
  if (notInScope === 0) return [];
  const whom = notInScope === all.length ? "any of them" : `${number(notInScope)} of them`;
  return [text(`The policy is not for ${whom}.`, { size: "small", color: "warning" })];
}

function nobodyFound({ isComplete, inventory, group }: WithoutPasskey): string {
  return isComplete && inventory.unreadCount === 0
    ? group === undefined
      ? "Everybody it is for has a passkey"
      : "Everybody in there has a passkey"
    : "Nobody was found without a passkey";
}

function howMany({ people: all, admins, isComplete }: WithoutPasskey): string {
  const found = all.filter(({ isAdmin }) => isAdmin).length;
  const among = found === 0 ? "" : `, ${counted(found, "administrator")} among them`;
  const none = found === 0 && admins === "known" ? ", no administrator among them" : "";
  return `${isComplete ? "" : "At least "}${people(all.length)} with no passkey${among}${none}`;
}

/** Whom the list may lack, and what is not known of those in it. */
function leftOut({
  people: all,
  admins,
  isComplete,
  inventory,
  guests,
}: WithoutPasskey): readonly CardElement[] {
  const unread = inventory.unreadCount;
  return [
    ...(guests === 0
      ? []
      : [
          subtle(
            `${people(guests)} more ${guests === 1 ? "is a guest" : "are guests"}, who cannot register a passkey.`,
          ),
        ]),
    ...(isComplete
      ? []
      : [
          subtle(
            "The tenant has more accounts than can be read while you wait; the others are not in this list.",
          ),
        ]),
    ...(admins === "known" || all.length === 0
      ? []
      : [
          subtle(
            "Which of them are administrators is not known for all: Entra's registration report did not say. It takes Entra ID P1.",
          ),
        ]),
    ...(unread === 0
      ? []
      : [
          text(`${number(unread)} could not be read by the scan and are not counted here.`, {
            size: "small",
            color: "warning",
          }),
        ]),
  ];
}
