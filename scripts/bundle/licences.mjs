// The licences of what is inside a bundle, as one text.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** All of them allow to pass the code on in a product of one's own, with their text. */
const ALLOWED = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "Unlicense",
]);

/** Packages that name their licence in their README alone. */
const SAID_ELSEWHERE = { "escape-regexp-component@1.0.2": "MIT" };

/** Of the authors whose package says "MIT" and leaves the text out. */
const mitText = (holder) => `The MIT License (MIT)

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The folders of the packages that these files are from. @param {Iterable<string>} files */
export function packageFolders(files) {
  const folders = new Set();
  for (const file of files) {
    const folder = /^(?:[^:]*:)?(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders];
}

/**
 * Each package once, by name and version.
 * @param {readonly string[]} folders of packages
 * @returns {Promise<readonly { name: string; version: string; licence: string; text: string }[]>}
 * @throws when a package has no licence that is allowed, or not its text
 */
export async function licencesOf(folders) {
  const all = new Map();
  for (const folder of folders) {
    const one = await licenceOf(folder);
    all.set(`${one.name}@${one.version}`, one);
  }
  return [...all.keys()].sort().map((key) => all.get(key));
}

async function licenceOf(folder) {
  const { name, version, author, ...manifest } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const said = manifest.license ?? SAID_ELSEWHERE[`${name}@${version}`] ?? "none";
  const licence = String(said.type ?? said)
    .replace(/[()]/g, "")
    .split(" OR ")
    .find((each) => ALLOWED.has(each));
  if (licence === undefined)
    throw new Error(`${name}@${version} is under ${JSON.stringify(said)}: not to be put into the bundle`);
  const text = (await ownText(folder)) ?? (licence === "MIT" ? mitText(holderOf(author, name)) : undefined);
  if (text === undefined) throw new Error(`${name}@${version} comes without the text of ${licence}`);
  return { name, version, licence, text };
}

const holderOf = (author, name) => author?.name ?? author ?? `the authors of ${name}`;

/** The files that say so, and a notice that has to go along; else the end of the README, where the text is there. */
async function ownText(folder) {
  const names = (await readdir(folder)).sort();
  const read = (name) => readFile(join(folder, name), "utf8");
  const licences = names.filter((name) => /^(licen[cs]e|copying)/i.test(name) && !/\.[cm]?[jt]s$/.test(name));
  if (licences.length > 0) {
    const notices = names.filter((name) => /^notice/i.test(name));
    return (await Promise.all([...licences, ...notices].map(read))).map((text) => text.trim()).join("\n\n");
  }
  const readme = names.find((name) => /^readme/i.test(name));
  const section = readme && /^(?:#+ *)?licen[cs]e\b.*$([\s\S]*)/im.exec(await read(readme))?.[1];
  return section?.includes("Permission is hereby granted")
    ? section.replace(/^[-=\s]+/, "").trim()
    : undefined;
}

/** @param {Awaited<ReturnType<typeof licencesOf>>} licences */
export function licencesText(licences) {
  const line = "-".repeat(80);
  const parts = licences.map(
    ({ name, version, licence, text }) => `${line}\n${name} ${version} (${licence})\n${line}\n\n${text}\n`,
  );
  return `Latchkey's programs have these packages inside, or beside them.\n\n${parts.join("\n")}`;
}
