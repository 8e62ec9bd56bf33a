import type { CommandName } from "../command.js";
import { asWritten, type Word } from "../words.js";
import type { Guard } from "./guard.js";

const BUT: ReadonlySet<string> = new Set(["except", "other than", "apart from"]);
const NOBODY: ReadonlySet<string> = new Set(["nobody", "no one", "none", "nothing"]);
const BEFORE_NAME: ReadonlySet<string> = new Set(["for", "group", "the"]);

/**
 * The change that a person may mean whose words, taken as they are, ask for another one: "disable passkeys except for
 * IT" means that IT alone keeps them.
 */
export function insteadOf(
  name: CommandName | string,
  guard: Guard,
  words: readonly Word[],
): string | undefined {
  if (name === "enable" && NOBODY.has(guard.word)) return "disable passkeys";
  if (name !== "disable" || !BUT.has(guard.word)) return undefined;
  const behind = words.slice(guard.at + guard.word.split(" ").length);
  const start = behind.findIndex(({ lower, quoted }) => quoted || !BEFORE_NAME.has(lower));
  return start === -1 ? undefined : `enable passkeys only for group ${asWritten(behind.slice(start))}`;
}
