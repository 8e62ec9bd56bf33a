import type { CommandRow } from "../command-row.js";
import type { Reading, Understand } from "../read-command.js";
import { type Word, wordsOf } from "../words.js";
import { askedToSee, askedWhatItIs } from "./looking.js";
import { withoutMarks } from "./question.js";
import { withoutFillers, withoutHead, withoutNow, withoutTail } from "./undress.js";

/** A reading, and the words it was made of. */
export interface Dressed {
  readonly reading: Reading;
  readonly said: readonly Word[];
}

/** The words with less and less around what they ask for. */
export function dressings(words: readonly Word[]): readonly (readonly Word[])[] {
  const tailless = withoutTail(words);
  const bare = withoutHead(tailless);
  return distinct([tailless, bare, withoutNow(bare)]).filter((way) => way.length > 0);
}

/** Each way once: they are parts of one sentence. */
export const distinct = (ways: readonly (readonly Word[])[]): readonly (readonly Word[])[] =>
  ways.filter((way, at) => ways.findIndex((other) => isSame(other, way)) === at);

const isSame = (one: readonly Word[], other: readonly Word[]): boolean =>
  one.length === other.length && one.at(-1)?.text === other.at(-1)?.text;

/** As it stands, or as a look without its articles and question marks. */
export function readDressed(said: readonly Word[], understand: Understand): Dressed | undefined {
  const reading = understand(said);
  if (reading?.outcome.kind === "command") return { reading, said };
  const short = withoutFillers(said);
  const looking = short.length === 0 ? undefined : understand(short);
  if (looking?.outcome.kind === "command" && looking.row.looks && !takesName(looking.row)) {
    return { reading: looking, said: short };
  }
  const unmarked = withoutMarks(said);
  const asked = unmarked.length === 0 ? undefined : understand(unmarked);
  if (asked?.outcome.kind === "command") return { reading: asked, said: asked.row.looks ? unmarked : said };
  const toSee = askedToSee(unmarked);
  // "evidence" lacks its number, and is no question what that is.
  const ways = reading === undefined ? [...toSee, askedWhatItIs(unmarked)] : toSee;
  return readToSee(ways, understand) ?? (reading && { reading, said });
}

/** What is asked for in words around it, where that only looks. */
function readToSee(ways: readonly (readonly Word[])[], understand: Understand): Dressed | undefined {
  for (const said of ways) {
    const reading = said.length === 0 ? undefined : understand(said);
    if (reading?.outcome.kind === "command" && reading.row.looks) return { reading, said };
  }
  return undefined;
}

/** Where a name follows, "the" and "my" tell ordinary chat from it. */
const takesName = ({ takes }: CommandRow): boolean =>
  !["nothing", "count", "planNumber", "driftNumber", "profile"].includes(takes);

/** A command in quotes is not run, as it may be quoted. */
export function unquoted(words: readonly Word[]): readonly Word[] {
  const [first, ...others] = words;
  return first?.quoted && others.length === 0 ? wordsOf(first.text) : words;
}
