import type { Word } from "./words.js";

/** Whether a word lets people use something, or takes it from them. */
type Direction = "gives" | "takes";

const SAID: Readonly<Record<Direction, readonly string[]>> = {
  gives: [
    ...[
      "enable",
      "activate",
      "on",
      "roll",
      "rollout",
      "give",
      "bring",
      "get",
      "hand",
      "offer",
      "provide",
      "deploy",
    ],
    ...[
      "introduce",
      "launch",
      "start",
      "begin",
      "allow",
      "permit",
      "whitelist",
      "allowlist",
      "let",
      "add",
      "include",
    ],
    ...["onboard", "extend", "expand", "widen", "promote", "invite"],
  ],
  takes: [
    ...[
      "disable",
      "deactivate",
      "inactivate",
      "off",
      "kill",
      "shut",
      "stop",
      "end",
      "remove",
      "disallow",
      "block",
    ],
    ...[
      "ban",
      "blacklist",
      "blocklist",
      "forbid",
      "delete",
      "exclude",
      "exempt",
      "pull",
      "revoke",
      "withdraw",
    ],
  ],
};
const DIRECTIONS: ReadonlyMap<string, Direction> = new Map(
  (["gives", "takes"] as const).flatMap((direction) =>
    SAID[direction].map((word) => [word, direction] as const),
  ),
);
/** Turn a verb round. What only begins so is none: what follows has to be a verb from above. */
const TURNS = /^(?:un|de|dis|non)-?(?=\p{L}{3})/u;
/** Says the verb once more. */
const REPEATS = /^re-?(?=\p{L}{3})/u;

/**
 * Whether a text says the opposite of a phrase it comes close to by its letters: "reactivate" is near "deactivate".
 * What says neither, or both, is no opposite.
 */
export function isOpposite(typed: readonly Word[], meant: readonly string[]): boolean {
  const said = directionOf(typed.flatMap(({ lower, quoted }) => (quoted ? [] : [lower])));
  const other = directionOf(meant);
  return said !== undefined && other !== undefined && said !== other;
}

function directionOf(words: readonly string[]): Direction | undefined {
  const [direction, ...others] = new Set(words.flatMap((word) => directionOfWord(word) ?? []));
  return others.length === 0 ? direction : undefined;
}

function directionOfWord(word: string): Direction | undefined {
  const known = DIRECTIONS.get(word);
  if (known !== undefined) return known;
  const repeated = DIRECTIONS.get(word.replace(REPEATS, ""));
  if (repeated !== undefined) return repeated;
  const turned = DIRECTIONS.get(word.replace(TURNS, ""));
  return turned === undefined ? undefined : turned === "gives" ? "takes" : "gives";
}
