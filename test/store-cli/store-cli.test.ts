import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { newestBackup } from "../../src/storage/copies/newest-backup.js";
import { openStore, type Store } from "../../src/storage/open-store.js";
import { draft, entry, TENANT } from "../contracts/stored-things.js";
import { type BundledProgram, bundleProgram } from "../setup/bundle-program.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";

let program: BundledProgram;
beforeAll(async () => {
  program = await bundleProgram(new URL("../../src/store-cli.ts", import.meta.url));
});
afterAll(() => program.remove());

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-store-"));
  store = await openStore({ dataDir: join(folder, "data") });
  await store.plans.create(draft(), [entry()]);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function run(env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env }, cwd: folder };
    execFile(process.execPath, [program.file, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}

it("puts a backup without a name into BACKUP_DIR, with the time in its name", async () => {
  mkdirSync(join(folder, "backups"));
  const { code, output } = await run({ DATA_DIR: "data", BACKUP_DIR: "backups" }, "backup");
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(readdirSync(join(folder, "backups"))).toEqual([
    expect.stringMatching(/^latchkey-\d{4}-\d\d-\d\dT[\d-]+\.backup\.gz$/),
  ]);
  const newest = await newestBackup(join(folder, "backups"));
  expect(Date.now() - (newest?.at.getTime() ?? 0)).toBeLessThan(600_000);
});

it("backs up a store while its bot runs, says the head, and restores it elsewhere", async () => {
  const head = await store.audit.head(TENANT);
  const backedUp = await run({ DATA_DIR: "data" }, "backup", "a.gz");
  expect(backedUp).toEqual({
    code: 0,
    output: expect.stringContaining(`Tenant ${TENANT}: head ${head.sequence}:${head.hash}`),
  });
  const back = await run({ DATA_DIR: "other" }, "restore", "a.gz", "--skip", "7");
  expect(back).toEqual({
    code: 0,
    output: expect.stringContaining("The next plan is #9, the next drift 8."),
  });
  expect(back.output).toContain("Ended, because they may have been decided since the backup: #1.");
});

it("moves a folder to DATABASE_URL, and says what is next", async () => {
  await store.close();
  const database = await (await postgresForTests()).createDatabase();
  const moved = await run({ DATA_DIR: "data", DATABASE_URL: database.url }, "move");
  expect(moved).toEqual({ code: 0, output: expect.stringContaining("read again there and found the same") });
  expect(moved.output).toContain("npm run audit -- verify with DATABASE_URL");
  await database.drop();
});

it.each([
  [["restore"], "restore takes the file of a backup"],
  [["restore", "a.gz", "--skip", "none"], "--skip takes a whole number"],
  [["move"], "DATABASE_URL is not set"],
  [["move", "there"], "move takes no name"],
  [["backup", "a", "b"], '"b" means nothing to backup'],
  [["backpu"], 'there is no command "backpu"'],
  [["backup", "--skip", "3"], "backup takes no --skip"],
  [["backup", "--wrong"], "--wrong"],
])("says what is wrong with %j, and how it is used", async (args, why) => {
  const { code, output } = await run({ DATA_DIR: "data" }, ...args);
  expect(code).toBe(2);
  expect(output).toContain(why);
  expect(output).toContain("npm run store -- backup");
});

it.each([
  [{ DATA_DIR: "nowhere" }, ["backup"], "it is not there; set DATA_DIR"],
  [{ DATA_DIR: "other" }, ["restore", "none.gz"], "none.gz is no backup that can be read"],
])("what cannot be done ends with 2 and no stack: %j %j", async (env, args, why) => {
  const { code, output } = await run(env, ...args);
  expect(code).toBe(2);
  expect(output).toContain(why);
  expect(output).not.toMatch(/^ +at /m);
});
