import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "../children/child.js";
import { until } from "../children/until.js";

export interface PlaygroundOptions {
  /** Whose window it is, for messages. */
  readonly name: string;
  /** Content of its `.m365agentsplayground.yml`. */
  readonly config: string;
  /** Where it runs and writes its log; made if need be. */
  readonly folder: string;
  /** Where it sends what the person does. */
  readonly botEndpoint: string;
  /** Another free one is taken when this is in use. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  /** Called when its process exists, so that it can be stopped though it never comes up. */
  readonly started: (child: Child) => void;
}

export interface RunningPlayground {
  /** The window's address, for a browser. */
  readonly url: string;
  readonly child: Child;
}

const LOOPBACK_ONLY = fileURLToPath(new URL("../children/loopback-only.mjs", import.meta.url));
const START_WITHIN_MS = 15_000;

/**
 * Starts a window of Microsoft 365 Agents Playground, offline and without telemetry.
 * @throws with its last words when it does not come up
 */
export async function startPlayground(options: PlaygroundOptions): Promise<RunningPlayground> {
  await mkdir(options.folder, { recursive: true });
  await writeFile(join(options.folder, ".m365agentsplayground.yml"), options.config);
  const child = startChild({
    name: `${options.name}'s window`,
    script: await playgroundProgram(),
    // --dt stops its telemetry events; the two variables stop the look-ups of its telemetry library and the browser.
    args: ["-e", options.botEndpoint, "-c", "msteams", "-p", String(options.port), "--dt"],
    nodeArgs: ["--import", LOOPBACK_ONLY, "--no-warnings"],
    cwd: options.folder,
    logFile: join(options.folder, "output.log"),
    // Problems of its start are written there, and nowhere else.
    ownLog: join(options.folder, "devTools", "m365agentsplayground.log"),
    env: { ...options.env, TEAMSAPPTESTER_BROWSER: "none", APPLICATION_INSIGHTS_NO_STATSBEAT: "true" },
  });
  options.started(child);
  // It prints the port it took, which is not always the one asked for.
  const port = await until(
    child,
    START_WITHIN_MS,
    async () => /^Listening on (\d+)/m.exec(await child.output())?.[1],
  );
  return { url: `http://127.0.0.1:${port}`, child };
}

async function playgroundProgram(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/package.json");
  const { bin } = JSON.parse(await readFile(manifest, "utf8")) as { bin: Record<string, string> };
  const program = bin.agentsplayground;
  if (program === undefined) throw new Error(`${manifest} names no program "agentsplayground".`);
  return join(dirname(manifest), program);
}
