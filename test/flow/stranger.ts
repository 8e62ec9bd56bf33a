import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { until } from "../faults/until.js";
import { buildFolder } from "./built-bot.js";

const ROOT = join(import.meta.dirname, "../..");
const NOT_IN_A_CHECKOUT = ["node_modules", "dist", "data", ".git", ".env", "record-key", "lab", "coverage"];

/** What a stranger has: a checkout in an otherwise empty folder, a shell, and `az`, which is simulated. */
export class Stranger {
  readonly checkout: string;
  /** Where `/etc` and `/opt` are, since the machine's own are none of a test's business. */
  readonly machine: string;
  readonly #azState: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #running: { readonly child: ChildProcess; output: string }[] = [];

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.checkout = join(folder, "latchkey");
    this.machine = join(folder, "machine");
    const programs = join(folder, "bin");
    for (const each of [
      programs,
      ...["etc/systemd/system", "etc/caddy", "opt", "var"].map((name) => join(this.machine, name)),
    ])
      mkdirSync(each, { recursive: true });
    cpSync(ROOT, this.checkout, {
      recursive: true,
      filter: (from) =>
        basename(from) !== "secrets" &&
        (dirname(from) !== ROOT || !NOT_IN_A_CHECKOUT.includes(basename(from))),
    });
    copyFileSync(join(ROOT, "test/infra/fake-az.mjs"), join(programs, "az"));
    // A test is no root, and has no need to give a file away.
    writeFileSync(join(programs, "sudo"), '#!/bin/sh\n[ "$1" = chown ] || exec "$@"\n');
    for (const name of ["az", "sudo"]) chmodSync(join(programs, name), 0o755);
    this.#azState = join(folder, "azure.json");
    this.#env = {
      PATH: `${programs}:${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: folder,
      FAKE_AZ_STATE: this.#azState,
      // It would ask the registry, for which a test has no network.
      npm_config_update_notifier: "false",
      ...env,
    };
  }

  /** In place of `npm ci`: the packages of this checkout, and what was built of it for the other tests. */
  installPackages(): void {
    symlinkSync(join(ROOT, "node_modules"), join(this.checkout, "node_modules"));
    const build = buildFolder();
    cpSync(build, join(this.checkout, "dist", basename(build)), { recursive: true });
  }

  /** What `az` made so far. */
  azure() {
    return JSON.parse(readFileSync(this.#azState, "utf8"));
  }

  beginAzureWith(state: object): void {
    writeFileSync(this.#azState, JSON.stringify(state));
  }

  /** The value of a variable in `.env`. */
  variable(name: string): string {
    const text = readFileSync(join(this.checkout, ".env"), "utf8");
    return new RegExp(`^${name}=(.*)$`, "m").exec(text)?.[1] ?? "";
  }

  /** Runs one line in a shell. @throws Error with what it wrote when it ends otherwise @returns all that it wrote */
  async run(line: string, endsWith = 0): Promise<string> {
    const started = this.#start("sh", ["-c", this.#onThisMachine(line)], this.#env);
    await once(started.child, "close");
    if (started.child.exitCode !== endsWith)
      throw new Error(`${line}\nended with ${started.child.exitCode}:\n${started.output}`);
    return started.output;
  }

  /** Runs one line in a terminal of its own. */
  leaveRunning(line: string): void {
    this.#start("sh", ["-c", `exec ${this.#onThisMachine(line)}`], this.#env);
  }

  /** What systemd would run and hand over, by the unit where the page put it. */
  startService(): void {
    const unit = readFileSync(join(this.machine, "etc/systemd/system/latchkey.service"), "utf8");
    const settings = (name: string) =>
      [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value = ""]) => value);
    const assigned = (text: string) => text.split(/[ \n]+/).filter((word) => /^[A-Z_]+=/.test(word));
    const credentials = join(this.machine, "run");
    mkdirSync(credentials);
    for (const [id = "", file = ""] of settings("LoadCredential").map((one) => one.split(":")))
      copyFileSync(this.#onThisMachine(file), join(credentials, id));
    const files = settings("EnvironmentFile").map((file) => readFileSync(this.#onThisMachine(file), "utf8"));
    const env = [...settings("Environment"), ...files]
      .flatMap(assigned)
      .map((one) => this.#onThisMachine(one.replaceAll("%d", credentials)).split(/=(.*)/s));
    const [program = "", ...words] = (settings("ExecStart")[0] ?? "").split(" ");
    if (program !== "/usr/bin/node") throw new Error(`the unit starts ${program}`);
    mkdirSync(join(this.machine, "var/lib/latchkey"), { recursive: true });
    const { PATH: _path, HOME: _home, ...world } = this.#env;
    this.#start(
      process.execPath,
      words.map((word) => this.#onThisMachine(word)),
      {
        ...world,
        ...Object.fromEntries(env),
      },
    );
  }

  /** Everything that what runs wrote. */
  get output(): string {
    return this.#running.map(({ output }) => output).join("\n");
  }

  /** Ctrl-C in every terminal. */
  async stop(): Promise<void> {
    for (const { child } of this.#running.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const end = once(child, "exit");
      child.kill("SIGINT");
      await end;
    }
  }

  /** Waits until something answers there. */
  async untilReady(url: string): Promise<void> {
    const isReady = async () => (await fetch(url).catch(() => undefined))?.ok || undefined;
    await until(isReady, () => `the bot to become ready:\n${this.output}`, { within: 120_000, every: 50 });
  }

  #start(program: string, words: readonly string[], env: NodeJS.ProcessEnv) {
    const child = spawn(program, words, { cwd: this.checkout, env, stdio: ["ignore", "pipe", "pipe"] });
    const started = { child, output: "" };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        started.output += text;
      });
    this.#running.push(started);
    return started;
  }

  #onThisMachine(text: string): string {
    return text.replaceAll(/(?<=^|[\s=])\/(etc|opt|var)\//g, (path) => this.machine + path);
  }
}
