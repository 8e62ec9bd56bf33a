import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Say which caller, process, person or approver instead. */
const NAMES_NO_ACTOR = /\b(whoever|somebody|nobody|whatever|anybody)\b/i;
/** Names that were replaced by plainer ones. */
const RETIRED =
  /\b(keepUp|letGo|givenUp|HeardReplicas|departures|refuseAccess|refuseApprover|heed|CLOCK_SKEW|PATIENCE|Desk|describeError|WaitingForScan)\b/;

/** Large numbers without a unit: they count things, which the name says. */
const COUNTS = [
  "BASE_PEOPLE_A_STATEMENT",
  "CARDS_IN_HAND",
  "PLANS_IN_HAND",
  "PLANS_LOOKED_AT",
  "CONNECTIONS_AT_MOST",
  "ANSWERS_KEPT",
  "NEWS_OF_A_PROCESS",
  "END_VERSION",
  "LATEST_PROCESS",
  "NUMBERS_SKIPPED",
  "MOST_SKIPPED",
  "SHUT_REMEMBERED",
  "PAGES_AT_MOST",
];

const SRC = join(import.meta.dirname, "../src");

/** Every line of the source, as `file:number text`. */
function lines(): readonly string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return files.flatMap((file) =>
    readFileSync(join(SRC, file), "utf8")
      .split("\n")
      .map((text, index) => `${file}:${index + 1} ${text.trim()}`),
  );
}

const isComment = (line: string): boolean => / (\/\*\*|\*|\/\/)/.test(line);
/** Stored values and names of stored values may be quoted. */
const withoutQuotes = (line: string): string => line.replaceAll(/`[^`]*`|"[^"]*"/g, "");

describe("the words of the source", () => {
  it("name the actor in every comment", () => {
    const vague = lines().filter((line) => isComment(line) && NAMES_NO_ACTOR.test(withoutQuotes(line)));
    expect(vague).toEqual([]);
  });

  it("use no name that was replaced by a plainer one", () => {
    expect(lines().filter((line) => RETIRED.test(line))).toEqual([]);
  });

  it("say the unit in the name of a time or a size that a comment would have to give", () => {
    const unnamed = /^\S+ (?:export )?const ([A-Z_]+)(?<!_MS|_SECONDS|_BYTES|_MB|_CHARACTERS) = [\d_]{5,};/;
    const names = lines().flatMap((line) => unnamed.exec(line)?.[1] ?? []);
    expect(names.filter((name) => !COUNTS.includes(name))).toEqual([]);
  });
});
