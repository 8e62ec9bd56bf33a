import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Launch } from "../flow/bot-process.js";

const execute = promisify(execFile);

/** As compose.yaml limits it: nothing to write to but its volume, no capability, 512 MB. */
const CONFINED = [
  ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"],
  ["--memory=512m", "--memory-swap=512m", "--pids-limit=128"],
].flat();

/** What builds images and runs them on this machine. */
export class ContainerEngine {
  readonly #program: string;

  private constructor(program: string) {
    this.#program = program;
  }

  /** @returns undefined where none is installed, or none answers */
  static async find(): Promise<ContainerEngine | undefined> {
    for (const engine of [new ContainerEngine("docker"), new ContainerEngine("podman")])
      if (await engine.succeeds("info")) return engine;
    return undefined;
  }

  /** What it wrote. @throws Error with what it said when it failed */
  async output(...words: readonly string[]): Promise<string> {
    const { stdout } = await execute(this.#program, words, { maxBuffer: Infinity });
    return stdout.trim();
  }

  succeeds(...words: readonly string[]): Promise<boolean> {
    return this.output(...words).then(
      () => true,
      () => false,
    );
  }

  /** Whether the image is here, or can be had. */
  async has(image: string): Promise<boolean> {
    return (await this.succeeds("image", "inspect", image)) || this.succeeds("pull", image);
  }

  /**
   * Starts the image as a confined container of this name, in the machine's own network. The folder of the data is the
   * image's. A signal to the child is passed on to the container, and its exit code is the container's.
   */
  launcher(image: string, name: string): Launch {
    return ({ PATH, DATA_DIR, NODE_EXTRA_CA_CERTS, ...env }) => {
      const settings = Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
      const trust = ["--env", "NODE_EXTRA_CA_CERTS=/ca.pem", "--volume", `${NODE_EXTRA_CA_CERTS}:/ca.pem:ro`];
      return this.start("run", "--network=host", `--name=${name}`, ...CONFINED, ...trust, ...settings, image);
    };
  }

  /** Goes on beside the test. */
  start(...words: readonly string[]): ReturnType<Launch> {
    return spawn(this.#program, words, { stdio: ["ignore", "pipe", "pipe"] });
  }
}

/** Why nothing is built and run here; or the engine that does. */
export async function engineWith(
  images: readonly string[],
): Promise<{ readonly engine?: ContainerEngine; readonly skipped: string }> {
  if (process.env.LATCHKEY_BUILD_IMAGE !== "1")
    return { skipped: " (skipped: LATCHKEY_BUILD_IMAGE is not 1, and it takes minutes)" };
  const engine = await ContainerEngine.find();
  if (engine === undefined) return { skipped: " (skipped: neither docker nor podman answers)" };
  for (const image of images)
    if (!(await engine.has(image))) return { skipped: ` (skipped: ${image} cannot be had)` };
  return { engine, skipped: "" };
}
