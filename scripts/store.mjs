// `npm run store -- backup`: builds what is stale, then copies, restores or moves the store. What it can do: `npm run store -- help`.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "store.mjs")).href);
