// `npm run doctor`: builds what is stale, then looks at everything the bot needs. What it can do: `npm run doctor -- --help`.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "doctor.mjs")).href);
