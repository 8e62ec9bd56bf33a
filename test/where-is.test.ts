import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/where-is.md"), "utf8");

interface Place {
  readonly question: string;
  readonly path: string;
  readonly name: string;
}

const places: readonly Place[] = [...page.matchAll(/^\| ([^|]+\?) +\| `([^`]+)` +\| `([^`]+)` +\|$/gm)].map(
  ([, question = "", path = "", name = ""]) => ({ question, path, name }),
);

/** In a file the name stands as a word or a heading; in a folder it is a file. */
function holds({ path, name }: Place): boolean {
  const at = join(root, path);
  if (!existsSync(at)) return false;
  if (statSync(at).isDirectory()) return readdirSync(at).includes(name);
  return new RegExp(`(^|\\W)${name}(\\W|$)`).test(readFileSync(at, "utf8"));
}

describe("docs/where-is.md", () => {
  it("answers every question of its table", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| ")).length - 2;
    expect(places).toHaveLength(rows);
    expect(rows).toBeGreaterThanOrEqual(12);
  });

  it.each(places.map((place) => [place.question, place] as const))("%s", (_, place) => {
    expect(holds(place), `${place.path} has no ${place.name}`).toBe(true);
  });

  it("would notice a place that is gone", () => {
    const path = "src/core/apply/write-window.ts";
    expect(holds({ question: "", path, name: "NO_SUCH_NAME" })).toBe(false);
    expect(holds({ question: "", path: "src/nowhere.ts", name: "maySend" })).toBe(false);
    expect(holds({ question: "", path: "src/storage/scans", name: "no-such-file.ts" })).toBe(false);
  });
});
