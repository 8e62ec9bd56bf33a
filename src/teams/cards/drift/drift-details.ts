import type { Drift } from "../../../core/drift/drift.js";
import { people } from "../../../core/words/amounts.js";
import { readWrites } from "../../../core/words/unread-writes.js";
import { moment, plain } from "../../words/card-text.js";
import { coverageLines } from "../../words/coverage-words.js";
import { driftSummary, sinceWords, writerName } from "../../words/drift-words.js";
import { modelLineInFull } from "../../words/names.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, text } from "../parts/card-parts.js";
import type { TitledList } from "../parts/list-pages.js";
import { aroundLists, withPageOfLists } from "../parts/page-of-lists.js";
import { affectedLines, nameOf } from "../parts/people.js";
import { changeLines } from "../plan/changes-shown.js";
import { listsThatChange, listsThatStay } from "../plan/plan-lists.js";
import { driftBanner } from "./drift-banner.js";
import { driftButtons } from "./drift-buttons.js";
import { driftHead, driftNext, driftWeakenings } from "./drift-card.js";
import { moveLines } from "./drift-move.js";

/**
 * Everything the brief card counts, people by name: for the person who pressed alone.
 * @param page counts from 1; the last page for one beyond it
 */
export function driftDetails(drift: Drift, page = 1): AdaptiveCard {
  const head = [driftHead(drift), ...driftWeakenings(drift), driftBanner(drift, { names: "shown" })];
  const first = [text(sinceWords(drift), { spacing: "medium" }), ...moveLines(drift)];
  return withPageOfLists(driftLists(drift), page, (shown) =>
    card({
      fallbackText: driftSummary(drift),
      body: aroundLists([...head, ...(shown.page === 1 ? first : [])], shown, [driftNext(drift)]),
      actions: driftButtons(drift, shown),
    }),
  );
}

/** The most important first. */
function driftLists({ difference, meaning, writers }: Drift): readonly TitledList[] {
  const { named, unread } = readWrites(writers);
  return [
    { title: "What changed", lines: changeLines(difference) },
    ...listsThatChange(difference),
    ...(meaning.kind === "assessed" ? peopleLists(meaning.impact, difference) : []),
    {
      title: "Writes to the authentication methods policy, by Entra's audit log",
      lines: [
        ...named.map((writer) => `${writerName(writer)}, ${moment(writer.at)}`),
        ...(unread === undefined ? [] : [unread]),
      ],
    },
    ...listsThatStay(difference),
  ];
}

type Impact = Extract<Drift["meaning"], { kind: "assessed" }>["impact"];

function peopleLists(impact: Impact, difference: Drift["difference"]): readonly TitledList[] {
  const { losing, keepingAnother, coverage, modelsCutOff } = impact;
  return [
    { title: "Lost passkey sign-in", lines: affectedLines(losing, difference) },
    { title: "Lost a passkey and kept another", lines: affectedLines(keepingAnother, difference) },
    {
      title: "Could not be read",
      count: coverage.unreadCount,
      lines: coverage.unread.map((person) => `${nameOf(person)}: ${plain(person.why)}`),
    },
    {
      title: "Models that stopped working for somebody",
      lines: modelsCutOff.map(
        ({ aaguid, people: count }) => `${modelLineInFull(aaguid, difference)} · ${people(count)} affected`,
      ),
    },
    { title: "What was scanned", lines: coverageLines(coverage) },
  ];
}
