import {
  type ModelNotice,
  type NoticedModel,
  type NoticeState,
  ONLY_LIST,
} from "../../../core/news/model-notice.js";
import { counted, number, people } from "../../../core/words/amounts.js";
import { clip, oneLine } from "../../../core/words/one-line.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import { statusWords } from "../../words/names.js";
import { modelTitle, noticeMeaning, noticeTitle } from "../../words/news/notice-words.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardAction, CardElement, CardStyle } from "../parts/card.js";
import { banner, card, smallLine, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { executeButton } from "../parts/execute-button.js";
import { withReason } from "../parts/reason-field.js";
import { askButton } from "../parts/say-button.js";
import { allowedWords, attestedWords, typesWords } from "./model-facts.js";

const MODELS_SHOWN = 8;
/** So many models one button removes or allows. */
const MODELS_A_BUTTON = 150;
const PROFILE_CHARACTERS = 16;

/** What was noticed of models: what it means for people, and what may be done about it. */
export function noticeCard(notice: ModelNotice): AdaptiveCard {
  const { models, state, foundAt, scannedAt } = notice;
  const isOpen = state.kind === "open";
  return card({
    fallbackText: noticeSummary(notice),
    body: [
      titleRow(
        [
          titleText(noticeTitle(notice)),
          subtle(`Models · found ${moment(foundAt)} · by the scan of ${moment(scannedAt, foundAt)}`, {
            spacing: "none",
          }),
        ],
        [text(isOpen ? "● Open" : "✔ Put off", { weight: "bolder", color: isOpen ? "warning" : "good" })],
      ),
      banner(isOpen ? styleOf(notice) : "default", [text(noticeMeaning(notice))]),
      ...(state.kind === "put-off" ? [putOffLine(state)] : []),
      ...models.slice(0, MODELS_SHOWN).flatMap((each) => modelLines(each, models)),
      ...(models.length > MODELS_SHOWN
        ? [
            text(`and ${number(models.length - MODELS_SHOWN)} more; \`models\` lists them`, {
              spacing: "small",
            }),
          ]
        : []),
      ...(isOpen ? proposals(notice) : []),
      smallLine(["Next: ", { command: "models" }, " for all models, or ", { command: "keys in use" }, "."], {
        separator: true,
        spacing: "medium",
      }),
    ],
    actions: isOpen ? [putOffButton(notice)] : [],
  });
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
function noticeSummary(notice: ModelNotice): string {
  return `${noticeTitle(notice)}${notice.state.kind === "open" ? "" : " (put off)"}`;
}

function styleOf({ about, models }: ModelNotice): CardStyle {
  if (about === "unused") return "default";
  return about === "status" || models.some(({ allowed }) => allowed === "no") ? "warning" : "default";
}

function putOffLine({ by, at, reason }: Extract<NoticeState, { kind: "put-off" }>): CardElement {
  return text(`**Put off by ${plain(by.name)}** (${moment(at)}): ${plainSentences(reason)}`, {
    spacing: "medium",
  });
}

function modelLines({ model, use, allowed, lost }: NoticedModel, all: readonly NoticedModel[]) {
  const same = all.filter((each) => modelTitle(each.model) === modelTitle(model));
  const facts = [
    ...(model.vendor === undefined ? [] : [plain(model.vendor)]),
    ...(use === undefined ? [] : [people(use.people), typesWords(use), attestedWords(use)]),
    `allowed today: ${allowedWords(allowed).words}`,
    ...(same.length > 1 || model.source === "nobody" ? [model.aaguid] : []),
    ...(model.source === "nobody" ? ["no list has this AAGUID, so what it is is not known"] : []),
  ];
  const status = [
    ...model.warnings.map(
      ({ status, since, version }) =>
        `⚠ ${statusWords(status)}${since === undefined ? "" : ` since ${since}`}${version === undefined ? "" : `, firmware ${plain(version)} and later`}`,
    ),
    ...(lost === undefined
      ? []
      : [
          `⚠ was ${lost}${model.certification === undefined ? ", and is not certified any more" : `, and is ${model.certification}`}`,
        ]),
  ];
  return [
    text(`**${modelTitle(model)}**`, { spacing: "medium" }),
    ...(status.length === 0 ? [] : [text(status.join(" · "), { spacing: "none", color: "warning" })]),
    subtle(facts.join(" · "), { spacing: "none" }),
  ];
}

/** Each a button that says the words: a plan like any other comes of it, or an answer. */
function proposals({ about, models }: ModelNotice): readonly CardElement[] {
  const [only] = models.length === 1 ? models : [];
  const looks: readonly CardAction[] =
    only === undefined || about === "unused"
      ? []
      : [askButton(`who uses ${only.model.aaguid}`, "Who uses it")];
  const out = models.filter(({ allowed }) => allowed === "no" || allowed === "some-profiles");
  const allow = about === "new" ? changeButtons("allow", out) : [];
  const remove = about === "new" && out.length > 0 ? [] : changeButtons("remove", models);
  return buttonRows(...[...allow, ...remove, ...looks].map((action) => [action]));
}

/** One button for each list on which something would change. */
function changeButtons(verb: "allow" | "remove", models: readonly NoticedModel[]): readonly CardAction[] {
  const listsOf = ({ lists }: NoticedModel) => (verb === "allow" ? lists.allowing : lists.removing);
  const lists = [...new Set(models.flatMap(listsOf))];
  return lists.map((list) => {
    const meant = models.filter((each) => listsOf(each).includes(list)).slice(0, MODELS_A_BUTTON);
    // The card says which; on a phone a button has room for some thirty letters.
    const which = meant.length === 1 ? "it" : counted(meant.length, "model");
    const inProfile = list === ONLY_LIST ? "" : ` in profile ${list}`;
    const short = list === ONLY_LIST ? "" : ` · ${clip(oneLine(list), PROFILE_CHARACTERS)}`;
    const said = `${verb} ${meant.map(({ model }) => model.aaguid).join(", ")}${inProfile}`;
    return askButton(said, `${verb === "allow" ? "Allow" : "Remove"} ${which}${short}`);
  });
}

function putOffButton({ id }: ModelNotice): CardAction {
  return withReason(
    "Put off",
    {
      label: "Why is nothing to be done? It is kept in the record with your name.",
      placeholder: "Who looked at it, and what was decided?",
      errorMessage: "Write a reason: whoever reads the record later was not there.",
    },
    executeButton("Put off", "putOffModels", { noticeId: id }),
  );
}
