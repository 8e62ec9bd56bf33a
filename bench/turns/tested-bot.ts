import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DirectoryProcess } from "../directory-process.js";
import { freePort } from "../free-port.js";
import type { KeptIn } from "../kept-in.js";
import { latchkeyEnvironment } from "../latchkey-environment.js";
import type { BenchRun } from "../part.js";
import { startProgram } from "../program.js";
import type { EchoOptions } from "./echo-process.js";
import type { EchoWork } from "./echo-work.js";

/** A bot in a process of its own. */
export interface TestedBot {
  readonly url: string;
  /** Processor time it has used since it started, user and system. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** A baseline. */
export async function startEcho(
  run: BenchRun,
  directory: DirectoryProcess,
  work: EchoWork,
): Promise<TestedBot> {
  const { access, channel, caFile } = directory;
  const program = startProgram({
    script: run.script("turns/echo-process"),
    options: { ...access, channel, work } satisfies EchoOptions,
    folder: run.folder,
    caFile,
  });
  const { port } = (await program.hear()) as { readonly port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async cpuSeconds() {
      program.say({});
      return ((await program.hear()) as { readonly seconds: number }).seconds;
    },
    stop: () => program.end(),
  };
}

let started = 0;

/** Latchkey, as an operator runs it, with the simulators' addresses. @throws when it does not become ready */
export async function startLatchkey(
  run: BenchRun,
  directory: DirectoryProcess,
  keptIn: KeptIn,
): Promise<TestedBot> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  started += 1;
  const logFile = join(run.folder, `bot-${started}.log`);
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, [run.botEntry], {
    env: latchkeyEnvironment(directory, { folder: run.folder, port, keptIn }),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const kill = () => child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  const gone = once(child, "exit").finally(() => process.removeListener("exit", kill));
  await untilReady(url, child, logFile);
  return {
    url,
    cpuSeconds: () => cpuOf(url),
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`the bot did not become ready:\n${readFileSync(logFile, "utf8").slice(-2_000)}`);
}

async function cpuOf(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const line = /^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1];
  if (line === undefined) throw new Error(`${url}/metrics does not say how much processor time was used`);
  return Number(line);
}
