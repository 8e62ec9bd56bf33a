import type { PeopleListGiven } from "../../../../core/report/adoption/people-list.js";
import { moment, plain } from "../../../words/card-text.js";
import type { AdaptiveCard } from "../../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../../parts/card-parts.js";

/** The button that downloads who has no passkey. For the chat of one person only: the file names people. */
export function peopleListCard(
  { group, validUntil, scannedAt }: PeopleListGiven,
  { url, said }: { readonly url: string; readonly said: string },
): AdaptiveCard {
  const title = group === undefined ? "Who has no passkey" : `Who has no passkey in ${plain(group.name)}`;
  return card({
    fallbackText: "Who has no passkey, as a file",
    body: [
      titleText(title),
      subtle(`Scan of ${moment(scannedAt)}`, { spacing: "none" }),
      text(
        "A CSV file: name, sign-in name, object id, and who is an administrator; administrators first, guests left out.",
      ),
      text(
        `The button works until ${moment(validUntil, validUntil)}, for everyone who has it: it opens people's names. That you were given it is recorded.`,
        { size: "small", spacing: "medium" },
      ),
      smallLine(["Next: Download, or ", { command: said }, " again for a new button."], {
        separator: true,
        spacing: "medium",
      }),
    ],
    actions: [{ type: "Action.OpenUrl", title: "Download", url }],
  });
}
