import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./child.js";

const LOOK_EVERY_MS = 40;
const LAST_WORDS_CHARACTERS = 2_000;

/**
 * Waits until the probe finds what shows that the process is up, and answers that.
 * @throws with its last words when it ends before, or takes too long
 */
export async function until<T>(
  child: Child,
  withinMs: number,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  let gone = false;
  void child.ended.then(() => {
    gone = true;
  });
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline && !gone) {
    const found = await probe();
    if (found !== undefined) return found;
    await sleep(LOOK_EVERY_MS);
  }
  const why = gone ? "ended at its start" : `was not ready within ${withinMs / 1000} s`;
  throw new Error(`${child.name} ${why}. Its last words:\n${await lastWords(child)}`);
}

/** The end of what a process printed. */
export async function lastWords(child: Child): Promise<string> {
  return (await child.output()).slice(-LAST_WORDS_CHARACTERS).trim();
}
