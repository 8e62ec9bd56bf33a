import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metadata } from "./metadata.js";

/** Microsoft's metadata of Graph v1.0 for the types in use; see `extract-metadata.test.ts`. */
export const GRAPH_METADATA = JSON.parse(
  readFileSync(join(import.meta.dirname, "graph-v1.0.json"), "utf8"),
) as Metadata;
