import { unreachable } from "../../../core/errors.js";
import type { Scan, ScanNews } from "../../../core/scan/scan.js";
import { number, people } from "../../../core/words/amounts.js";
import { moment, plain } from "../../words/card-text.js";
import { faultWords } from "../../words/fault-text.js";
import type { AdaptiveCard, CardColor, CardElement } from "../parts/card.js";
import { banner, card, smallLine, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import type { NamesView } from "../parts/names-view.js";
import { cancelScanButton } from "./scan-buttons.js";
import { scanProgress } from "./scan-progress.js";
import { scanResult } from "./scan-result.js";

/** The card of a scan, in any state: how it goes, what it found, or why it ended. */
export function scanCard(news: ScanNews, view: NamesView): AdaptiveCard {
  return card({
    fallbackText: scanSummary(news),
    body: [head(news), ...body(news, view)],
    actions: news.kind === "running" ? [cancelScanButton(news.scan.scanId)] : [],
  });
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
function scanSummary(news: ScanNews): string {
  switch (news.kind) {
    case "running":
      return "Scan: reading everyone's passkeys";
    case "finished":
      return `Scan finished: ${people(news.inventory.keyholders)} with passkeys`;
    case "cancelled":
      return "Scan cancelled";
    case "failed":
      return "Scan failed";
    default:
      return unreachable(news);
  }
}

function body(news: ScanNews, view: NamesView): readonly CardElement[] {
  switch (news.kind) {
    case "running":
      return scanProgress(news);
    case "finished":
      return scanResult(news.inventory, view);
    case "cancelled":
      return [
        banner("emphasis", [
          text(
            `**Cancelled by ${plain(news.by.name)}.** Nothing of it is used${news.scan.base === undefined ? "" : "; the scan before still counts"}.`,
          ),
        ]),
        smallLine(["Next: ", { command: "scan" }, " starts anew."], { separator: true, spacing: "medium" }),
      ];
    case "failed":
      return [
        banner("attention", [
          text(
            `**The scan could not be finished.**${news.scan.base === undefined ? "" : " The scan before still counts."}`,
          ),
          text(faultWords(news.fault, undefined, "say `scan`"), { spacing: "small" }),
        ]),
      ];
    default:
      return unreachable(news);
  }
}

function head(news: ScanNews): CardElement {
  const { scan } = news;
  const { title, symbol, words, color } = state(news);
  return titleRow(
    [
      titleText(title),
      subtle([kindWords(scan), askedBy(scan), moment(scan.startedAt)].join(" · "), { spacing: "none" }),
    ],
    [text(`${symbol} ${words}`, { weight: "bolder", color })],
  );
}

interface State {
  readonly title: string;
  readonly symbol: string;
  readonly words: string;
  readonly color: CardColor;
}

function state(news: ScanNews): State {
  switch (news.kind) {
    case "running":
      return news.pausedUntil === undefined
        ? { title: "Reading everyone's passkeys", symbol: "◐", words: "Reading", color: "accent" }
        : { title: "Reading everyone's passkeys", symbol: "◐", words: "Waiting for Graph", color: "warning" };
    case "finished":
      return news.inventory.unreadCount === 0
        ? { title: "Everyone's passkeys", symbol: "✔", words: "Complete", color: "good" }
        : { title: "Everyone's passkeys", symbol: "!", words: "Incomplete", color: "warning" };
    case "cancelled":
      return { title: "Everyone's passkeys", symbol: "○", words: "Cancelled", color: "default" };
    case "failed":
      return { title: "Everyone's passkeys", symbol: "✖", words: "Failed", color: "attention" };
    default:
      return unreachable(news);
  }
}

function kindWords({ kind, changesSince }: Scan): string {
  return kind === "full" ? "Full scan" : `What changed since ${moment(changesSince)}`;
}

function askedBy({ askers, begunBy }: Scan): string {
  const names = [...new Map(askers.map(({ person }) => [person.id, person.name])).values()];
  const [first] = names;
  if (first === undefined) return begunBy === "latchkey" ? "begun by Latchkey itself" : "asked by nobody";
  const rest = names.length - 1;
  const all = `${plain(first)}${rest === 0 ? "" : ` and ${number(rest)} more`}`;
  return begunBy === "latchkey" ? `begun by Latchkey itself, joined by ${all}` : `asked by ${all}`;
}
