import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "../faults/until.js";
import { buildFolder, freePort, nodeProgram } from "./built-bot.js";

const CLOCK = fileURLToPath(new URL("../faults/clock-set-by-parent.mjs", import.meta.url));

/** Starts the program with this environment and nothing beside, in another way than as a process of this machine. */
export type Launch = (env: NodeJS.ProcessEnv) => ChildProcess;

interface HowBegun {
  /** Time can pass for it: see {@link BotProcess.timePasses}. */
  readonly hasClock?: boolean;
  /** Where the program is; left out: as it was built. */
  readonly folder?: string;
  readonly launch?: Launch;
}

/** The real bot as a process of its own, as an operator would run it. */
export class BotProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #how: HowBegun;
  /** How far the time of day of a bot with a clock is ahead, and how much of that passed in this life of it. */
  #ahead = 0;
  #elapsed = 0;
  #child: ChildProcess | undefined;
  #output = "";

  private constructor(url: string, dataDir: string, env: NodeJS.ProcessEnv, how: HowBegun) {
    this.url = url;
    this.dataDir = dataDir;
    this.#env = env;
    this.#how = how;
  }

  static async start(env: NodeJS.ProcessEnv, how: HowBegun = {}, attempt = 1): Promise<BotProcess> {
    const port = await freePort();
    const dataDir = await mkdtemp(join(tmpdir(), "latchkey-flow-"));
    const own = { ...env, PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir };
    const bot = new BotProcess(`http://127.0.0.1:${port}`, dataDir, own, how);
    try {
      await bot.restart();
    } catch (error) {
      await bot.close();
      // Between finding a free port and listening on it, another test may have taken it.
      if (attempt < 5 && bot.output.includes("another program uses it"))
        return BotProcess.start(env, how, attempt + 1);
      throw error;
    }
    return bot;
  }

  /** Everything the process wrote, both streams. */
  get output(): string {
    return this.#output;
  }

  /** Ends it where it runs still, since a second one beside it would never get its port. */
  async restart(): Promise<void> {
    await this.stop();
    const { PATH, NODE_EXTRA_CA_CERTS } = process.env;
    const env = { PATH, NODE_EXTRA_CA_CERTS, ...this.#env };
    const child = this.#how.launch?.(env) ?? this.#spawn(env);
    this.#child = child;
    this.#elapsed = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    }
    await this.#ready(child);
  }

  /** So much time passes for it, on all its clocks; what waits on a timer does not notice. */
  async timePasses(milliseconds: number): Promise<void> {
    const child = this.#child;
    if (!this.#how.hasClock || child === undefined) throw new Error("it has no clock, or does not run");
    this.#ahead += milliseconds;
    this.#elapsed += milliseconds;
    const done = once(child, "message");
    child.send({ clock: this.#ahead, elapsed: this.#elapsed });
    await done;
  }

  /** Kills the process without warning at the moment it writes a log line with this. */
  async killAt(line: string): Promise<void> {
    const child = this.#child;
    if (!child?.stdout) throw new Error("the bot does not run");
    const exit = once(child, "exit");
    let seen = "";
    child.stdout.on("data", (text: string) => {
      seen += text;
      if (seen.includes(line)) child.kill("SIGKILL");
    });
    await exit;
  }

  /** @returns the exit code; null when a signal ended it */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
    return child.exitCode;
  }

  async close(): Promise<void> {
    await this.stop("SIGKILL");
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** The content of every file it keeps, as text. */
  async storedText(): Promise<string> {
    const names = await readdir(this.dataDir);
    const texts = await Promise.all(names.map((name) => readFile(join(this.dataDir, name), "latin1")));
    return texts.join("\n");
  }

  #spawn(env: NodeJS.ProcessEnv): ChildProcess {
    const { hasClock, folder = buildFolder() } = this.#how;
    const program = join(folder, "latchkey.mjs");
    return spawn(nodeProgram(), hasClock ? ["--import", CLOCK, program] : [program], {
      env: { ...env, ...(hasClock && { LATCHKEY_TEST_CLOCK_OFFSET: String(this.#ahead) }) },
      stdio: ["ignore", "pipe", "pipe", ...(hasClock ? (["ipc"] as const) : [])],
    });
  }

  async #ready(child: ChildProcess): Promise<void> {
    const isReady = async () => {
      if (child.exitCode !== null)
        throw new Error(`the bot stopped with ${child.exitCode}:\n${this.#output}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      return answer?.ok || undefined;
    };
    await until(isReady, () => `the bot to become ready:\n${this.#output}`, { within: 120_000, every: 50 });
  }
}

/** Runs the bot until it ends by itself, e.g. because its configuration is refused; or another program beside it. */
export async function runToEnd(
  env: NodeJS.ProcessEnv,
  { program = "latchkey.mjs", words = [] }: { program?: string; words?: readonly string[] } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(nodeProgram(), [join(buildFolder(), program), ...words], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, output };
}
