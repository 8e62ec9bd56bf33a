// The file of variables that `npm run entra-app -- --env .env` keeps up to date: its own lines, and no other.
import { readFile, rename, rm, writeFile } from "node:fs/promises";

const ASSIGNS = /^[A-Z_]+=/;

/**
 * The text with each of these lines in the place where it had that variable, or at its end. A variable without a value is
 * no reason to forget the value that is there.
 * @param {string} text
 * @param {readonly string[]} lines `NAME=value`, or a remark about the next one
 */
function withLines(text, lines) {
  const kept = text.split("\n");
  if (kept.at(-1) === "") kept.pop();
  let remark = [];
  for (const line of lines) {
    const [assigns] = ASSIGNS.exec(line) ?? [];
    const at = kept.findIndex((one) => assigns !== undefined && one.startsWith(assigns));
    if (assigns === undefined) remark = [line];
    else if (at === -1) kept.push(...remark.splice(0), line);
    else if (line !== assigns) kept[at] = line;
  }
  return `${kept.join("\n")}\n`;
}

/** Writes them; only the owner may read the file, which is complete or as it was. */
export async function keepVariables(file, lines) {
  const text = await readFile(file, "utf8").catch((error) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const draft = `${file}.new`;
  try {
    await writeFile(draft, withLines(text, lines), { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
