import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { helpLines } from "../src/core/command/help.js";

const root = join(import.meta.dirname, "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const pkg: {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
} = JSON.parse(read("package.json"));

const documents = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  "src/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file.replaceAll("\\", "/")}`),
];

/** First cells of the table rows under a heading (or of the whole document), without their back quotes. */
function firstCells(file: string, heading?: string): readonly string[] {
  const sections = read(file).split(/^## /m);
  const text =
    heading === undefined ? sections.join("\n") : sections.find((each) => each.startsWith(heading));
  return [...(text ?? "").matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1] ?? "");
}

const sorted = (list: Iterable<string>): readonly string[] => [...new Set(list)].sort();

describe.each(documents)("%s", (file) => {
  const text = read(file);

  it("links to files that exist", () => {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });

  it("names commands that can be run", () => {
    const scripts = [...text.matchAll(/\bnpm run ([\w:]+(?:-\w+)*)/g)].map((match) => match[1] ?? "");
    expect(scripts.filter((script) => !(script in pkg.scripts))).toEqual([]);
    expect(vitestCommands(text).flatMap(wrongCommand)).toEqual([]);
  });

  it("names source files that exist", () => {
    const named = [
      ...text.matchAll(/`((?:src|simulators|test|scripts|env|appPackage|core|docs)\/[\w./-]+)`/g),
    ];
    const paths = named.map((match) => (match[1] ?? "").replace(/^core\//, "src/core/"));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

interface VitestCommand {
  readonly project: string;
  readonly paths: readonly string[];
  readonly name: string | undefined;
}

function vitestCommands(text: string): readonly VitestCommand[] {
  const commands = text.matchAll(/npx vitest run --project (\w+)((?: test\/[\w./-]+)+)(?: -t "([^"]+)")?/g);
  return [...commands].map(([, project = "", paths = "", name]) => ({
    project,
    paths: paths.trim().split(" "),
    name,
  }));
}

/** What is wrong with a command: a file that is not there or belongs to another project, a name no test has. */
function wrongCommand({ project, paths, name }: VitestCommand): readonly string[] {
  const missing = paths.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) return missing.map((path) => `${path} does not exist`);
  const strangers = paths.filter((path) => projectOf(path) !== project);
  const text = paths.map((path) => (path.endsWith(".ts") ? read(path) : "")).join("\n");
  const unknown = name === undefined || text.includes(name) ? [] : [`no test is named "${name}"`];
  return [...strangers.map((path) => `${path} is not in project ${project}`), ...unknown];
}

function projectOf(path: string): string {
  if (/^test\/core\/(model|.*-properties\.test\.ts)/.test(path)) return "model";
  if (path.startsWith("test/core")) return "core";
  return /^test\/(flow|browser)/.test(path) ? "flow" : "edges";
}

describe("the documents together", () => {
  it("name every vitest command in the form that is checked", () => {
    const all = documents.flatMap((file) => [...read(file).matchAll(/npx vitest run/g)]);
    expect(documents.flatMap((file) => vitestCommands(read(file)))).toHaveLength(all.length);
  });

  it("list every decision, numbered without a gap", () => {
    const pages = readdirSync(join(root, "docs/adr")).filter((file) => /^\d{4}-.*\.md$/.test(file));
    const index = read("docs/adr/README.md");
    expect(pages.filter((page) => !index.includes(`(${page})`))).toEqual([]);
    const numbers = pages.map((page) => Number(page.slice(0, 4)));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("give every decision its status, context, decision, consequences and audit events", () => {
    const headings = ["Status:", "## Context", "## Decision", "## Consequences", "## Audit events"];
    const pages = documents.filter((file) => /^docs\/adr\/\d/.test(file));
    const lacking = pages.flatMap((page) =>
      headings.filter((heading) => !read(page).includes(heading)).map((heading) => `${page}: ${heading}`),
    );
    expect(lacking).toEqual([]);
  });

  it("name only audit events that exist, and each of them somewhere", () => {
    const type = read("src/core/audit/record.ts").split("export interface AuditEntry")[0] ?? "";
    const events = [...type.matchAll(/\| "([a-z-]+)"/g)].map((match) => match[1] ?? "");
    const pages = documents.filter((file) => /^docs\/adr\/\d/.test(file));
    const sections = pages.map((page) => read(page).split("## Audit events")[1] ?? "").join("\n");
    const named = [...sections.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map((match) => match[1] ?? "");
    expect(sorted(named)).toEqual(sorted(events));
  });

  it("show in README the commands that help lists", () => {
    expect(sorted(firstCells("README.md", "Commands"))).toEqual(
      sorted(helpLines().map(({ usage }) => usage)),
    );
  });
});

describe("docs/dependencies.md", () => {
  it.each([
    ["At run time", pkg.dependencies],
    ["For development and the sandbox", pkg.devDependencies],
    ["Overrides", pkg.overrides],
  ])("has a line for each package %s, and for no other", (heading, packages) => {
    expect(sorted(firstCells("docs/dependencies.md", heading))).toEqual(sorted(Object.keys(packages)));
  });

  it("gives each package's own licence", () => {
    const rows = read("docs/dependencies.md").matchAll(/^\| `([^`]+)` +\|[^|]+\|([^|]+)\|[^|]+\|[^|]*\|$/gm);
    const wrong = [...rows].flatMap(([, name = "", cell = ""]) => {
      const licence = cell.trim();
      const own: string = JSON.parse(read(`node_modules/${name}/package.json`)).license;
      const same = own === licence || (own.startsWith("SEE LICENSE") && !/^(MIT|Apache|ISC)/.test(licence));
      return same ? [] : [`${name}: ${own}, not ${licence}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe("docs/configuration.md", () => {
  const variables = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? "");
  const readers = [
    "src/config.ts",
    ...readdirSync(join(root, "src/config")).map((file) => `src/config/${file}`),
  ]
    .map(read)
    .join("\n");
  const inConfig = [...new Set(variables(readers, /"([A-Z]+(?:_[A-Z]+)*)"/g))];
  const inExample = variables(read("env/.env.example"), /^(?:# )?([A-Z][A-Z_]+)=/gm);
  const inManifest = variables(read("appPackage/manifest.json"), /\$\{\{(\w+)\}\}/g);
  const documented = firstCells("docs/configuration.md");

  it("has every variable that is read, and no other", () => {
    expect(sorted(documented)).toEqual(sorted([...inConfig, ...inManifest, "NODE_EXTRA_CA_CERTS"]));
  });

  it("agrees with env/.env.example", () => {
    expect(sorted(inExample)).toEqual(sorted(documented));
  });

  it("knows every variable of env/.env.dev", () => {
    const inDev = variables(read("env/.env.dev"), /^([A-Z][A-Z_]+)=/gm);
    expect(inDev.filter((name) => ![...documented, "TEAMSFX_ENV"].includes(name))).toEqual([]);
    expect(inManifest.filter((name) => !inDev.includes(name))).toEqual([]);
  });
});

describe("docs/operations.md", () => {
  it("explains every event of the log, and names none that is not there", () => {
    const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("sandbox"))
      .map((file) => read(join("src", file)));
    const logged = sources.flatMap((text) =>
      [...text.matchAll(/\blog\s*\.(?:info|warn|error)\(\s*"([a-z-]+)"/g)].map((match) => match[1] ?? ""),
    );
    const section = read("docs/operations.md").split("## Logs")[1]?.split("\n## ")[0] ?? "";
    const rows = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map((match) => match[1] ?? "");
    const explained = rows.flatMap((cell) =>
      [...cell.matchAll(/`([a-z-]+)`/g)].map((match) => match[1] ?? ""),
    );
    expect(logged.filter((event) => !explained.includes(event))).toEqual([]);
    const all = sources.join("\n");
    expect(explained.filter((event) => !all.includes(`"${event}"`))).toEqual([]);
  });
});

describe("src/README.md", () => {
  it("shows the import table that test/imports.test.ts holds", () => {
    const rules = read("test/imports.test.ts").split("const LAYERS")[1]?.split("\n};")[0] ?? "";
    const rows = [...rules.matchAll(/^ {2}"?([\w-]+)"?: \{([\s\S]*?)\},$/gm)].map(
      ([, layer = "", rule = ""]) => {
        const packages = /packages: \[([^\]]*)\]/.exec(rule)?.[1] ?? "";
        const names = [...packages.matchAll(/"([^"]+)"/g)].map((match) => match[1]).join(", ");
        return `${layer}: ${names || "none"}`;
      },
    );
    const documented = [...read("src/README.md").matchAll(/^\| `([\w-]+)` +\|[^|]+\| ([^|]+) +\|$/gm)];
    expect(documented.map(([, layer, packages]) => `${layer}: ${packages?.trim()}`)).toEqual(rows);
  });

  it.each([
    ["CORE_ROOMS", "Inside the core each room"],
    ["TEAMS_ROOMS", "The same holds in `teams`"],
  ])("names the rooms of %s in the order that test/imports.test.ts holds", (list, start) => {
    const text = read("test/imports.test.ts").split(`const ${list}`)[1]?.split("];")[0] ?? "";
    const rooms = [...text.matchAll(/^ {2}"([\w/-]+)",$/gm)].map((match) => match[1]);
    const paragraph =
      read("src/README.md")
        .split(start)[1]
        ?.split(/[.]\s|\n/)[0] ?? "";
    const named = [...paragraph.matchAll(/`([\w/-]+)`/g)].map((match) => match[1]);
    expect(rooms.length).toBeGreaterThan(5);
    expect(named).toEqual(rooms);
  });
});

describe("everything in the repository's documents", () => {
  it("is free of absolute paths of somebody's machine", () => {
    const found = documents.filter((file) => /(^|[\s"'`(])\/(home|work|tmp|Users|root)\//m.test(read(file)));
    expect(found.map((file) => relative(root, join(root, file)))).toEqual([]);
  });
});
