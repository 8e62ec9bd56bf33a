import { execFile } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buildFolder } from "./built-bot.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const run = promisify(execFile);
let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

/** A backup of the store of a bot that stands still: puts the store back as it was. */
type Backup = () => Promise<void>;

async function backUp({ bot, database }: Stage): Promise<Backup> {
  if (database !== undefined) return backUpTables(database.url);
  const file = join(bot.dataDir, "latchkey.db");
  copyFileSync(file, `${file}.backup`);
  return async () => {
    for (const journal of ["-wal", "-shm"]) rmSync(`${file}${journal}`, { force: true });
    copyFileSync(`${file}.backup`, file);
  };
}

async function backUpTables(url: string): Promise<Backup> {
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const rows = await query(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%'",
  );
  const tables: readonly string[] = rows.map(({ name }) => name);
  for (const table of tables)
    await query(`create schema if not exists backup; create table backup.${table} as table public.${table}`);
  return async () => {
    for (const table of tables)
      await query(`delete from public.${table}; insert into public.${table} select * from backup.${table}`);
  };
}

/** Runs a program of ours on the bot's store, as an operator does. */
async function program({ bot, database }: Stage, name: string, ...given: string[]) {
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: bot.dataDir,
    ...(database && { DATABASE_URL: database.url }),
  };
  try {
    const { stdout } = await run(process.execPath, [join(buildFolder(), name), ...given], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe.each([
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
])("a store on %s that was restored from a backup", { timeout: 120_000 }, (_, engine) => {
  /** Plan #1 is posted, and the store is put back as it was before. @returns the card that still stands */
  async function restoredAfterPlan(opened: Stage, command: string) {
    const { teams, bot } = opened;
    await teams.install(grace);
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), /✔ Complete/);
    await bot.stop();
    const restore = await backUp(opened);
    await bot.restart();
    await teams.say(ada, command);
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    await bot.stop();
    await restore();
    return card;
  }

  it("without its drill gives #1 again, and the old card's Approve decides nothing and shows nothing of it", async () => {
    stage = await openStage({ ...engine, tenant: { policy: "legacy-allow" } });
    const { teams, graph, bot, tenant } = stage;
    const old = await restoredAfterPlan(stage, "enable passkeys unrestricted");
    const before = structuredClone(tenant.policy);
    await bot.restart();
    await teams.say(ada, "disable passkeys");
    const other = await teams.find(
      teams.chatOf(grace),
      (message) => message.id !== old.id && /Plan #1/.test(wholeText(message)),
      "the other plan #1",
    );
    const answer = await teams.press(grace, old, "Approve");
    expect(answer.text).toMatch(/shows another plan than #1 is now.*Nothing was done/);
    await becomes(stage, old, /not of this installation/);
    expect(wholeText(teams.current(old))).not.toMatch(/[Dd]isable/);
    expect(graph.patches()).toEqual([]);
    expect(tenant.policy).toEqual(before);
    expect(wholeText(teams.current(other))).toMatch(/Needs 1 approval|Scan now/);
    expect(await program(stage, "audit-cli.js", "verify")).toMatchObject({
      code: 0,
      output: expect.stringContaining(": intact"),
    });
  });

  it("goes on far above with its drill, ends what was open, and is intact", async () => {
    stage = await openStage(engine);
    const { teams, bot, graph } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const open = await teams.findText(teams.chatOf(grace), "Plan #1");
    await bot.stop();
    const restore = await backUp(stage);
    await bot.restart();
    await teams.press(grace, open, "Approve");
    await becomes(stage, open, /Applied and verified/);
    if (stage.database === undefined) {
      expect(await program(stage, "restored.js")).toMatchObject({
        code: 2,
        output: expect.stringMatching(/another Latchkey process/i),
      });
    }
    await bot.stop();
    await restore();
    const drill = await program(stage, "restored.js");
    expect(drill.output).toMatch(/The next plan is #1002, .*\n {2}Ended, .*: #1\./);
    expect(drill.code).toBe(0);
    expect(await program(stage, "audit-cli.js", "verify")).toMatchObject({
      code: 0,
      output: expect.stringContaining(": intact"),
    });
    await bot.restart();
    expect((await teams.press(grace, { ...open, card: open.card }, "Approve")).text).toMatch(
      /already superseded/,
    );
    expect(graph.patches()).toHaveLength(1);
    await teams.say(ada, "disable passkeys");
    await teams.findText(teams.chatOf(grace), "Plan #1002");
    expect(await program(stage, "audit-cli.js", "verify")).toMatchObject({
      code: 0,
      output: expect.stringContaining(": intact"),
    });
  });

  it("that is a new and empty one refuses the old card, too", async () => {
    stage = await openStage(engine);
    const { teams, bot, graph } = stage;
    await teams.install(grace);
    await bot.stop();
    const restore = await backUp(stage);
    await bot.restart();
    await teams.say(ada, "enable passkeys");
    const old = await teams.findText(teams.chatOf(grace), "Plan #1");
    await bot.stop();
    await restore();
    await bot.restart();
    expect((await teams.press(grace, old, "Approve")).text).toMatch(/no plan #1 here/);
    await becomes(stage, old, /not of this installation/);
    expect(graph.patches()).toEqual([]);
  });
});
