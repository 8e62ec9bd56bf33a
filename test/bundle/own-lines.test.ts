import { SourceMap } from "node:module";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { ownLines } from "../../scripts/bundle/own-lines.mjs";

/** A file of ours with the packages it uses, as esbuild bundles them. */
async function bundled() {
  const { outputFiles } = await build({
    entryPoints: ["src/storage/migrations/migrate.ts"],
    bundle: true,
    write: false,
    sourcemap: "external",
    sourcesContent: false,
    platform: "node",
    format: "esm",
    outdir: "dist",
  });
  const [map = "", code = ""] = outputFiles.map(({ text }) => text);
  return { map, lines: code.split("\n") };
}

it("tells every line of ours as before, and none of a package's", async () => {
  const { map, lines } = await bundled();
  const [all, own] = [map, ownLines(map)].map((text) => new SourceMap(JSON.parse(text)));
  const told = { ours: 0, theirs: 0 };
  for (const [line, text] of lines.entries()) {
    for (let column = 0; column < text.length; column += 7) {
      const [before, after] = [all?.findEntry(line, column), own?.findEntry(line, column)];
      if (before === undefined || !("originalSource" in before)) continue;
      if (before.originalSource.includes("node_modules/")) {
        told.theirs += 1;
        if (after && "originalSource" in after) expect(after.originalSource).toBeUndefined();
        continue;
      }
      told.ours += 1;
      const { originalLine, originalColumn } = before;
      expect(after).toMatchObject({ originalLine, originalColumn });
      expect(before.originalSource).toBe(`../${after && "originalSource" in after && after.originalSource}`);
    }
  }
  expect(told.ours).toBeGreaterThan(1_000);
  expect(told.theirs).toBeGreaterThan(1_000);
  expect(ownLines(map).length).toBeLessThan(map.length / 2);
});
