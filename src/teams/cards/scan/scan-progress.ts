import type { ScanCounts, ScanNews } from "../../../core/scan/scan.js";
import { number, people } from "../../../core/words/amounts.js";
import { moment } from "../../words/card-text.js";
import { about } from "../../words/duration.js";
import type { CardElement, Column } from "../parts/card.js";
import { smallLine, subtle, text } from "../parts/card-parts.js";

type Running = Extract<ScanNews, { kind: "running" }>;

/** How far a scan is, how fast it goes, and how long it still takes. */
export function scanProgress(news: Running): readonly CardElement[] {
  const { counts, scan } = news;
  const total = totalOf(counts);
  const listed = scan.listing.step === "done";
  if (total === 0) return [text("**Finding out whose passkeys to read.**"), ...speed(news), leave()];
  const done = total - counts.pending;
  return [
    text(`**${number(done)} of ${people(total)}${listed ? "" : " found so far"}**`),
    progressBar(done, total),
    ...details(counts),
    ...speed(news),
    leave(),
  ];
}

function totalOf({ pending, read, carried, gone, unread }: ScanCounts): number {
  return pending + read + carried + gone + unread;
}

/** Two columns whose widths are the done and the open part. */
function progressBar(done: number, total: number): CardElement {
  const percent = Math.floor((100 * done) / total);
  const parts: readonly (readonly [number, Column["style"]])[] = [
    [percent, "accent"],
    [100 - percent, "emphasis"],
  ];
  return {
    type: "ColumnSet",
    spacing: "small",
    columns: parts
      .filter(([width]) => width > 0)
      .map(([width, style]) => ({
        type: "Column",
        width,
        style: style ?? "default",
        minHeight: "8px",
        items: [],
      })),
  };
}

function details({ read, carried, gone, unread }: ScanCounts): readonly CardElement[] {
  const parts = [
    ...(carried > 0 ? [`${number(read)} read`, `${number(carried)} taken over from the scan before`] : []),
    ...(gone > 0 ? [`${number(gone)} deleted meanwhile`] : []),
    ...(unread > 0 ? [`${number(unread)} could not be read`] : []),
  ];
  return parts.length === 0 ? [] : [subtle(parts.join(" · "), { spacing: "small" })];
}

function speed({ perMinute, pausedUntil, secondsLeft, counts }: Running): readonly CardElement[] {
  const parts = [
    ...(perMinute === undefined ? [] : [`${people(Math.round(perMinute))} a minute`]),
    ...(secondsLeft === undefined || counts.pending === 0 ? [] : [`${about(secondsLeft)} left`]),
  ];
  return [
    ...(parts.length === 0 ? [] : [subtle(parts.join(" · "), { spacing: "small" })]),
    ...(pausedUntil === undefined
      ? []
      : [
          text(
            `Microsoft Graph asked for a pause until ${moment(pausedUntil, pausedUntil)}; then it goes on.`,
            {
              size: "small",
              color: "warning",
              spacing: "small",
            },
          ),
        ]),
  ];
}

function leave(): CardElement {
  return smallLine(
    [
      "Microsoft Graph lets only so many people a minute be read. No need to wait here: this card changes by itself.",
    ],
    { separator: true, spacing: "medium" },
  );
}
