import type { DirectoryAccess } from "./directory-access.js";
import type { BenchRun } from "./part.js";
import { startProgram } from "./program.js";
import type { DirectoryCommand, DirectoryOptions } from "./simulated-directory.js";

/** What the process of a simulated directory is told: what the directory itself can be told, and what only it knows. */
export type DirectoryProcessCommand =
  | DirectoryCommand
  /** Processor time it used since the last time, in seconds. */
  | { readonly do: "cpu" }
  /** What Teams' service puts on the activities it sends from that URL; good for an hour. */
  | { readonly do: "channel-token"; readonly serviceUrl: string }
  /** What the Teams client gets for somebody who is asked to sign in; good for an hour. */
  | { readonly do: "sso-token"; readonly person: string };

/** What the process says when it listens. */
export interface DirectoryGreeting extends DirectoryAccess {
  /** PEM file of the authority that signed its certificate. */
  readonly caFile: string;
  /** Where a bot verifies what Teams signed. */
  readonly channel: { readonly openIdMetadataUrl: string; readonly issuer: string };
}

/** A simulated directory in a process of its own. */
export interface DirectoryProcess extends Pick<DirectoryGreeting, "caFile" | "channel"> {
  readonly access: DirectoryAccess;
  ask<T>(command: DirectoryProcessCommand): Promise<T>;
  stop(): Promise<void>;
}

export async function startDirectoryProcess(
  run: BenchRun,
  options: Omit<DirectoryOptions, "certificates">,
): Promise<DirectoryProcess> {
  const program = startProgram({ script: run.script("graph-process"), options, folder: run.folder });
  const { caFile, channel, ...access } = (await program.hear()) as DirectoryGreeting;
  return {
    access,
    caFile,
    channel,
    async ask<T>(command: DirectoryProcessCommand) {
      program.say(command);
      return (await program.hear()) as T;
    },
    stop: () => program.end(),
  };
}
