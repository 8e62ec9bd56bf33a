import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractMetadata } from "./extract-metadata.js";

const WHOLE = join(process.cwd(), "../shared/data/graph-v1.0.csdl.xml");
const EXTRACT = join(import.meta.dirname, "graph-v1.0.json");
const csdl = await readFile(WHOLE, "utf8").catch(() => undefined);

describe("the metadata in this repository", () => {
  it("says of the types in use what Microsoft's whole file says", async (ctx) => {
    if (csdl === undefined) return ctx.skip("skipped: not present");
    const extracted = extractMetadata(csdl);
    if (process.env.LATCHKEY_WRITE_METADATA)
      await writeFile(EXTRACT, `${JSON.stringify(extracted, undefined, 2)}\n`);
    expect(JSON.parse(await readFile(EXTRACT, "utf8"))).toEqual(extracted);
  });

  it("cannot be made of a file that lacks one of them", () => {
    const other = '<edmx><Schema Namespace="microsoft.graph"><EntityType Name="user"/></Schema></edmx>';
    expect(() => extractMetadata(other)).toThrow("the metadata has no");
    expect(() => extractMetadata("<html/>")).toThrow("no metadata of Microsoft Graph");
  });
});
