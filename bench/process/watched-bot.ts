import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { BenchRun } from "../part.js";

/** What a process has used since it started, and what it holds. */
export interface Usage {
  /** User and system. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** A bot in a process of its own that says what it uses. */
export interface WatchedBot {
  readonly url: string;
  /** From before the process was there until it answered that it is ready. */
  readonly readyAfterMs: number;
  /** @param how `collected`: after collecting its garbage */
  usage(how?: "collected"): Promise<Usage>;
  stop(): Promise<void>;
}

export interface WatchedBotOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  /** The most that its old heap may hold; Node's own limit when left out. */
  readonly heapMb?: number;
}

const ASKED_EVERY_MS = 5;
const READY_WITHIN_MS = 120_000;
let started = 0;

/** Starts it, and asks until it is ready. @throws with its last words when it does not become so */
export async function startWatched(
  run: BenchRun,
  { command, env, port, heapMb }: WatchedBotOptions,
): Promise<WatchedBot> {
  const url = `http://127.0.0.1:${port}`;
  started += 1;
  const logFile = join(run.folder, `watched-${started}.log`);
  const log = openSync(logFile, "w");
  const limit = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const tells = pathToFileURL(run.script("process/tells-usage")).href;
  const begun = performance.now();
  const child = spawn(process.execPath, ["--expose-gc", ...limit, "--import", tells, ...command], {
    env,
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const kill = () => child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  const gone = once(child, "exit").finally(() => process.removeListener("exit", kill));
  const lastWords = () => readFileSync(logFile, "utf8").slice(-2_000);
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - begun > READY_WITHIN_MS) {
      kill();
      throw new Error(`${command[0]} did not become ready:\n${lastWords()}`);
    }
    await sleep(ASKED_EVERY_MS);
  }
  const readyAfterMs = performance.now() - begun;
  return {
    url,
    readyAfterMs,
    async usage(how) {
      const answer = once(child, "message");
      child.send({ collects: how === "collected" });
      const ended = gone.then(() => {
        throw new Error(`${command[0]} ended:\n${lastWords()}`);
      });
      const [usage] = await Promise.race([answer, ended]);
      return usage as Usage;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(`${url}/readyz`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on("error", () => resolve(false));
  });
}
