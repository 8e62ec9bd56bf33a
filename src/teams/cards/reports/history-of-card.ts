import type { PartTaken } from "../../../core/record/concerns.js";
import type { HistoryEvent, HistoryOf } from "../../../core/record/history-of.js";
import { counted, listed, number } from "../../../core/words/amounts.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import { driftStateWords } from "../../words/drift-words.js";
import { modelTitle, noticeTitle } from "../../words/news/notice-words.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { CARD_LIMIT_BYTES, card, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { bytesOf } from "../parts/fitted.js";
import { planLines } from "./history-card.js";

const EVENTS_SHOWN = 20;
/** What of a card is not its events. */
const AROUND_BYTES = 2_000;

const PARTS: Readonly<Record<PartTaken, string>> = {
  asked: "asked for it",
  approved: "approved it",
  decided: "decided it",
  loses: "loses passkey sign-in by it",
  "loses-one": "loses a passkey by it and keeps another",
};

/** What happened to one person, group, model or profile, newest first. @param most events that are shown */
export function historyOfCard(history: HistoryOf, most = EVENTS_SHOWN): AdaptiveCard {
  const { events } = history;
  const shown = events.slice(0, most);
  const lines = shown.flatMap((event) => eventLines(event, history));
  if (shown.length > 1 && bytesOf(lines) > CARD_LIMIT_BYTES - AROUND_BYTES)
    return historyOfCard(history, Math.floor(shown.length * 0.8));
  const rest = events.length - shown.length;
  const title = `History of ${subjectWords(history)}`;
  return card({
    fallbackText: title,
    body: [
      titleText(title),
      subtle(coverage(history), { spacing: "none" }),
      ...lines,
      ...(rest > 0 ? [text(`and ${number(rest)} older ones`, { spacing: "small" })] : []),
      smallLine(next(history), { separator: true, spacing: "medium" }),
    ],
  });
}

/** Whichever it was understood as is said. Markdown. */
function subjectWords({ subject }: HistoryOf): string {
  switch (subject.kind) {
    case "person":
      return plain(subject.person.name);
    case "group":
      return `group ${plain(subject.group.name)}`;
    case "profile":
      return `profile ${plain(subject.name)}`;
    case "model": {
      const [only] = subject.models.length === 1 ? subject.models : [];
      return only === undefined
        ? `${plain(subject.called)} (${counted(subject.models.length, "model")})`
        : modelTitle(only);
    }
  }
}

/** What was looked at, and, where that is not all, where the rest is. */
function coverage({ events, plans, onlyLastDrifts, onlyLastNotices }: HistoryOf): string {
  const isWhole = plans.lookedAt === plans.of;
  const looked = [
    isWhole ? "all plans" : `the last ${number(plans.lookedAt)} of ${counted(plans.of, "plan")}`,
    onlyLastDrifts === undefined ? "all drifts" : `the last ${number(onlyLastDrifts)} drifts`,
    ...(onlyLastNotices === undefined ? [] : [`the last ${number(onlyLastNotices)} notices`]),
  ];
  const among = listed(looked, looked.length);
  const found =
    events.length > 0
      ? `${events.length === 1 ? "1 entry" : `${number(events.length)} entries`}, of ${among}.`
      : looked.every((part) => part.startsWith("all"))
        ? "No plan and no drift is about it."
        : `Nothing of ${among} is about it.`;
  return isWhole ? found : `${found} An older plan: \`show 12\` or \`evidence 12\`, by its number.`;
}

function eventLines(event: HistoryEvent, { subject }: HistoryOf): readonly CardElement[] {
  switch (event.kind) {
    case "plan": {
      const who = subject.kind === "person" ? plain(subject.person.name) : "";
      const parts = event.parts.map((part) => PARTS[part]).join(", ");
      return [
        ...planLines(event.plan),
        ...(parts === "" ? [] : [text(`${who} ${parts}`, { size: "small", spacing: "none" })]),
      ];
    }
    case "drift": {
      const { drift, at } = event;
      return entry(
        `**Drift ${drift.number}**: the policy was changed outside Latchkey`,
        `${driftStateWords(drift).words} · found ${moment(at)}`,
      );
    }
    case "notice": {
      const { notice, at } = event;
      const { state } = notice;
      const stands =
        state.kind === "open"
          ? "open"
          : `put off by ${plain(state.by.name)}: ${plainSentences(state.reason)}`;
      return entry(`**Noticed**: ${noticeTitle(notice)}`, `${moment(at)} · ${stands}`);
    }
  }
}

const entry = (what: string, small: string): readonly CardElement[] => [
  text(what, { separator: true, spacing: "default" }),
  subtle(small, { spacing: "none" }),
];

function next({ events }: HistoryOf) {
  const plan = events.find((event) => event.kind === "plan");
  return plan === undefined
    ? (["Next: ", { command: "history" }, " for the last plans."] as const)
    : ([
        "Next: ",
        { command: `show ${plan.plan.number}` },
        " for a plan's card, ",
        { command: `evidence ${plan.plan.number}` },
        " for everything about it.",
      ] as const);
}
