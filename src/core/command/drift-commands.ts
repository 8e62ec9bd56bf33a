import type { Parsed } from "./command.js";
import { phrase, type Word } from "./words.js";

const SHOW = /^(?:(?:show|view) )?drift #?([1-9]\d{0,8})$/;
const PUT_BACK = /^(?:put back drift #?([1-9]\d{0,8})|put drift #?([1-9]\d{0,8}) back)$/;

/** `drift 3`, `show drift 3`, `put back drift 3`. undefined: something else. */
export function parseDrift(words: readonly Word[]): Parsed | undefined {
  const said = phrase(words);
  const shown = SHOW.exec(said)?.[1];
  if (shown !== undefined) {
    return { kind: "command", command: { kind: "show-drift", driftNumber: Number(shown) } };
  }
  const [, before, between] = PUT_BACK.exec(said) ?? [];
  const driftNumber = before ?? between;
  return driftNumber === undefined
    ? undefined
    : { kind: "command", command: { kind: "put-back", driftNumber: Number(driftNumber) } };
}
