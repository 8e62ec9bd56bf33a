import { type Inventory, isComplete } from "../../../core/scan/inventory.js";
import { counted, number, people } from "../../../core/words/amounts.js";
import { moment, plain } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { banner, row, smallLine, subtle, text } from "../parts/card-parts.js";
import type { NamesView } from "../parts/names-view.js";
import { nameOf } from "../parts/people.js";

const WIDTHS = [9, 15];
/** How many of those who could not be read are named. */
const NAMES_SHOWN = 12;

/** What a scan found, and how much of the tenant that is. */
export function scanResult(inventory: Inventory, view: NamesView): readonly CardElement[] {
  const found = `**${people(inventory.keyholders)} with passkeys, of ${counted(inventory.models.length, "model")}.**`;
  return [
    isComplete(inventory)
      ? banner("good", [text(`${found} Everybody who was asked about could be read.`)])
      : banner("warning", [text(found), ...unread(inventory, view)]),
    ...coverage(inventory).map(([name, value]) => row([text(name), text(value)], WIDTHS)),
    smallLine(["Next: ", { command: "keys in use" }, " or ", { command: "enable passkeys" }, "."], {
      separator: true,
      spacing: "medium",
    }),
  ];
}

function unread(inventory: Inventory, { names }: NamesView): readonly CardElement[] {
  const count = `${people(inventory.unreadCount)} could not be read`;
  const consequence = "A change that could take a passkey from somebody cannot be approved on this scan";
  if (names === "counted")
    return [text(`${count}. ${consequence}: say \`scan\` to try again.`, { spacing: "small" })];
  const shown = inventory.unread.slice(0, NAMES_SHOWN);
  const rest = inventory.unreadCount - shown.length;
  const lines = shown.map((person) => `${nameOf(person)}: ${plain(person.why)}`);
  return [
    text(`${count}. ${consequence}: say \`scan\` to try again.`, { spacing: "small" }),
    subtle([...lines, ...(rest > 0 ? [`and ${people(rest)} more`] : [])].join(" · "), { spacing: "small" }),
  ];
}

/** What was asked, what became of it, and what the scan cannot know. */
function coverage(inventory: Inventory): readonly (readonly [string, string])[] {
  const { asked, carried, gone, unreadCount, kind } = inventory;
  return [
    ["Asked about", `${people(asked)}: ${sourceWords(inventory)}`],
    ["Read now", number(asked - carried - gone - unreadCount)],
    ...(kind === "changes"
      ? [
          [
            "Taken over",
            `${number(carried)} without a change since; last read in full at ${moment(inventory.fullSince)}`,
          ] as const,
        ]
      : []),
    ...(gone > 0 ? [["Deleted meanwhile", number(gone)] as const] : []),
    ...notCovered(inventory),
    ...(inventory.path === "report" ? [["Registered lately", latelyWords(inventory)] as const] : []),
    ["When", `${moment(inventory.startedAt)} to ${moment(inventory.finishedAt, inventory.startedAt)}`],
  ];
}

/** Who is in no list that the scan goes by, in figures where they were counted. */
function notCovered({ accounts, reportRows, path }: Inventory): readonly (readonly [string, string])[] {
  if (accounts === undefined) return [["Not covered", "disabled accounts, which were not counted"]];
  const { enabled, disabled } = accounts;
  const left = path === "report" && reportRows !== undefined ? Math.max(0, enabled - reportRows) : 0;
  const words = [
    ...(disabled === 0 ? [] : [`${counted(disabled, "disabled account")}`]),
    ...(left === 0
      ? []
      : [`${number(left)} of ${counted(enabled, "enabled account")}, for which the report has no row`]),
  ];
  return words.length === 0 ? [] : [["Not covered", words.join("; ")]];
}

function sourceWords({ path }: Inventory): string {
  return path === "report"
    ? "those with passkeys by Entra's registration report"
    : "every enabled account, since the registration report needs Entra ID P1";
}

function latelyWords({ recentIncluded }: Inventory): string {
  const lag = "the report is up to 36 hours late";
  return recentIncluded
    ? `${lag}, so these people were found in the audit log`
    : `not covered: ${lag}, and the audit log could not be read`;
}
