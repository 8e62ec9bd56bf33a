import { createWriteStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "../children/child.js";

export interface BotOptions {
  /** Absolute path of the built main.js. */
  readonly entry: string;
  readonly host: string;
  readonly port: number;
  /** Where everything it prints is kept. */
  readonly logFile: string;
  /** Its whole environment, but for HOST and PORT. */
  readonly env: NodeJS.ProcessEnv;
  /** Called when its process exists, so that it can be stopped though it never becomes ready. */
  readonly started: (child: Child) => void;
}

const READY_WITHIN_MS = 20_000;

/**
 * Starts the real bot, the same program as in production, as a process of its own.
 * @throws with its last words when it does not become ready
 */
export async function startBot(options: BotOptions): Promise<Child> {
  const { entry, host, port } = options;
  const bot = startChild({
    name: "The bot",
    script: entry,
    nodeArgs: ["--disable-warning=DEP0111", "--enable-source-maps"],
    env: { ...options.env, HOST: host, PORT: String(port) },
  });
  options.started(bot);
  const file = createWriteStream(options.logFile, { flags: "a" });
  bot.onLine((line) => file.write(`${line}\n`));
  let gone = false;
  void bot.ended.then(() => {
    gone = true;
    file.end();
  });
  const address = `http://${/^(0\.0\.0\.0|::)$/.test(host) ? "127.0.0.1" : host}:${port}/readyz`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!gone && Date.now() < deadline) {
    if (await isReady(address)) return bot;
    await sleep(50);
  }
  const why = gone ? "ended at its start" : `was not ready within ${READY_WITHIN_MS / 1000} s`;
  throw new Error(`The bot ${why}. Its last words:\n${bot.lastLines().slice(-20).join("\n")}`);
}

const isReady = (address: string): Promise<boolean> =>
  fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
