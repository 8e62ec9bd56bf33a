import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

export interface ChildOptions {
  /** What people call it, for messages. */
  readonly name: string;
  /** Absolute path of the program. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Options of Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where everything it prints goes. */
  readonly logFile: string;
  /** A file in which the program writes what it does not print. */
  readonly ownLog?: string;
}

/** A Node process that the sandbox started and that ends with it. */
export interface Child {
  readonly name: string;
  /** Settles when the process is gone, however it ended. */
  readonly ended: Promise<void>;
  /** Everything it printed and logged so far. */
  output(): Promise<string>;
  /** SIGTERM, and SIGKILL if that is not heeded in time. Settles when the process is gone. */
  stop(): Promise<void>;
}

/** A bot finishes what it applies within 8 s. */
const GRACE_MS = 9_000;
const STAY_WITH_PARENT = fileURLToPath(new URL("./stay-with-parent.mjs", import.meta.url));

/**
 * Starts a Node process that cannot outlive this one. It gets a process group of its own: Ctrl-C in a terminal
 * reaches the sandbox alone, which then stops its children in order. It prints to a file and not to us: a pipe
 * would break when we are killed, and a program that cannot print its last line may not end.
 * @throws when it cannot be started at all
 */
export function startChild(options: ChildOptions): Child {
  const log = openSync(options.logFile, "a");
  const child = spawn(
    process.execPath,
    ["--import", STAY_WITH_PARENT, ...(options.nodeArgs ?? []), options.script, ...(options.args ?? [])],
    { cwd: options.cwd, env: options.env, detached: true, stdio: ["ignore", log, log, "ipc"] },
  );
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  if (child.pid === undefined) throw new Error(`${options.name} could not be started.`);
  return {
    name: options.name,
    ended,
    output: async () => {
      const logs = [options.logFile, options.ownLog].filter((path) => path !== undefined);
      const texts = await Promise.all(logs.map((path) => readFile(path, "utf8").catch(() => "")));
      return texts.join("");
    },
    stop: () => stop(child, ended),
  };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}
