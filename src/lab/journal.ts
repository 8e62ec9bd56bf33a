import { constants } from "node:fs";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, type Json, type JsonObject } from "../core/json.js";

/** What has to be known to put a tenant back, kept on disk from before the first write until that is done. */
export interface JournalEntry {
  readonly tenantId: string;
  readonly graphUrl: string;
  /** When the lab began, as ISO 8601. */
  readonly startedAt: string;
  /** The passkey policy as it was found, whole. */
  readonly policy: JsonObject;
}

/** A journal stands: a lab run is under way, or one ended before all was put back. */
export class JournalStands extends Error {
  override readonly name = "JournalStands";
}

/** What stands where the journal should is not one. */
export class JournalUnreadable extends Error {
  override readonly name = "JournalUnreadable";
}

const NAME = "journal.json";
const FORMAT = 1;
const FOR_ITS_OWNER = 0o600;

/** The journal of the folder. It is there whole, or not at all. */
export class Journal {
  readonly path: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.path = join(folder, NAME);
  }

  /** The entry that stands; undefined: there is none. @throws JournalUnreadable */
  async read(): Promise<JournalEntry | undefined> {
    let text: string;
    try {
      text = await readFile(this.path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
    const entry = parse(text);
    if (entry !== undefined) return entry;
    throw new JournalUnreadable(
      `${this.path} is not a journal of this lab. Look at it, put the policy back by hand, and remove the file.`,
    );
  }

  /**
   * Written to the disk, and not only to its cache, when this resolves.
   * @throws JournalStands when there is one, which another process may have written a moment ago
   */
  async write(entry: JournalEntry): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const draft = `${this.path}.${process.pid}`;
    await rm(draft, { force: true });
    const file = await open(draft, "wx", FOR_ITS_OWNER);
    try {
      await file.writeFile(`${JSON.stringify({ format: FORMAT, ...entry }, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    try {
      // Unlike a rename, it never takes another one's place.
      await link(draft, this.path);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST")
        throw new JournalStands(`${this.path} stands.`);
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
    await syncFolder(this.#folder);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await syncFolder(this.#folder);
  }
}

/** A name in a folder is on the disk when the folder is. Windows has no such step. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parse(text: string): JournalEntry | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isJsonObject(value) || value.format !== FORMAT) return undefined;
  const { tenantId, graphUrl, startedAt, policy } = value;
  if (typeof tenantId !== "string" || typeof graphUrl !== "string" || typeof startedAt !== "string")
    return undefined;
  return isJsonObject(policy) ? { tenantId, graphUrl, startedAt, policy } : undefined;
}
