import type { DirectoryProcess } from "../directory-process.js";
import type { BenchRun } from "../part.js";
import { startProgram } from "../program.js";
import type { DriverCommand, DriverOptions } from "./driver-process.js";

/** The process that plays Teams. */
export interface DriverProgram {
  /** Signs from now on with a token that is new; each is good for an hour. */
  sign(): Promise<void>;
  ask<T>(command: Exclude<DriverCommand, { do: "sign" }>): Promise<T>;
  stop(): Promise<void>;
}

export async function startDriver(run: BenchRun, directory: DirectoryProcess): Promise<DriverProgram> {
  const { access, caFile } = directory;
  const { tenantId, clientId, entraUrl } = access;
  const program = startProgram({
    script: run.script("turns/driver-process"),
    options: { tenantId, clientId, entraUrl, appIdUri: `api://botid-${clientId}` } satisfies DriverOptions,
    folder: run.folder,
    caFile,
  });
  const { serviceUrl } = (await program.hear()) as { readonly serviceUrl: string };
  const sign = async () => {
    const { token } = await directory.ask<{ readonly token: string }>({ do: "channel-token", serviceUrl });
    program.say({ do: "sign", token } satisfies DriverCommand);
  };
  await sign();
  return {
    sign,
    async ask<T>(command: DriverCommand) {
      program.say(command);
      return (await program.hear()) as T;
    },
    stop: () => program.end(),
  };
}
