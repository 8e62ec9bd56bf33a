import { execFileSync } from "node:child_process";

/** The program of a Debian package, which may stand where only root looks; undefined where it is not installed. */
export function installedProgram(name: string, versionFlag: string): string | undefined {
  for (const program of [name, `/usr/sbin/${name}`]) {
    try {
      execFileSync(program, [versionFlag], { stdio: "ignore" });
      return program;
    } catch {
      // Looked for in the next place.
    }
  }
  return undefined;
}
