// `npm run lab`: builds what is stale, then asks a test tenant. What it can do: `npm run lab -- help`.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "lab.mjs")).href);
