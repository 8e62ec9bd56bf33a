import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface ProgramOptions {
  /** Absolute path of the program. */
  readonly script: string;
  /** Handed over as JSON, as its first argument. */
  readonly options: unknown;
  /** Where its temporary files go. */
  readonly folder: string;
  /** The most that its old heap may hold. */
  readonly heapMb?: number;
  /** PEM file of an authority that it trusts besides the usual ones. */
  readonly caFile?: string;
}

/** A program in a process of its own that talks in lines of JSON, and ends when its standard input does. */
export interface Program {
  /** The next line it prints. @throws when it ends before */
  hear(): Promise<unknown>;
  say(line: unknown): void;
  /** Ends its standard input, and waits until it is gone. */
  end(): Promise<void>;
}

/** Starts it. Its standard error is ours. */
export function startProgram({ script, options, folder, heapMb, caFile }: ProgramOptions): Program {
  const limit = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const child = spawn(process.execPath, ["--enable-source-maps", ...limit, script, JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: folder, ...(caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: caFile }) },
  });
  // Before the folder goes, which it would make again.
  const kill = () => child.kill("SIGKILL");
  process.prependOnceListener("exit", kill);
  const gone = once(child, "close").finally(() => process.removeListener("exit", kill));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    hear: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${script} ended before it had answered`);
      return JSON.parse(value);
    },
    say: (line) => {
      child.stdin.write(`${JSON.stringify(line)}\n`);
    },
    end: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
