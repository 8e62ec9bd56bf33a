// `npm run restored`: builds what is stale, then makes a store that was restored from a backup a new installation.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "restored.mjs")).href);
