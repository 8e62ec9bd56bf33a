import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLists, withCommandTable } from "../scripts/command-docs.mjs";
import type { CommandOf, CommandRow } from "../src/core/command/command-row.js";
import { COMMANDS } from "../src/core/command/commands.js";
import { helpLines } from "../src/core/command/help.js";
import { parseCommand } from "../src/core/command/parse-command.js";
import { sayingsOf } from "../src/core/command/sayings.js";

const read = (file: string): string => readFileSync(join(import.meta.dirname, "..", file), "utf8");

describe("what repeats the table of commands", () => {
  it("is written anew with `npm run commands`: README", () => {
    expect(read("README.md")).toBe(withCommandTable(read("README.md"), helpLines()));
  });

  it("is written anew with `npm run commands`: Teams' menus in the manifest", () => {
    const manifest = JSON.parse(read("appPackage/manifest.json"));
    expect(manifest.bots[0].commandLists).toEqual(commandLists(COMMANDS));
  });
});

describe("a row that is added to the table", () => {
  const EXPLAIN = {
    name: "explain",
    says: ["explain", "walk me through"],
    takes: "planNumber",
    topic: "plans",
    help: [{ usage: "explain 12", what: "plan #12 in plain words; also: `walk me through 12`" }],
    inTeamsMenu: { where: "personal", description: "A plan in plain words" },
  } as const satisfies CommandRow;
  const rows = [...COMMANDS, EXPLAIN];
  const sayings = sayingsOf(rows);
  const command: CommandOf<typeof EXPLAIN> = { kind: "explain", planNumber: 12 };

  it.each(["explain 12", "Explain plan #12.", "please walk me through 12"])("is understood: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
    expect(parseCommand(text, sayings)).toEqual({ kind: "command", command });
  });

  it.each(["exlpain 12", "expain #12", "walk me thruogh plan 12"])("has near misses: %j", (text) => {
    const reply = { code: "did-you-mean", suggestion: "explain 12" };
    expect(parseCommand(text, sayings)).toEqual({ kind: "reply", reply });
  });

  it("is asked about where its argument is missing, and leaves chat alone", () => {
    const reply = { code: "number-missing", command: "explain", given: "" };
    expect(parseCommand("explain", sayings)).toEqual({ kind: "reply", reply });
    expect(parseCommand("explain yourself", sayings)).toEqual({ kind: "ignored" });
  });

  it("is in the help, among its topic", () => {
    const lines = helpLines(rows);
    const at = lines.findIndex(({ usage }) => usage === "explain 12");
    expect(lines[at]).toEqual({ ...EXPLAIN.help[0], topic: "plans", looks: false });
    const ofPlans = lines.map(({ topic }) => topic).lastIndexOf("plans");
    expect([at, lines[at - 1]?.topic]).toEqual([ofPlans, "plans"]);
    expect(lines.filter((_, other) => other !== at)).toEqual(helpLines());
  });

  it("is in Teams' menu of the place it names, and in no other", () => {
    const entry = { title: "explain", description: "A plan in plain words" };
    const [personal, shared] = commandLists(rows);
    expect(personal?.commands).toContainEqual(entry);
    expect(shared).toEqual(commandLists(COMMANDS)[1]);
  });

  it("is in README's table", () => {
    const readme = withCommandTable(read("README.md"), helpLines(rows));
    expect(readme).toMatch(/^\| `explain 12` +\| plan #12 in plain words; also: `walk me through 12` +\|$/m);
  });
});

it("README without a place for the table is refused", () => {
  expect(() => withCommandTable("# Latchkey\n", helpLines())).toThrow("no place for the table of commands");
});
