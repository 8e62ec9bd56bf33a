import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tallied } from "./tally.js";

/** Collects what the tests found, each in a process of its own, and prints one table when all are done. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-tally-"));
  const file = join(folder, "tally");
  writeFileSync(file, "");
  process.env.LATCHKEY_TEST_TALLY = file;
  return () => {
    const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
    rmSync(folder, { recursive: true, force: true });
    if (lines.length > 0) console.log(table(lines.map((line) => JSON.parse(line) as Tallied)));
  };
}

const HEADINGS = ["", "faults survived", "records lost", "double writes", "plans stuck"] as const;

function table(rows: readonly Tallied[]): string {
  const sorted = rows.toSorted((one, other) => one.what.localeCompare(other.what));
  const sum = (of: (row: Tallied) => number) => rows.reduce((total, row) => total + of(row), 0);
  const total: Tallied = {
    what: "all",
    faults: sum((row) => row.faults),
    recordsLost: sum((row) => row.recordsLost),
    doubleWrites: sum((row) => row.doubleWrites),
    plansStuck: sum((row) => row.plansStuck),
  };
  const width = Math.max(...[...sorted, total].map((row) => row.what.length));
  const line = (first: string, rest: readonly (string | number)[]) =>
    [
      first.padEnd(width),
      ...rest.map((cell, at) => String(cell).padStart(HEADINGS[at + 1]?.length ?? 0)),
    ].join("  ");
  const cells = (row: Tallied) => [row.faults, row.recordsLost, row.doubleWrites, row.plansStuck];
  return [
    "",
    line("", HEADINGS.slice(1)),
    ...sorted.map((row) => line(row.what, cells(row))),
    line(total.what, cells(total)),
  ].join("\n");
}
