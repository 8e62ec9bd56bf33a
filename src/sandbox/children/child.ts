import { type ChildProcess, spawn } from "node:child_process";
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
}

/** A Node process that the sandbox started and that ends with it. */
export interface Child {
  readonly pid: number;
  /** Settles when the process is gone, however it ended. */
  readonly ended: Promise<void>;
  /** The last lines it printed, oldest first. */
  lastLines(): readonly string[];
  /** Calls for every line it prints, those printed before included. */
  onLine(listener: (line: string) => void): void;
  /** SIGTERM, and SIGKILL if that is not heeded in time. Settles when the process is gone. */
  stop(graceMs?: number): Promise<void>;
}

const KEPT_LINES = 60;
const STAY_WITH_PARENT = fileURLToPath(new URL("./stay-with-parent.mjs", import.meta.url));

/**
 * Starts a Node process that cannot outlive this one. It gets a process group of its own: Ctrl-C in a terminal
 * reaches the sandbox alone, which then stops its children in order.
 * @throws when it cannot be started at all
 */
export function startChild(options: ChildOptions): Child {
  const child = spawn(
    process.execPath,
    ["--import", STAY_WITH_PARENT, ...(options.nodeArgs ?? []), options.script, ...(options.args ?? [])],
    { cwd: options.cwd, env: options.env, detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"] },
  );
  const output = new Output();
  output.read(child);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  if (child.pid === undefined) throw new Error(`${options.name} could not be started.`);
  return {
    pid: child.pid,
    ended,
    lastLines: () => output.lines,
    onLine: (listener) => output.listen(listener),
    stop: (graceMs = 9_000) => stop(child, ended, graceMs),
  };
}

async function stop(child: ChildProcess, ended: Promise<void>, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}

/** Splits what a process prints into lines and keeps the last ones. */
class Output {
  readonly lines: string[] = [];
  readonly #listeners: ((line: string) => void)[] = [];

  read(child: ChildProcess): void {
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        const parts = (rest + chunk).split(/\r?\n/);
        rest = parts.pop() ?? "";
        for (const line of parts) this.#add(line);
      });
    }
  }

  listen(listener: (line: string) => void): void {
    for (const line of this.lines) listener(line);
    this.#listeners.push(listener);
  }

  #add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT_LINES) this.lines.shift();
    for (const listener of this.#listeners) listener(line);
  }
}
