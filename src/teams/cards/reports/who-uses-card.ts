import type { WhoUses } from "../../../core/report/who-uses.js";
import { counted, listed, people } from "../../../core/words/amounts.js";
import { oneLine } from "../../../core/words/one-line.js";
import { moment } from "../../words/card-text.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { chunksOf, leafButtons, pageAt, rangeWords } from "../parts/pager.js";
import { nameOf } from "../parts/people.js";
import { whoUsesButton } from "../scan/scan-buttons.js";
import { nameWithWarning } from "./model-facts.js";

const NAMES_A_PAGE = 50;
const AAGUIDS_SHOWN = 5;

/** How many people use a model; who they are comes behind a button, for the person who presses it alone. */
export function whoUsesCount(report: WhoUses): AdaptiveCard {
  const button = whoUsesButton("Show names", report.inventory.scanId, wordsFor(report), 1);
  return frame(report, [], report.people.length === 0 ? [] : [button]);
}

/** The same with a page of names. @param page counts from 1 */
export function whoUsesNames(report: WhoUses, page = 1): AdaptiveCard {
  const { people: all, inventory } = report;
  const leaf = pageAt(chunksOf(all, NAMES_A_PAGE), page, { first: 1, items: [] });
  const { first, items: shown } = leaf.content;
  return frame(
    report,
    [
      ...(shown.length === 0 ? [] : [text(shown.map(nameOf).join(" · "), { size: "small" })]),
      ...(leaf.pages === 1 ? [] : [subtle(`People ${rangeWords(first, shown.length, all.length)}`)]),
    ],
    leafButtons(leaf, (title, to) => whoUsesButton(title, inventory.scanId, wordsFor(report), to)),
  );
}

function frame(
  report: WhoUses,
  names: readonly CardElement[],
  actions: NonNullable<AdaptiveCard["actions"]>,
): AdaptiveCard {
  const { models, people: all, passkeys, inventory } = report;
  const admins = all.filter(({ isAdmin }) => isAdmin).length;
  const unread = inventory.unreadCount;
  return card({
    fallbackText: `${oneLine(titleOf(report))}: ${people(all.length)}`,
    body: [
      titleText(`Who uses ${models[0] === undefined ? "it" : nameWithWarning(models[0])}`),
      subtle(`${aaguidsOf(report)} · scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
      text(
        all.length === 0
          ? "**Nobody has a passkey of this model.**"
          : `**${people(all.length)}** with ${counted(passkeys, "passkey")}${admins === 0 ? "" : `, ${counted(admins, "administrator")} among them`}`,
      ),
      ...names,
      ...(unread === 0
        ? []
        : [
            text(`${people(unread)} could not be read and may use it, too. Say \`scan\` to try again.`, {
              size: "small",
              color: "warning",
            }),
          ]),
      smallLine(
        ["Next: ", { command: `what is ${wordsFor(report)}` }, " or ", { command: "keys in use" }, "."],
        {
          separator: true,
          spacing: "medium",
        },
      ),
    ],
    actions,
  });
}

const titleOf = ({ models }: WhoUses): string => `Who uses ${models[0]?.name ?? "it"}`;

function aaguidsOf({ models }: WhoUses): string {
  return listed(
    models.map(({ aaguid }) => aaguid),
    AAGUIDS_SHOWN,
  );
}

/** What finds the same again: one model by its AAGUID, several by the name they share. */
function wordsFor({ models }: WhoUses): string {
  const [first, another] = models;
  if (first === undefined) return "";
  return another === undefined ? first.aaguid : first.name;
}
