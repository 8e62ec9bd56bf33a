import type { DirectoryAccess } from "./directory-access.js";
import type { BenchRun } from "./part.js";
import { startProgram } from "./program.js";
import type { DirectoryCommand, DirectoryOptions } from "./simulated-directory.js";

/** What the process of a simulated directory is told: what the directory itself can be told, and what only it knows. */
export type DirectoryProcessCommand =
  | DirectoryCommand
  /** Processor time it used since the last time, in seconds. */
  | { readonly do: "cpu" };

/** A simulated directory in a process of its own. */
export interface DirectoryProcess {
  readonly access: DirectoryAccess;
  /** PEM file of the authority that signed its certificate. */
  readonly caFile: string;
  ask<T>(command: DirectoryProcessCommand): Promise<T>;
  stop(): Promise<void>;
}

export async function startDirectoryProcess(
  run: BenchRun,
  options: Omit<DirectoryOptions, "certificates">,
): Promise<DirectoryProcess> {
  const program = startProgram({ script: run.script("graph-process"), options, folder: run.folder });
  const { caFile, ...access } = (await program.hear()) as DirectoryAccess & { readonly caFile: string };
  return {
    access,
    caFile,
    async ask<T>(command: DirectoryProcessCommand) {
      program.say(command);
      return (await program.hear()) as T;
    },
    stop: () => program.end(),
  };
}
