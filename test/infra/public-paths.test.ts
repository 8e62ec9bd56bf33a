import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (name: string): string => readFileSync(join(root, name), "utf8");

/** First parts of what the server answers to people and to Teams; the rest is for who operates it. */
const PUBLIC = [
  ...new Set(
    ["src/server.ts", "src/server/sign-in-routes.ts"].flatMap((file) =>
      [...read(file).matchAll(/routes\.(?:get|post)\(\s*"(\/[a-z-]+(?:\/messages)?)/g)].map(
        ([, path = ""]) => path,
      ),
    ),
  ),
];

describe("what has to be reachable from outside", () => {
  it("is messages, sign-in and the files that links lead to", () => {
    expect(PUBLIC.toSorted()).toEqual(["/api/messages", "/evidence", "/people", "/sign-in"]);
  });

  it.each(["infra/compose/Caddyfile", "docs/install.md", "docs/operations.md"])("is named in %s", (file) => {
    expect(PUBLIC.filter((path) => !read(file).includes(path))).toEqual([]);
  });
});
