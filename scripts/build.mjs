// Transpiles src/ and simulators/ to dist/<hash of what went in>, where they stand beside each other as they do here. A build
// is complete or absent (it is renamed into place), so any number of processes may build from one checkout at the same time. Types are checked by `npm run types`.
import { createHash, randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The simulators are loaded by the sandbox alone: a real bot never imports them. */
const SOURCES = ["src", "simulators"];

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function hashOf(files) {
  const hash = createHash("sha256");
  const recipe = ["package-lock.json", "scripts/build.mjs", "scripts/bundle.mjs"].map((path) =>
    join(root, path),
  );
  for (const file of [...files, ...recipe]) {
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

/** Builds what is stale. Answers the folder with the built program, what src/ became. */
export async function build() {
  const files = (await Promise.all(SOURCES.map((folder) => filesBelow(join(root, folder))))).flat();
  const target = join(root, "dist", await hashOf(files));
  const program = join(target, "src");
  if (await exists(target)) return program;

  const { build: esbuild } = await import("esbuild").catch(() => {
    throw new Error(
      "dist/ is stale and the compiler is not installed: run `npm ci` with development packages.",
    );
  });
  const draft = join(root, "dist", `.draft-${randomUUID()}`);
  await esbuild({
    entryPoints: files.filter((file) => file.endsWith(".ts")),
    outdir: draft,
    outbase: root,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    sourcesContent: false,
    logLevel: "error",
  });
  await bundle(esbuild, { source: join(root, "src"), outdir: join(draft, "src") });
  for (const file of files.filter((file) => !/\.(ts|md)$/.test(file))) {
    const copy = join(draft, file.slice(root.length));
    await mkdir(dirname(copy), { recursive: true });
    await cp(file, copy);
  }
  try {
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error;
  }
  return program;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await build());
}
