import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FaultBot, type Launch } from "./fault-bot.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { tally } from "./tally.js";
import { pause } from "./until.js";

const NO_STORE = /cannot reach its own records|could not be recorded|not be kept/i;
/** Root may write anywhere: the bot then runs as somebody who may not. */
const NOBODY = 65_534;
const launch: Launch = process.getuid?.() === 0 ? { uid: NOBODY } : {};

/** A disk that can be filled and freed again. */
interface SmallDisk {
  readonly how: string;
  readonly folder: string;
  readonly launch: Launch;
  fill(bot: FaultBot): void;
  free(bot: FaultBot): void;
  remove(): void;
}

/** A file system of a few megabytes in memory: the system itself says that it is full. Only root may make one. */
function memoryDisk(): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const filler = join(folder, "filler");
  return {
    how: "a file system without room",
    folder,
    launch: {},
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(filler, Buffer.alloc(bavail * bsize));
      } catch (error) {
        // The bot has written meanwhile, so it is full a little earlier.
        if (!String(error).includes("ENOSPC")) throw error;
      }
    },
    free: () => rmSync(filler),
    remove() {
      execFileSync("umount", [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** No file of the process may grow: nobody needs to be root for that. What SQLite meets is a failed write, EFBIG. */
function limitedFiles(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-disk-"));
  const limit = (bot: FaultBot, bytes: string) =>
    execFileSync("prlimit", ["--pid", String(bot.pid), `--fsize=${bytes}:`]);
  return {
    how: "a limit on the size of files",
    folder,
    launch: {},
    fill: (bot) => limit(bot, "1024"),
    free: (bot) => limit(bot, "unlimited"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

const disks = [memoryDisk, limitedFiles] as const;
const possible = disks.filter((make) => {
  const disk = make();
  disk?.remove();
  return disk !== undefined;
});

describe.each(possible)("a full disk (%o)", (make) => {
  it("is said in words, nothing is sent without its record, and all goes on when there is room again", async () => {
    const disk = make() as SmallDisk;
    const world = await FaultWorld.open({ database: sqliteDatabase(disk.folder), launch: disk.launch });
    try {
      const office = new Office(world);
      await office.install(ada, grace, katherine);
      const untouched = structuredClone(world.tenant.policy);
      let faults = 0;

      // Full before the click: no record, so no write.
      const { number, card } = await office.propose("enable passkeys");
      disk.fill(world.bot);
      const refused = await office.press(grace, card, "Approve");
      expect(refused.text).toMatch(NO_STORE);
      expect(world.graph.patches()).toHaveLength(0);
      const asked = await office.ask(ada, "disable passkeys");
      expect(asked.text).toMatch(/records|already|nothing/i);
      expect(await world.bot.status("/healthz")).toBe(200);
      faults += 2;
      disk.free(world.bot);
      expect(sightOf(await office.carryThrough(number))).toBe("applied");

      // Full between the write and its outcome.
      world.writes.reset(untouched);
      const next = await office.propose("enable passkeys");
      world.onGraphRequest = () => {
        if (world.graph.requests.at(-1)?.method === "PATCH") disk.fill(world.bot);
        return 5;
      };
      const unrecorded = await office.press(grace, next.card, "Approve");
      world.onGraphRequest = () => 5;
      expect(unrecorded.status).toBe(200);
      expect(unrecorded.text).not.toMatch(/nothing was written/i);
      expect(world.tenant.policy.state).toBe("enabled");
      faults += 1;
      await pause(500);
      disk.free(world.bot);
      expect(sightOf(await office.carryThrough(next.number))).toBe("applied");
      expect(world.writes.patches).toHaveLength(2);

      const verdict = await world.judge();
      tally(`disk: full, by ${disk.how}`, faults, verdict);
      expect(verdict).toEqual(INTACT);
    } finally {
      await world.close();
      disk.remove();
    }
  });
});

describe("a folder that may only be read", () => {
  it("made so while the bot runs: it goes on or says so, and nothing is sent without its record", async () => {
    const folder = readableByBot();
    const world = await openIn(folder);
    try {
      const office = new Office(world);
      await office.install(ada, grace, katherine);
      const { number, card } = await office.propose("enable passkeys");
      setWritable(join(folder, "data"), false);
      const answer = await office.press(grace, card, "Approve");
      expect(answer.status).toBe(200);
      // What is open already may be written on; else the person is told.
      const written = world.graph.patches().length;
      if (written === 0) expect(answer.text).toMatch(NO_STORE);
      const during = await world.judge();
      expect(during.recordsLost).toEqual([]);

      // The next start needs the folder.
      await world.bot.kill();
      world.bot.spawn();
      const before = world.bot.output.length;
      expect(await world.bot.ended()).toBe(1);
      const words = world.bot.output.slice(before);
      expect(words).toMatch(/may be read but not written|may not create or write|no file can be opened/);
      expect(words).not.toMatch(/\n\s+at /);

      setWritable(join(folder, "data"), true);
      await world.bot.restart();
      expect(sightOf(await office.carryThrough(number))).toBe("applied");
      const verdict = await world.judge();
      tally("disk: a folder made read-only", 2, verdict, written === 1 ? "It could go on." : "It said so.");
      expect(verdict).toEqual(INTACT);
    } finally {
      setWritable(join(folder, "data"), true);
      await world.close();
      rmSync(folder, { recursive: true });
    }
  });

  it("full at the start: it does not start, and says why", async () => {
    const folder = readableByBot();
    const world = await openIn(folder);
    try {
      await world.bot.kill();
      const limited = await FaultBot.prepare(worldEnvironment(world, folder), {
        ...launch,
        wrap: (program) => ["/bin/sh", "-c", 'ulimit -S -f 1 && exec "$@"', "sh", ...program],
      });
      for (const name of readdirSync(join(folder, "data"))) rmSync(join(folder, "data", name));
      limited.spawn();
      expect(await limited.ended()).toBe(1);
      expect(limited.output).toMatch(/disk that holds .* (is full|failed)/);
      expect(limited.output).not.toMatch(/\n\s+at /);
    } finally {
      await world.close();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Whoever the bot runs as may write there, and read what it needs. */
function readableByBot(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-faults-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const authorities = join(folder, "ca.pem");
  copyFileSync(process.env.NODE_EXTRA_CA_CERTS ?? "", authorities);
  chmodSync(folder, 0o755);
  chmodSync(authorities, 0o644);
  if (launch.uid !== undefined) chownSync(data, launch.uid, launch.uid);
  return folder;
}

function openIn(folder: string): Promise<FaultWorld> {
  const env = { NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") };
  return FaultWorld.open({ database: sqliteDatabase(folder), env, launch });
}

function worldEnvironment(world: FaultWorld, folder: string): NodeJS.ProcessEnv {
  return { ...world.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") };
}

function setWritable(data: string, writable: boolean): void {
  for (const name of readdirSync(data)) chmodSync(join(data, name), writable ? 0o600 : 0o400);
  chmodSync(data, writable ? 0o700 : 0o500);
}
