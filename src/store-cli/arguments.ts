import { parseArgs } from "node:util";
import { numbersSkipped } from "./numbers-skipped.js";
import { WrongUsage } from "./store-place.js";

/** What the caller asked the program to do. */
export type Wanted =
  | { readonly kind: "help" }
  | { readonly kind: "backup"; readonly file: string | undefined }
  | { readonly kind: "restore"; readonly file: string; readonly skip: number }
  | { readonly kind: "move" }
  | { readonly kind: "forget"; readonly personId: string };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the command line. @throws WrongUsage when it cannot be told what was meant */
export function readArguments(given: readonly string[]): Wanted {
  const { values, positionals } = parse(given);
  const [name, file, ...rest] = positionals;
  if (values.help || name === undefined || name === "help") return { kind: "help" };
  const [surplus] = rest;
  if (surplus !== undefined) throw new WrongUsage(`${quoted(surplus)} means nothing to ${name}.`);
  if (values.skip !== undefined && name !== "restore") throw new WrongUsage(`${name} takes no --skip.`);
  switch (name) {
    case "backup":
      return { kind: "backup", file };
    case "restore":
      if (file === undefined) throw new WrongUsage("restore takes the file of a backup.");
      return { kind: "restore", file, skip: numbersSkipped(values.skip) };
    case "move":
      if (file !== undefined) throw new WrongUsage("move takes no name: it moves DATA_DIR to DATABASE_URL.");
      return { kind: "move" };
    case "forget":
      if (file === undefined || !GUID.test(file))
        throw new WrongUsage("forget takes the object id of a person, a GUID.");
      return { kind: "forget", personId: file.toLowerCase() };
    default:
      throw new WrongUsage(`there is no command ${quoted(name)}.`);
  }
}

function parse(given: readonly string[]) {
  const options = { skip: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
  try {
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
}

const quoted = (text: string): string => JSON.stringify(text);
