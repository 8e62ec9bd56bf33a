// Builds dist/<hash of what went in>: the programs, each in one file (scripts/bundle), and in `sandbox` what only the
// sandbox loads, file by file. A build is complete or absent (it is renamed into place), so any number of processes may
// build from one checkout at the same time. Types are checked by `npm run types`.
//
// `npm run build` ships to dist/latchkey as well.
import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PROGRAMS_FROM = "src";
/** A real bot never loads these. They stand beside each other as they do here. */
const SANDBOX = "sandbox";
const SANDBOX_FROM = ["src/async", "src/catalogue", "src/core", "src/facts", "src/sandbox", "simulators"];
const RECIPE = ["package-lock.json", "LICENSE", "scripts/build.mjs", "scripts/bundle"];

async function filesBelow(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function allBelow(paths) {
  return (await Promise.all(paths.map((path) => filesBelow(join(root, path))))).flat();
}

async function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    hash
      .update(file.slice(root.length))
      .update("\0")
      .update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

const exists = (path) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Builds what is stale. Answers the folder with the programs. */
export async function build() {
  const files = await allBelow([PROGRAMS_FROM, "simulators", ...RECIPE]);
  const target = join(root, "dist", await hashOf(files));
  if (await exists(target)) return target;

  const { build: esbuild } = await import("esbuild").catch(() => {
    throw new Error(
      "dist/ is stale and the compiler is not installed: run `npm ci` with development packages.",
    );
  });
  const { bundle } = await import("./bundle/bundle.mjs");
  const draft = join(root, "dist", `.draft-${randomUUID()}`);
  await Promise.all([
    bundle(esbuild, { source: join(root, PROGRAMS_FROM), outdir: draft }),
    transpile(esbuild, join(draft, SANDBOX)),
  ]);
  await cp(join(root, "LICENSE"), join(draft, "LICENSE"));
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
  return target;
}

async function transpile(esbuild, outdir) {
  const files = await allBelow(SANDBOX_FROM);
  await esbuild({
    entryPoints: files.filter((file) => file.endsWith(".ts")),
    outdir,
    outbase: root,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  for (const file of files.filter((file) => !/\.(ts|md)$/.test(file))) {
    const copy = join(outdir, file.slice(root.length));
    await mkdir(dirname(copy), { recursive: true });
    await cp(file, copy);
  }
}

/** Copies what a host needs of a build, which is all but the sandbox, to a folder, in whose place it comes. */
export async function ship(built, place) {
  const draft = join(dirname(place), `.draft-${randomUUID()}`);
  await cp(built, draft, { recursive: true, filter: (path) => path !== join(built, SANDBOX) });
  await rm(place, { recursive: true, force: true });
  await rename(draft, place);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const place = join(root, "dist", "latchkey");
  await ship(await build(), place);
  console.log(place);
}
