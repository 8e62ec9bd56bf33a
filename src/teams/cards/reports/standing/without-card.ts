import type { WithoutPasskey } from "../../../../core/report/standing/without-passkey.js";
import { number, people } from "../../../../core/words/amounts.js";
import { moment } from "../../../words/card-text.js";
import type { AdaptiveCard } from "../../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";
import type { NamesView } from "../../parts/names-view.js";
import { names } from "../../parts/people.js";
import { adoptionLines } from "./adoption-lines.js";

/** So many names fit a card. */
const NAMES_SHOWN = 150;

/** How many of those passkeys are for have none; by name where people may be named. */
export function withoutCard(report: WithoutPasskey, { names: view }: NamesView): AdaptiveCard {
  const { people: all, isComplete, inventory } = report;
  const count = `${isComplete ? "" : "At least "}${people(all.length)}`;
  const sentence = all.length === 0 ? "Everybody it is for has a passkey" : `${count} with no passkey`;
  const unread = inventory.unreadCount;
  return card({
    fallbackText: sentence,
    body: [
      titleText("Who has no passkey"),
      subtle(`Scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
      text(`**${sentence}.**`),
      ...adoptionLines(report.adoption),
      ...(all.length === 0 || view === "counted" ? [] : [text(names(all, NAMES_SHOWN), { size: "small" })]),
      ...(all.length > 0 && view === "counted"
        ? [subtle("Names are shown in a chat of your own and in approval rooms.")]
        : []),
      ...(isComplete ? [] : [subtle("The tenant has more accounts than can be read while you wait.")]),
      ...(unread === 0
        ? []
        : [
            text(`${number(unread)} could not be read by the scan and are not counted here.`, {
              size: "small",
              color: "warning",
            }),
          ]),
      smallLine(["Next: ", { command: "scan" }, " for what is newer, or ", { command: "status" }, "."], {
        separator: true,
        spacing: "medium",
      }),
    ],
  });
}
