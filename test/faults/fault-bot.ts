import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder, freePort } from "../flow/built-bot.js";
import { until } from "./until.js";

const CLOCK = fileURLToPath(new URL("./clock-set-by-parent.mjs", import.meta.url));

/** How the process is begun where that is not as usual. */
export interface Launch {
  /** Begins the program, e.g. a shell that sets a limit first. */
  readonly wrap?: (program: readonly string[]) => readonly string[];
  /** Runs as this user: root may do everything, and so would notice nothing. */
  readonly uid?: number;
}

/** The real bot as a process that gets killed, starved and lied to. It keeps its port and its environment. */
export class FaultBot {
  readonly url: string;
  /** Everything it wrote, both streams, over all its lives. */
  output = "";
  /** How far its clock is ahead in milliseconds, from its next start on too. */
  #clock = 0;
  /** How much more time than the true one has passed in this life of it. */
  #elapsed = 0;
  readonly #env: NodeJS.ProcessEnv;
  readonly #launch: Launch;
  #child: ChildProcess | undefined;
  #isKilled = false;

  private constructor(url: string, env: NodeJS.ProcessEnv, launch: Launch) {
    this.url = url;
    this.#env = env;
    this.#launch = launch;
  }

  static async start(env: NodeJS.ProcessEnv, launch: Launch = {}, attempt = 1): Promise<FaultBot> {
    const bot = await FaultBot.prepare(env, launch);
    try {
      await bot.restart();
    } catch (error) {
      await bot.kill();
      // Between finding a free port and listening on it, another test may have taken it.
      if (attempt === 5 || !bot.output.includes("another program uses it")) throw error;
      return FaultBot.start(env, launch, attempt + 1);
    }
    return bot;
  }

  /** Everything but the start. */
  static async prepare(env: NodeJS.ProcessEnv, launch: Launch = {}): Promise<FaultBot> {
    const port = await freePort();
    const own = { ...env, HOST: "127.0.0.1", PORT: String(port) };
    return new FaultBot(`http://127.0.0.1:${port}`, own, launch);
  }

  /** False from the moment it is killed on. */
  get runs(): boolean {
    return this.#child !== undefined && !hasEnded(this.#child) && !this.#isKilled;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the bot was never started");
    return pid;
  }

  /** Begins the process, and does not wait for anything. */
  spawn(): void {
    const program = [process.execPath, "--import", CLOCK, join(buildFolder(), "latchkey.mjs")];
    const [command = "", ...args] = this.#launch.wrap?.(program) ?? program;
    const child = spawn(command, args, {
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
        ...this.#env,
        LATCHKEY_TEST_CLOCK_OFFSET: String(this.#clock),
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      ...(this.#launch.uid === undefined ? {} : { uid: this.#launch.uid, gid: this.#launch.uid }),
    });
    this.#child = child;
    this.#isKilled = false;
    this.#elapsed = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
  }

  /** Starts and waits until it is ready. */
  async restart(): Promise<void> {
    this.spawn();
    await this.ready();
  }

  async ready(): Promise<void> {
    const look = async () => {
      if (!this.runs) throw new Error(`the bot stopped with ${this.#child?.exitCode}:\n${this.#lastWords()}`);
      return (await this.status("/readyz")) === 200;
    };
    await until(look, () => `the bot to be ready:\n${this.#lastWords()}`, { within: 60_000, every: 10 });
  }

  /** HTTP status of a path; undefined when nobody answers. */
  async status(path: string): Promise<number | undefined> {
    const signal = AbortSignal.timeout(10_000);
    return fetch(this.url + path, { signal }).then(
      (answer) => answer.status,
      () => undefined,
    );
  }

  /** kill -9; nothing when it does not run. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    await this.end("SIGKILL");
  }

  /** @returns the exit code; null when a signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || hasEnded(child)) return child?.exitCode ?? null;
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
    return child.exitCode;
  }

  /** Waits until it ends by itself. @returns the exit code */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) throw new Error("the bot was never started");
    if (!hasEnded(child)) await once(child, "close");
    return child.exitCode;
  }

  /** Sets its clock, now and for its next lives. Resolves when it has. */
  async setClock(ahead: number): Promise<void> {
    this.#clock = ahead;
    await this.#tellClocks();
  }

  /** So much time passes for it, on all its clocks. */
  async timePasses(milliseconds: number): Promise<void> {
    this.#clock += milliseconds;
    this.#elapsed += milliseconds;
    await this.#tellClocks();
  }

  async #tellClocks(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.runs) return;
    const done = once(child, "message");
    child.send({ clock: this.#clock, elapsed: this.#elapsed });
    await done;
  }

  #lastWords(): string {
    return this.output.slice(-3_000);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
