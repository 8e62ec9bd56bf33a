import type { Drift, LoggedWrite } from "../../core/drift/drift.js";
import { unreachable } from "../../core/errors.js";
import { listed } from "../../core/words/amounts.js";
import { readWrites } from "../../core/words/unread-writes.js";
import { moment, plain } from "./card-text.js";
import type { StateWords } from "./plan-words.js";

/** Writers named in one line. */
const WRITERS_NAMED = 4;

export function driftTitle({ number }: Pick<Drift, "number">): string {
  return `Drift ${number} · the policy was changed outside Latchkey`;
}

/** The state as it stands at the right of the title. */
export function driftStateWords({ state }: Pick<Drift, "state">): StateWords {
  switch (state.kind) {
    case "open":
      return { symbol: "●", words: "Open", color: "attention" };
    case "accepted":
      return { symbol: "✔", words: "Accepted", color: "good" };
    case "put-back":
      return { symbol: "✔", words: "Put back", color: "good" };
    case "over":
      return { symbol: "○", words: "Over", color: "default" };
    default:
      return unreachable(state);
  }
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
export function driftSummary(drift: Pick<Drift, "number" | "state">): string {
  return `${driftTitle(drift)} (${driftStateWords(drift).words.toLowerCase()})`;
}

/** "as applied with plan #12, approved by Grace Hopper": what the policy was compared with. */
export function baselineWords({ source }: Pick<Drift["baseline"], "source">): string {
  switch (source.kind) {
    case "first-read":
      return "as first read";
    case "applied":
      return `as applied with plan #${source.planNumber}, approved by ${plain(source.by.name)}`;
    case "accepted":
      return `as accepted with drift ${source.driftNumber} by ${plain(source.by.name)}`;
    default:
      return unreachable(source);
  }
}

/** Since when, and by whom: what the directory audit log says, or that it does not. */
export function sinceWords(drift: Drift): string {
  const { named, unread } = readWrites(drift.writers);
  const words = namedWords(drift, named);
  return unread === undefined ? words : `${words} ${unread}`;
}

function namedWords(drift: Drift, writers: readonly LoggedWrite[]): string {
  const { unchangedAt, foundAt } = drift;
  const between = `between ${moment(unchangedAt, foundAt)} and ${moment(foundAt, foundAt)}`;
  const [first, ...others] = writers;
  if (first === undefined) {
    const yet = drift.state.kind === "open" ? "does not say yet" : "did not say";
    return `**Changed ${between}.** By whom, Entra's audit log ${yet}.`;
  }
  if (others.length === 0) {
    return `**Changed by ${writerName(first)}**, ${moment(first.at, foundAt)}, as Entra's audit log has it. It was last read unchanged at ${moment(unchangedAt, foundAt)}.`;
  }
  const names = writers.map((writer) => `${writerName(writer)} (${moment(writer.at, first.at)})`);
  return `**Changed since ${moment(first.at, foundAt)}.** Entra's audit log names ${listed(names, WRITERS_NAMED)}. It was last read unchanged at ${moment(unchangedAt, foundAt)}.`;
}

/** "Katherine Johnson", "Microsoft Entra ID (an application)". */
export function writerName({ name, isApp }: LoggedWrite): string {
  return `${plain(name)}${isApp === true ? " (an application)" : ""}`;
}
