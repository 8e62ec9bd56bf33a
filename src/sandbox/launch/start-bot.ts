import { type Child, startChild } from "../children/child.js";
import { until } from "../children/until.js";

export interface BotOptions {
  /** Absolute path of the built program. */
  readonly entry: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Where everything it prints is kept. */
  readonly logFile: string;
  /** Its whole environment, but for HOST and PORT. */
  readonly env: NodeJS.ProcessEnv;
  /** Called when its process exists, so that it can be stopped though it never becomes ready. */
  readonly started: (child: Child) => void;
}

export interface RunningBot {
  readonly url: string;
  readonly child: Child;
}

const READY_WITHIN_MS = 20_000;

/**
 * Starts the real bot, the same program as in production, as a process of its own. Its address is taken from its own
 * log: what answers on the port asked for may be the bot of another sandbox.
 * @throws with its last words when it does not become ready
 */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { entry, host, logFile } = options;
  const child = startChild({
    name: "The bot",
    script: entry,
    env: { ...options.env, HOST: host, PORT: String(options.port) },
    logFile,
  });
  options.started(child);
  const port = await until(
    child,
    READY_WITHIN_MS,
    async () => /"event":"listening",.*?"port":(\d+)/.exec(await child.output())?.[1],
  );
  const url = `http://${/^(0\.0\.0\.0|::)$/.test(host) ? "127.0.0.1" : host}:${port}`;
  await until(child, READY_WITHIN_MS, async () => ((await isReady(`${url}/readyz`)) ? true : undefined));
  return { url, child };
}

const isReady = (address: string): Promise<boolean> =>
  fetch(address, { signal: AbortSignal.timeout(2_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
