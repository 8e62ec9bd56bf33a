import type { Drift } from "../../../core/drift/drift.js";
import { acceptancesOf } from "../../../core/drift/not-alone.js";
import { unreachable } from "../../../core/errors.js";
import { findWeakenings } from "../../../core/impact/weakenings.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { moment, plain, plainSentences } from "../../words/card-text.js";
import {
  baselineWords,
  driftStateWords,
  driftSummary,
  driftTitle,
  sinceWords,
} from "../../words/drift-words.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, smallLine, subtle, text, titleRow, titleText, type Words } from "../parts/card-parts.js";
import type { NamesView } from "../parts/names-view.js";
import { changesNotShown, drawnLargest, type Extent } from "../plan/changes-shown.js";
import { listChanges } from "../plan/plan-authenticators.js";
import { diffTable } from "../plan/plan-diff.js";
import { notShownWords } from "../plan/press-show-all.js";
import { weakeningsBanner } from "../plan/weakenings.js";
import { driftBanner } from "./drift-banner.js";
import { driftButtons } from "./drift-buttons.js";
import { besideMove, isMove, moveLines } from "./drift-move.js";

/** The card of a drift, in any state: what changed, since when, by whom, and what it means for people. */
export function driftCard(drift: Drift, view: NamesView): AdaptiveCard {
  const difference = besideMove(drift.difference);
  const draw = ({ rows, models }: Extent) =>
    difference.changes.length === 0
      ? []
      : [...driftDiff({ ...drift, difference }, rows), ...listChanges(difference, models)];
  const { extent, drawn } = drawnLargest(draw);
  const notShown = changesNotShown(difference, extent);
  const isOpen = drift.state.kind === "open";
  return card({
    fallbackText: driftSummary(drift),
    body: [
      driftHead(drift),
      ...driftWeakenings(drift),
      driftBanner(drift, view),
      ...firstAcceptance(drift),
      text(sinceWords(drift), { spacing: "medium" }),
      ...moveLines(drift),
      ...drawn,
      ...(notShown === 0
        ? []
        : [text(notShownWords(notShown, isOpen ? "accept it" : undefined), { spacing: "small" })]),
      driftNext(drift),
    ],
    actions: driftButtons(drift),
  });
}

/** Title, revision and what the policy is compared with; the state at the right. */
export function driftHead(drift: Drift): CardElement {
  const { symbol, words, color } = driftStateWords(drift);
  const { baseline, foundAt, revision } = drift;
  const small = `Revision ${revision} · found ${moment(foundAt)} · before: ${baselineWords(baseline)}, ${moment(baseline.at, foundAt)}`;
  return titleRow(
    [titleText(driftTitle(drift)), subtle(small, { spacing: "none" })],
    [text(`${symbol} ${words}`, { weight: "bolder", color })],
  );
}

/** What became weaker, as long as it can be put back. */
export function driftWeakenings({ difference, state }: Drift): readonly CardElement[] {
  if (state.kind !== "open") return [];
  const { before, after } = besideMove(difference);
  const weakenings = findWeakenings(parsePolicy(before), parsePolicy(after));
  return weakeningsBanner(weakenings, difference);
}

/** Whose word is there already, and why it is not enough. */
function firstAcceptance(drift: Drift): readonly CardElement[] {
  if (drift.state.kind !== "open") return [];
  return acceptancesOf(drift).map(({ by, at, reason }) =>
    text(
      `**${plain(by.name)} accepts this** (${moment(at, drift.foundAt)}): ${plainSentences(reason)} Entra's audit log does not say for certain who changed it, so another approver has to accept it as well.`,
      { spacing: "small" },
    ),
  );
}

function driftDiff({ difference, state }: Drift, rows: number): readonly CardElement[] {
  const after = state.kind === "open" ? "Now" : "As found";
  return diffTable(difference, { now: "Before", after, unchanged: "as before" }, rows);
}

/** What happens next, or what to say now. */
export function driftNext(drift: Drift): CardElement {
  return smallLine(nextWords(drift), { separator: true, spacing: "medium" });
}

function nextWords(drift: Drift): readonly Words[] {
  const { state, number } = drift;
  switch (state.kind) {
    case "open":
      if (isMove(drift))
        return [
          "An approver can accept it, with a reason; accepted or not, the policy stays watched. Settings that were changed besides can be changed by a plan. Next: ",
          { command: "show policy" },
          ".",
        ];
      return [
        "An approver can accept it, with a reason; accepted or not, the policy stays watched. Put back makes a plan, which an approver approves with their own rights. In words: ",
        { command: `put back drift ${number}` },
        ".",
      ];
    case "accepted":
    case "put-back":
    case "over":
      return [
        "Next: ",
        { command: "show policy" },
        " for the policy as it is now; ",
        { command: "drift" },
        " looks whether it changed since.",
      ];
    default:
      return unreachable(state);
  }
}
