import type { Parsed } from "../command.js";
import { type Reading, readCommand, type Understand } from "../read-command.js";
import { beginsSaying, type Saying } from "../sayings.js";
import type { Word } from "../words.js";
import { withoutMarks } from "./question.js";
import { severalIn } from "./several.js";

/** Of two requests in one message neither is run: which goes first is asked. */
export function asksSeveral(
  words: readonly Word[],
  { understand, sayings }: { readonly understand: Understand; readonly sayings: readonly Saying[] },
): Parsed | undefined {
  const requestIn = (said: readonly Word[]): Reading | undefined => {
    const reading = readCommand(withoutMarks(said), sayings);
    return reading?.outcome.kind === "command" ? reading : undefined;
  };
  const several = severalIn(
    words,
    ({ lower }) => beginsSaying(sayings, lower),
    (said) => requestIn(said) !== undefined,
  );
  if (several === undefined) return undefined;
  // "allow X, allow Y" is a list like any other.
  if (several.first[0]?.lower === several.second[0]?.lower) return undefined;
  if (understand(words)?.row.looks === true) return undefined;
  // "allow X and synced passkeys": the second is what is allowed, too.
  const [one, other] = [requestIn(several.first), requestIn(several.second)];
  if (one?.row.takes === "models" && other?.row.looks) return undefined;
  if (one?.row.looks && one.written === other?.written) return one.outcome;
  const offers = [one, other].flatMap((reading) => reading?.written ?? []);
  return { kind: "reply", reply: { code: "several", offers } };
}
