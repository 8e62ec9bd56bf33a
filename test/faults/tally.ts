import { appendFileSync } from "node:fs";
import type { Verdict } from "./judge.js";

/** One line of the table at the end of the run. */
export interface Tallied {
  readonly what: string;
  readonly faults: number;
  readonly recordsLost: number;
  readonly doubleWrites: number;
  readonly plansStuck: number;
}

/** Says what a test found, and hands it to the table at the end of the run. */
export function tally(what: string, faults: number, verdict: Verdict, more = ""): void {
  const tallied: Tallied = {
    what,
    faults,
    recordsLost: verdict.recordsLost.length,
    doubleWrites: verdict.doubleWrites.length,
    plansStuck: verdict.plansStuck.length,
  };
  console.log(
    `${what}: ${faults} faults, ${tallied.recordsLost} records lost, ${tallied.doubleWrites} double writes, ` +
      `${tallied.plansStuck} plans stuck.${more === "" ? "" : ` ${more}`}`,
  );
  const file = process.env.LATCHKEY_TEST_TALLY;
  if (file === undefined) throw new Error("LATCHKEY_TEST_TALLY is not set: run the tests with vitest");
  appendFileSync(file, `${JSON.stringify(tallied)}\n`);
}
