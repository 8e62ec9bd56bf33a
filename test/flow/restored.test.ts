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
import { eventually, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:approvals@thread.tacv2", kind: "channel" } as const;
const ACCEPT = "Accept as new baseline";
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
async function program(
  { bot, database }: Pick<Stage, "bot" | "database">,
  name: string,
  { args = [], env: more = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
) {
  const env = {
    ...more,
    PATH: process.env.PATH,
    DATA_DIR: bot.dataDir,
    ...(database && { DATABASE_URL: database.url }),
  };
  try {
    const { stdout } = await run(process.execPath, [join(buildFolder(), name), ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

describe.each([
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
])("a store on %s that was restored from a backup", (_, engine) => {
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
    expect(await program(stage, "audit.mjs", { args: ["verify"] })).toMatchObject({
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
    const heads = () => program(opened, "audit.mjs", { args: ["verify"] });
    const opened = stage;
    const before = await heads();
    expect(await program(stage, "restored.mjs")).toMatchObject({
      code: 2,
      output: expect.stringMatching(/another Latchkey process/i),
    });
    expect(await heads()).toEqual(before);
    await bot.stop();
    await restore();
    const drill = await program(stage, "restored.mjs");
    expect(drill.output).toMatch(/The next plan is #1002, .*\n {2}Ended, .*: #1\./);
    expect(drill.code).toBe(0);
    expect(await program(stage, "audit.mjs", { args: ["verify"] })).toMatchObject({
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
    expect(await program(stage, "audit.mjs", { args: ["verify"] })).toMatchObject({
      code: 0,
      output: expect.stringContaining(": intact"),
    });
  });

  it("with RECORD_KEY is renewed with that key, and not without it", async () => {
    const key = { RECORD_KEY: "a1".repeat(32) };
    stage = await openStage({ ...engine, env: key });
    const { teams, bot, graph } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const open = await teams.findText(teams.chatOf(grace), "Plan #1");
    await bot.stop();
    const verify = { args: ["verify"], env: key };
    const before = await program(stage, "audit.mjs", verify);
    expect(before.code).toBe(0);
    const refused = await program(stage, "restored.mjs");
    expect(refused).toMatchObject({ code: 2, output: expect.stringContaining("RECORD_KEY") });
    const other = await program(stage, "restored.mjs", { env: { RECORD_KEY: "b2".repeat(32) } });
    expect(other).toMatchObject({ code: 2, output: expect.stringContaining("RECORD_KEY") });
    expect(await program(stage, "audit.mjs", verify)).toEqual(before);

    expect(await program(stage, "restored.mjs", { env: key })).toMatchObject({
      code: 0,
      output: expect.stringContaining("#1002"),
    });
    const after = await program(stage, "audit.mjs", verify);
    expect(after).toMatchObject({ code: 0, output: expect.stringContaining("proven by RECORD_KEY") });
    await bot.restart();
    expect((await teams.press(grace, open, "Approve")).text).toMatch(/already superseded/);
    expect(graph.patches()).toEqual([]);
  });

  it("lets an open drift go on: its card of before decides nothing, the one drawn anew does", async () => {
    stage = await openStage({ ...engine, env: { DRIFT_CHECK_MINUTES: "0.02" } });
    const { teams, bot, graph } = stage;
    await teams.say(grace, "approvals here", ROOM);
    await eventually(
      () => bot.output.includes("baseline-set") || undefined,
      () => `a first look at the policy:\n${bot.output}`,
    );
    graph.portalEdit(katherine.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    const shown = await teams.findText(ROOM, `Changed by ${katherine.name}`);
    const old = { ...shown, card: structuredClone(shown.card) };
    await bot.stop();
    expect(await program(stage, "restored.mjs")).toMatchObject({
      code: 0,
      output: expect.stringContaining("Drift 1 goes on"),
    });
    await bot.restart();
    const reason = { inputs: { reason: "It was agreed" } };
    await eventually(
      () => JSON.stringify(teams.current(shown).card) !== JSON.stringify(old.card) || undefined,
      () => "the card to be drawn anew",
    );
    expect((await teams.press(grace, old, ACCEPT, reason)).text).toMatch(/another drift than 1 is now/);
    expect(await program(stage, "audit.mjs", { args: ["verify"] })).toMatchObject({ code: 0 });
    await teams.say(grace, "drift 1", ROOM);
    const drawn = await teams.find(
      ROOM,
      (message) => message.id !== shown.id && /Drift 1 /.test(wholeText(message)),
      "the drift once more",
    );
    await teams.press(grace, drawn, ACCEPT, reason);
    await teams.findText(ROOM, `Accepted by ${grace.name}`);
    expect(await program(stage, "audit.mjs", { args: ["verify"] })).toMatchObject({ code: 0 });
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
