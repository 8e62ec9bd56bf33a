import type { KeyRow, KeysInUse } from "../../../core/report/keys-in-use.js";
import { isComplete } from "../../../core/scan/inventory.js";
import { counted, number, people } from "../../../core/words/amounts.js";
import { clip, oneLine } from "../../../core/words/one-line.js";
import { moment } from "../../words/card-text.js";
import type { AdaptiveCard, BarChart, CardElement, ColumnSet } from "../parts/card.js";
import { banner, card, row, smallLine, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { chunksOf, leafButtons, pageAt, rangeWords } from "../parts/pager.js";
import { keysInUseButton } from "../scan/scan-buttons.js";
import { allowedWords, attestedWords, nameWithWarning, typesWords } from "./model-facts.js";

const ROWS_A_PAGE = 20;
const BARS = 8;
const WIDTHS = [12, 4, 4, 6];

/** Every model in use, with who may still use it; long lists come in pages. @param page counts from 1 */
export function keysCard(report: KeysInUse, page = 1): AdaptiveCard {
  const { rows, inventory } = report;
  const leaf = pageAt(chunksOf(rows, ROWS_A_PAGE), page, { first: 1, items: [] });
  const { first, items: shown } = leaf.content;
  return card({
    fallbackText: summary(report),
    body: [
      titleRow(
        [
          titleText("Passkeys in use"),
          subtle(`${summary(report)} · scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
        ],
        [text(counted(rows.length, "model"), { weight: "bolder" })],
      ),
      ...doubts(report),
      ...(leaf.page === 1 ? chart(rows) : []),
      ...(shown.length === 0
        ? [text("Nobody has registered a passkey.")]
        : [head(), ...shown.map((each) => line(each, rows))]),
      ...(leaf.pages === 1 ? [] : [subtle(`Models ${rangeWords(first, shown.length, rows.length)}`)]),
      next(rows),
    ],
    actions: leafButtons(leaf, (title, to) => keysInUseButton(title, inventory.scanId, to)),
  });
}

function summary({ inventory, passkeys }: KeysInUse): string {
  return `${people(inventory.keyholders)} with ${counted(passkeys, "passkey")}`;
}

/** What keeps this list from being the whole truth. */
function doubts({ inventory, policy, scanRunning, rows }: KeysInUse): readonly CardElement[] {
  const small = { size: "small", spacing: "small" } as const;
  const lines = [
    ...(isComplete(inventory)
      ? []
      : [
          `${people(inventory.unreadCount)} could not be read, so models may be missing. Say \`scan\` to try again.`,
        ]),
    ...(policy !== "unreadable" || rows.length === 0
      ? []
      : ["The policy could not be read, so it is not known what is allowed. Ask again in a minute."]),
  ];
  return [
    ...(lines.length === 0
      ? []
      : [
          banner(
            "warning",
            lines.map((words) => text(words, small)),
          ),
        ]),
    ...(policy === "off" ? [text("Passkeys are turned off today, so none of these works.", small)] : []),
    ...(scanRunning
      ? [subtle("A newer scan is being made; ask again when its card says that it is done.")]
      : []),
  ];
}

/** The most used models as bars, for clients that can draw them; the table says the same to all others. */
function chart(rows: readonly KeyRow[]): readonly BarChart[] {
  // Models of one name are one bar: two of them would be drawn over each other.
  const byName = new Map<string, number>();
  for (const { model, people: count } of rows) {
    const name = clip(oneLine(model.name), 40);
    byName.set(name, (byName.get(name) ?? 0) + count);
  }
  if (byName.size < 2) return [];
  const most = [...byName].sort((a, b) => b[1] - a[1]).slice(0, BARS);
  return [
    {
      type: "Chart.HorizontalBar",
      title: "People by model",
      data: most.map(([x, y]) => ({ x, y })),
      fallback: "drop",
    },
  ];
}

function head(): ColumnSet {
  const titles = ["Model", "People", "Keys", "Allowed today"];
  return row(
    titles.map((title) => subtle(title)),
    WIDTHS,
    { spacing: "medium" },
  );
}

function line(each: KeyRow, rows: readonly KeyRow[]): ColumnSet {
  const { words, color } = allowedWords(each.allowed);
  const isOnlyOne = rows.filter(({ model }) => model.name === each.model.name).length === 1;
  // The AAGUID tells apart what has no name, or one name.
  const aaguid = isOnlyOne && each.model.source !== "nobody" ? "" : each.aaguid;
  const facts = [typesWords(each), attestedWords(each), aaguid].filter((part) => part !== "").join(" · ");
  const cells: readonly (readonly CardElement[])[] = [
    [text(nameWithWarning(each.model)), subtle(facts, { spacing: "none" })],
    [text(number(each.people))],
    [text(number(each.passkeys))],
    [text(words, { color })],
  ];
  return {
    type: "ColumnSet",
    spacing: "small",
    separator: true,
    columns: cells.map((items, at) => ({ type: "Column", width: WIDTHS[at] ?? 1, items })),
  };
}

function next(rows: readonly KeyRow[]): CardElement {
  const [first] = rows;
  const separated = { separator: true, spacing: "medium" } as const;
  if (first === undefined) return smallLine(["Next: ", { command: "enable passkeys" }, "."], separated);
  const command = rows.some(({ allowed }) => allowed !== "yes") ? "allow keys in use" : "enable passkeys";
  const name = clip(oneLine(first.model.name), 80);
  // A name that many unknown models share leads nowhere.
  const model = first.model.source === "nobody" ? first.aaguid : name;
  return smallLine(
    [
      "Next: ",
      { command: `what is ${model}` },
      ", ",
      { command: `who uses ${model}` },
      " or ",
      { command },
      ".",
    ],
    separated,
  );
}
