// `npm run audit -- verify`: builds what is stale, then looks at the record. What it can do: `npm run audit -- help`.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "audit.mjs")).href);
