import type { ModelNotice } from "../../../core/news/model-notice.js";
import type { KeyRow } from "../../../core/report/keys-in-use.js";
import type { ModelsReport, UnusedModel } from "../../../core/report/models-report.js";
import { isComplete } from "../../../core/scan/inventory.js";
import { counted, listed, number, people } from "../../../core/words/amounts.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import { statusWords } from "../../words/names.js";
import { modelTitle, noticeTitle } from "../../words/news/notice-words.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardElement, ColumnSet } from "../parts/card.js";
import { banner, card, heading, row, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { sayButton } from "../parts/say-button.js";
import { allowedWords } from "./model-facts.js";

const WARNED_SHOWN = 8;
const STATUSES_NAMED = 3;
const USED_SHOWN = 12;
const UNUSED_SHOWN = 20;
const WIDTHS = [14, 4, 6];
const SMALL = { size: "small", spacing: "small" } as const;

/** Models in use, allowed and warned of, and what was noticed of them. @param notices open ones first */
export function modelsCard(report: ModelsReport, notices: readonly ModelNotice[] = []): AdaptiveCard {
  const { inUse, unused, inventory } = report;
  const summary = [
    `${number(inUse.length)} in use`,
    `${number(unused.length)} allowed without a user`,
    `${number(inUse.filter(isWarned).length)} with a warning`,
  ].join(", ");
  return card({
    fallbackText: `Models: ${summary}`,
    body: [
      titleRow(
        [
          titleText("Models"),
          subtle(`${summary} · scan of ${moment(inventory.startedAt)}`, { spacing: "none" }),
        ],
        [],
      ),
      ...doubts(report),
      ...warned(inUse),
      ...used(inUse),
      ...allowedUnused(report),
      ...noticed(notices),
      ...buttonRows([
        ...(unused.length === 0 && inUse.length <= USED_SHOWN ? [] : [sayButton("keys in use")]),
        sayButton("show policy"),
      ]),
    ],
  });
}

const isWarned = ({ model }: KeyRow): boolean => model.warnings.length > 0;

function doubts({ inventory, policy, hasMetadata, isRestricted }: ModelsReport): readonly CardElement[] {
  const lines = [
    ...(isComplete(inventory)
      ? []
      : [
          `${people(inventory.unreadCount)} could not be read, so models may be missing, and one without a user may have one. Say \`scan\` to try again.`,
        ]),
    ...(policy === "unreadable"
      ? ["The policy could not be read, so it is not known what is allowed. Ask again in a minute."]
      : []),
    ...(policy === "off" ? ["Passkeys are turned off today, so none of these works."] : []),
  ];
  const small = [
    ...(policy !== "unreadable" && !isRestricted ? ["No list says which models may be used: any may."] : []),
    ...(hasMetadata
      ? []
      : ["There is no FIDO metadata here, so no model is warned of, and certifications are not known."]),
  ];
  return [
    ...(lines.length === 0
      ? []
      : [
          banner(
            "warning",
            lines.map((words) => text(words, SMALL)),
          ),
        ]),
    ...small.map((words) => subtle(words)),
  ];
}

function warned(rows: readonly KeyRow[]): readonly CardElement[] {
  const those = rows.filter(isWarned);
  if (those.length === 0) return [];
  return [
    heading("The FIDO Alliance warns of"),
    ...those.slice(0, WARNED_SHOWN).map((each) => text(warnedWords(each), { ...SMALL, color: "warning" })),
    ...more(those.length - WARNED_SHOWN, "more with a warning: `keys in use` has them first"),
  ];
}

function warnedWords({ model, people: count }: KeyRow): string {
  const statuses = model.warnings.map(
    ({ status, since }) => `${statusWords(status)}${since === undefined ? "" : ` since ${since}`}`,
  );
  return `⚠ ${modelTitle(model)}: ${listed(statuses, STATUSES_NAMED)}; ${people(count)} ${count === 1 ? "uses" : "use"} it`;
}

function used(rows: readonly KeyRow[]): readonly CardElement[] {
  if (rows.length === 0) return [text("Nobody has registered a passkey.")];
  const most = [...rows].sort((a, b) => b.people - a.people);
  const shown = most.slice(0, USED_SHOWN);
  const isAlone = (row: KeyRow) =>
    row.model.source !== "nobody" &&
    rows.filter(({ model }) => modelTitle(model) === modelTitle(row.model)).length === 1;
  const head = ["Model", "People", "Allowed today"].map((title) => subtle(title));
  return [
    heading("In use"),
    row(head, WIDTHS),
    ...shown.map((each) => usedRow(each, isAlone(each))),
    ...more(rows.length - shown.length, "more in use: `keys in use` lists them"),
  ];
}

/** The AAGUID tells apart what has no name, or one name. */
function usedRow({ model, allowed, people: count }: KeyRow, isAlone: boolean): ColumnSet {
  const { words, color } = allowedWords(allowed);
  const name = text(modelTitle(model));
  const cells: readonly (readonly CardElement[])[] = [
    isAlone ? [name] : [name, subtle(model.aaguid, { spacing: "none" })],
    [text(number(count))],
    [text(words, { color })],
  ];
  return {
    type: "ColumnSet",
    spacing: "small",
    separator: true,
    columns: cells.map((items, at) => ({ type: "Column", width: WIDTHS[at] ?? 1, items })),
  };
}

function allowedUnused({ unused, policy, inventory }: ModelsReport): readonly CardElement[] {
  if (policy === "unreadable" || unused.length === 0) return [];
  const words = isComplete(inventory)
    ? "Nobody loses sign-in if one of these goes; as long as it is allowed, people may register it."
    : "Not everybody was read, so one of these may have a user.";
  const shown = unused.slice(0, UNUSED_SHOWN);
  const titles = unused.map(({ model }) => modelTitle(model));
  const nameOf = ({ model, profiles }: UnusedModel) => {
    const title = modelTitle(model);
    const isAlone = model.source !== "nobody" && titles.filter((each) => each === title).length === 1;
    const where = profiles.length === 0 ? "" : ` (${profiles.map((name) => plain(name)).join(", ")})`;
    return `${title}${isAlone ? "" : ` · ${model.aaguid}`}${where}`;
  };
  return [
    heading(`Allowed, and used by no person: ${counted(unused.length, "model")}`),
    subtle(words, { spacing: "none" }),
    ...shown.map((each) => text(nameOf(each), SMALL)),
    ...more(unused.length - shown.length, "more on the lists: `show policy` has them"),
  ];
}

function noticed(notices: readonly ModelNotice[]): readonly CardElement[] {
  if (notices.length === 0) return [];
  return [
    heading("Noticed"),
    ...notices.map((notice) => {
      const { state, foundAt } = notice;
      const what = `${noticeTitle(notice)}, ${moment(foundAt)}`;
      return text(
        state.kind === "open"
          ? `● ${what}: open`
          : `✔ ${what}: put off by ${plain(state.by.name)}: ${plainSentences(state.reason)}`,
        SMALL,
      );
    }),
  ];
}

const more = (count: number, words: string): readonly CardElement[] =>
  count <= 0 ? [] : [text(`${number(count)} ${words}`, SMALL)];
