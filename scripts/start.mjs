// `npm start`: builds what is stale, then runs it in this process.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "./build.mjs";

await import(pathToFileURL(join(await build(), "latchkey.mjs")).href);
