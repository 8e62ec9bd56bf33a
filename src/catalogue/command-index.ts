import MiniSearch from "minisearch";
import type { CommandRow, Takes } from "../core/command/command-row.js";
import { COMMANDS } from "../core/command/commands.js";
import type { Phrasebook } from "../core/ports/phrasebook.js";

const AT_MOST = 3;
/** What fits worse than this beside the best is left out: two good offers are better than three. */
const WORTH_OF_BEST = 0.4;
/** A text of a message's length is not searched for: its first words say what it is about. */
const SEARCHED_CHARACTERS = 300;
/** What is said without anything behind it, or asks which one is meant. */
const OFFERED: ReadonlySet<Takes> = new Set<Takes>([
  ...(["nothing", "count", "profile", "platform", "enableOptions", "everybody"] as const),
  ...(["models", "oneModel", "groups", "planNumber", "driftNumber"] as const),
]);
/** Words that are in every other sentence. */
const COMMON: ReadonlySet<string> = new Set(
  "a an the i we you it is are was be do does did can could would will of to in on for and or my me us our this that there please with at by have has s how where when why".split(
    " ",
  ),
);

/** Commands by the words they are said with, their help and its examples. Making it takes some milliseconds. */
export function commandIndex(rows: readonly CommandRow[] = COMMANDS): Phrasebook {
  const index = new MiniSearch<{ readonly id: string; readonly said: string; readonly about: string }>({
    fields: ["said", "about"],
    tokenize: (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
    processTerm: (term) => (COMMON.has(term) ? null : singular(term)),
  });
  for (const id of new Set(rows.map(writtenAs))) {
    const same = rows.filter((row) => writtenAs(row) === id);
    const help = same.flatMap((row) => row.help);
    // What makes no sense by itself is no offer: the first words of a question, or a name's.
    if (help.length === 0 || !same.some(({ takes }) => OFFERED.has(takes))) continue;
    index.add({
      id,
      said: same.flatMap(({ says }) => says).join(" "),
      about: help.flatMap(({ usage, what }) => [usage, what]).join(" "),
    });
  }
  return {
    nearest: (text) => {
      const found = index.search(text.slice(0, SEARCHED_CHARACTERS), {
        boost: { said: 3 },
        prefix: (term) => term.length > 3,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      });
      const best = found[0]?.score ?? 0;
      return found
        .filter(({ score }) => score >= best * WORTH_OF_BEST)
        .slice(0, AT_MOST)
        .map(({ id }) => String(id));
    },
  };
}

const writtenAs = ({ written, says }: CommandRow): string => written ?? says[0];

function singular(term: string): string {
  return term.length > 3 && term.endsWith("s") ? term.slice(0, -1) : term;
}
