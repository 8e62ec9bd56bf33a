// The `az` command line, which signs in and asks Microsoft Graph for us.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;

/** What is wrong, in words for a person; not a defect. */
export class Refused extends Error {}

/** @param {readonly string[]} words @returns what it answers, from JSON; undefined for nothing */
export async function az(words) {
  try {
    const { stdout } = await run("az", [...words, "--output", "json", "--only-show-errors"], {
      maxBuffer: MOST_BYTES,
      // Where it is a batch file, which only a shell starts. No word of ours comes from people but those checked below.
      shell: process.platform === "win32",
    });
    return stdout.trim() === "" ? undefined : JSON.parse(stdout);
  } catch (error) {
    if (error.code === "ENOENT")
      throw new Refused("az is not installed: https://learn.microsoft.com/cli/azure/install-azure-cli");
    throw new Refused(`az ${words.slice(0, 3).join(" ")}: ${firstLines(error.stderr) || error.message}`);
  }
}

/** undefined: it is not there. */
export async function azIfThere(words) {
  try {
    return await az(words);
  } catch (error) {
    if (error instanceof Refused && /does not exist|not found|ResourceNotFound/i.test(error.message))
      return undefined;
    throw error;
  }
}

/** One request to Graph. The body goes by a file, which only we can read: a shell would take it apart. */
export async function graph(graphUrl, method, path, body) {
  const words = ["rest", "--method", method, "--url", `${graphUrl}/v1.0${path}`];
  if (body === undefined) return az(words);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-entra-"));
  try {
    const file = join(folder, "body.json");
    await writeFile(file, JSON.stringify(body), { mode: 0o600 });
    return await onceKnown(() =>
      az([...words, "--headers", "Content-Type=application/json", "--body", `@${file}`]),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const TRIES = 6;
const BETWEEN_TRIES_MS = 5_000;

/** What was made a moment ago is not known to all of Entra yet. */
async function onceKnown(ask) {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ask();
    } catch (error) {
      const isNew = /Request_ResourceNotFound|NoBackingApplicationObject/.test(error.message);
      if (!isNew || tried === TRIES) throw error;
      await sleep(BETWEEN_TRIES_MS);
    }
  }
}

function firstLines(text = "") {
  return text.trim().split("\n").slice(0, 3).join(" ").slice(0, 600);
}
