// Writes src/core/impact/look-alikes/confusables.ts from Unicode's confusables.txt (UTS #39), whose path it is given:
//   node scripts/write-confusables.mjs confusables.txt 17.0.0
// Of the file only facts are taken: which character is drawn like which, where Unicode's normalisation does not say so.
import { readFileSync, writeFileSync } from "node:fs";

const TABLE = "src/core/impact/look-alikes/confusables.ts";
const LINE_CHARACTERS = 100;

const [path, version] = process.argv.slice(2);
if (path === undefined || version === undefined) {
  throw new Error("usage: node scripts/write-confusables.mjs <confusables.txt> <Unicode version>");
}
const likes = new Map(
  readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*$/, "").split(";"))
    .filter(([, to]) => to !== undefined)
    .map(([from = "", to = ""]) => [characters(from), characters(to)]),
);

/** @param {string} codes hexadecimal, with blanks between them */
function characters(codes) {
  return String.fromCodePoint(
    ...codes
      .trim()
      .split(/\s+/)
      .map((code) => Number.parseInt(code, 16)),
  );
}

/** As `skeleton.ts` takes a name apart before it looks into the table. @param {string} text */
function apart(text) {
  return text
    .normalize("NFKD")
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Script=Inherited}\p{Z}\p{Cc}]/gu, "");
}

/** What a character is drawn like in the end. @param {string} text @returns {string} */
function resolved(text) {
  const next = apart([...text].map((character) => likes.get(character) ?? character).join(""));
  return next === text ? text : resolved(next);
}

/** @type {Map<string, number[]>} */
const sources = new Map();
for (const from of likes.keys()) {
  const to = resolved(apart(from));
  // What normalisation takes apart is looked up in parts.
  if (apart(from) !== from || to === from || to === "") continue;
  sources.set(to, [...(sources.get(to) ?? []), from.codePointAt(0) ?? 0]);
}

const entries = [...sources].map(([to, from]) => {
  const sorted = from.sort((a, b) => a - b);
  const steps = sorted.map((code, at) => (code - (sorted[at - 1] ?? 0)).toString(36));
  return `${[...to].map((character) => (character.codePointAt(0) ?? 0).toString(36)).join(".")}:${steps.join(",")}`;
});
const lines = entries.join(";").match(new RegExp(`.{1,${LINE_CHARACTERS}}`, "g")) ?? [];
writeFileSync(
  TABLE,
  `/**
 * Which characters are drawn alike: facts from Unicode's confusables.txt, version ${version} (UTS #39; © Unicode, Inc.,
 * Unicode License). Written by scripts/write-confusables.mjs. Each entry: what is drawn, a colon, and what looks like
 * it: code points to the base of 36, those after the first as the step from the one before.
 */
const ENTRIES: string = [
${lines.map((line) => `  "${line}",`).join("\n")}
].join("");

/** Character -> what it is drawn like. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(ENTRIES.split(";").flatMap(readEntry));

function readEntry(entry: string): readonly (readonly [string, string])[] {
  const [to = "", steps = ""] = entry.split(":");
  const drawn = String.fromCodePoint(...to.split(".").map((code) => Number.parseInt(code, 36)));
  let code = 0;
  return steps.split(",").map((step) => {
    code += Number.parseInt(step, 36);
    return [String.fromCodePoint(code), drawn];
  });
}
`,
);
