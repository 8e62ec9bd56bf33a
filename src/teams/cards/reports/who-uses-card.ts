import type { WhoUses } from "../../../core/report/who-uses.js";
import { counted, listed, people } from "../../../core/words/amounts.js";
import { oneLine } from "../../../core/words/one-line.js";
import { moment, plain } from "../../words/card-text.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { namesPage } from "../parts/names-page.js";
import { leafButtons } from "../parts/pager.js";
import { whoUsesButton } from "../scan/scan-buttons.js";
import { nameWithWarning } from "./model-facts.js";

const AAGUIDS_SHOWN = 5;
const MODELS_SHOWN = 12;

/** How many people use a model; who they are comes behind a button, for the person who presses it alone. */
export function whoUsesCount(report: WhoUses): AdaptiveCard {
  const button = whoUsesButton("Show names", report.inventory.scanId, wordsFor(report), 1);
  return frame(report, [], report.people.length === 0 ? [] : [button]);
}

/** The same with a page of names. @param page counts from 1 */
export function whoUsesNames(report: WhoUses, page = 1): AdaptiveCard {
  const { people: all, inventory } = report;
  const { leaf, lines } = namesPage(all, page);
  return frame(
    report,
    lines,
    leafButtons(leaf, (title, to) => whoUsesButton(title, inventory.scanId, wordsFor(report), to)),
  );
}

function frame(
  report: WhoUses,
  names: readonly CardElement[],
  actions: NonNullable<AdaptiveCard["actions"]>,
): AdaptiveCard {
  const { people: all, passkeys, inventory } = report;
  const admins = all.filter(({ isAdmin }) => isAdmin).length;
  const unread = inventory.unreadCount;
  return card({
    fallbackText: `${oneLine(titleOf(report))}: ${people(all.length)}`,
    body: [
      titleText(headingOf(report)),
      subtle(`${modelsOf(report)} · scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
      text(
        all.length === 0
          ? "**Nobody has such a passkey.**"
          : `**${people(all.length)}** with ${counted(passkeys, "passkey")}${admins === 0 ? "" : `, ${counted(admins, "administrator")} among them`}`,
      ),
      ...byModel(report),
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
        [
          "Next: ",
          ...(report.called === undefined ? [{ command: `what is ${wordsFor(report)}` }, " or "] : []),
          { command: "keys in use" },
          ".",
        ],
        {
          separator: true,
          spacing: "medium",
        },
      ),
    ],
    actions,
  });
}

const titleOf = ({ models, called }: WhoUses): string => `Who uses ${called ?? models[0]?.name ?? "it"}`;

function headingOf({ models, called }: WhoUses): string {
  const [first] = models;
  if (called !== undefined) return `Who uses ${plain(called)}`;
  return `Who uses ${first === undefined ? "it" : nameWithWarning(first)}`;
}

/** Models of one name by their AAGUIDs; of others how many they are. */
function modelsOf({ models, called }: WhoUses): string {
  if (called !== undefined) return `${counted(models.length, "model")} in use`;
  return listed(
    models.map(({ aaguid }) => aaguid),
    AAGUIDS_SHOWN,
  );
}

/** People for each model, most first, where several were asked for by one word. */
function byModel({ byModel: rows, called }: WhoUses): readonly CardElement[] {
  if (called === undefined || rows.length === 0) return [];
  const shown = rows
    .slice(0, MODELS_SHOWN)
    .map(({ model, people: count }) => `${nameWithWarning(model)}: ${people(count)}`);
  const rest = rows.length - shown.length;
  const lines = [...shown, ...(rest > 0 ? [`and ${counted(rest, "more model")}`] : [])];
  return [text(lines.join("\n\n"), { size: "small", spacing: "small" })];
}

/** What finds the same again: one model by its AAGUID, several by the name they share or were asked for by. */
function wordsFor({ models, called }: WhoUses): string {
  if (called !== undefined) return called;
  const [first, another] = models;
  if (first === undefined) return "";
  return another === undefined ? first.aaguid : first.name;
}
