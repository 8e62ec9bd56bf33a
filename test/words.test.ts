import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Rooms whose comments and names are held to plain words. */
const ROOMS = [
  ...["policy", "audit", "access", "scan", "drift", "report", "duties", "replica"].map(
    (room) => `core/${room}`,
  ),
  ...["core/errors.ts", "core/ports.ts", "core/stores.ts", "core/redacted.ts", "async", "graph", "catalogue"],
  ...["storage/audit", "storage/drift", "storage/engine", "storage/migrations", "storage/plans"],
  ...["storage/replicas", "storage/scans", "server", "server.ts", "log", "log.ts", "config", "config.ts"],
  ...["audit-cli", "audit-cli.ts", "run-bot", "run-bot.ts"],
];
/** Say which caller, process, person or approver instead. */
const NAMES_NO_ACTOR = /\b(whoever|somebody|nobody|whatever|anybody)\b/i;
/** Names that were replaced by plainer ones. */
const RETIRED =
  /\b(keepUp|letGo|givenUp|HeardReplicas|departures|refuseAccess|refuseApprover|heed|CLOCK_SKEW|PATIENCE)\b/;

const SRC = join(import.meta.dirname, "../src");

/** Every line of the rooms, as `file:number text`. */
function lines(): readonly string[] {
  const files = ROOMS.flatMap((room) =>
    room.endsWith(".ts")
      ? [room]
      : readdirSync(join(SRC, room), { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".ts"))
          .map((file) => join(room, file)),
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
    // People are counted, so the name says the unit already.
    const unnamed = /^\S+ (export )?const [A-Z_]+(?<!_MS|_SECONDS|_BYTES|_MB|_CHARACTERS) = [\d_]{5,};/;
    expect(lines().filter((line) => unnamed.test(line))).toEqual([
      expect.stringContaining("BASE_PEOPLE_A_STATEMENT"),
    ]);
  });
});
