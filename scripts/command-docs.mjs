// `npm run commands`: writes what the table of commands says into the two files that repeat it, Teams' menus in
// appPackage/manifest.json and the table in README.md. Tests hold both to the table.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START = "<!-- Written by `npm run commands`. -->\n\n";
const END = "\n\n<!-- End of what it writes. -->";
const MENUS = [
  { where: "personal", scopes: ["personal"] },
  { where: "shared", scopes: ["team", "groupChat"] },
];

/** Teams' menus, in the order of the table. */
export function commandLists(rows) {
  return MENUS.map(({ where, scopes }) => ({
    scopes,
    commands: rows
      .filter(({ inTeamsMenu }) => inTeamsMenu?.where === "everywhere" || inTeamsMenu?.where === where)
      .map(({ says, inTeamsMenu }) => ({ title: says[0], description: inTeamsMenu.description })),
  }));
}

/** README with its table of commands. @throws Error where the marks are missing between which it stands */
export function withCommandTable(readme, lines) {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start === -1 || end < start) throw new Error("README.md has no place for the table of commands");
  return readme.slice(0, start + START.length) + markdownTable(lines) + readme.slice(end);
}

function markdownTable(lines) {
  const rows = [["write", "what it does"], ...lines.map(({ usage, what }) => [`\`${usage}\``, what])];
  const [left, right] = [0, 1].map((at) => Math.max(...rows.map((row) => row[at].length)));
  const [head, ...body] = rows.map(([a, b]) => `| ${a.padEnd(left)} | ${b.padEnd(right)} |`);
  return [head, `| ${"-".repeat(left)} | ${"-".repeat(right)} |`, ...body].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // The table file by file: programs are bundled.
  const folder = join(await build(), "sandbox", "src", "core", "command");
  const { COMMANDS } = await import(pathToFileURL(join(folder, "commands.js")).href);
  const { helpLines } = await import(pathToFileURL(join(folder, "help.js")).href);
  const [readme, manifest] = [join(root, "README.md"), join(root, "appPackage", "manifest.json")];
  await writeFile(readme, withCommandTable(await readFile(readme, "utf8"), helpLines(COMMANDS)));
  const app = JSON.parse(await readFile(manifest, "utf8"));
  app.bots[0].commandLists = commandLists(COMMANDS);
  // On one line, as the formatter keeps the line breaks that it finds.
  await writeFile(manifest, JSON.stringify(app));
}
