import type { CommandName } from "../command.js";
import { asWritten, type Word } from "../words.js";
import type { Guard } from "./guard.js";

const BUT: ReadonlySet<string> = new Set(["except", "other than", "apart from"]);
const NOBODY: ReadonlySet<string> = new Set(["nobody", "no one", "none", "nothing"]);
const BEFORE_NAME: ReadonlySet<string> = new Set(["for", "group", "the"]);

/** What may be meant by a change whose guard makes it another one: "disable passkeys except for IT", "enable for nobody". */
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
