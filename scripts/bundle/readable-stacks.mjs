// Goes into every bundle, before everything else: says in a stack where a line was in its source, as the map beside the
// program tells. Node's own `--enable-source-maps` would read the map at each start, which takes a quarter of the start
// and 40 MB; this reads it for the first stack that anything asks for.
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const program = import.meta.url;
const mapFile = fileURLToPath(`${program}.map`);
let map;

/** Undefined when there is none: then lines are told as they are in the bundle. */
function ownMap() {
  map ??= existsSync(mapFile) ? new SourceMap(JSON.parse(readFileSync(mapFile, "utf8"))) : null;
  return map ?? undefined;
}

function inSource(frame) {
  const text = String(frame);
  if (frame.getFileName() !== program) return text;
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const found = ownMap()?.findEntry(line - 1, column - 1);
  if (found?.originalSource === undefined) return text;
  const place = `${found.originalSource}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  return text.replace(`${program}:${line}:${column}`, place);
}

Error.prepareStackTrace = (error, frames) =>
  [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${inSource(frame)}`)].join("\n");
