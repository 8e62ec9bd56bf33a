import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A program of ours in one file, to be run by Node as a process of its own. */
export interface BundledProgram {
  readonly file: string;
  remove(): void;
}

/** Bundles what is written in TypeScript; packages are taken from where they are installed. */
export async function bundleProgram(source: URL): Promise<BundledProgram> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-program-"));
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  const file = join(folder, "program.mjs");
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: file,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
