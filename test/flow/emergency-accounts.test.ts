import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram } from "../audit-cli/audit-program.js";
import type { BotProcess } from "./bot-process.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { eventually } from "./teams.js";

const { ada, grace, emergency1, emergency2 } = SAMPLE_PEOPLE;
/** The id of no account: the last digit is another one. */
const MISTYPED = emergency1.id.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
const ENGINES: readonly (readonly [string, Pick<StageOptions, "onPostgres">])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
];

let audit: AuditProgram;
let stage: Stage;
beforeAll(async () => {
  audit = await AuditProgram.bundle();
});
afterAll(() => audit.remove());
afterEach(() => stage?.close());

/** A tenant in which people sign in with passkeys, and a bot that must never cut these off. */
async function open(engine: Pick<StageOptions, "onPostgres">, ...accounts: readonly string[]): Promise<void> {
  stage = await openStage({ ...engine, env: { EMERGENCY_ACCOUNTS: accounts.join(",") } });
  const { policy } = stage.tenant;
  const everybody = { id: "all_users", targetType: "group", isRegistrationRequired: false };
  policy.state = "enabled";
  policy.includeTargets = [{ ...everybody, allowedPasskeyProfiles: [] }];
  policy.excludeTargets = [];
  policy.keyRestrictions = { ...policy.keyRestrictions, isEnforced: false };
  await stage.teams.install(grace);
}

async function attention(bot: BotProcess): Promise<readonly string[]> {
  const answer = await fetch(`${bot.url}/readyz`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { attention: readonly string[] }).attention;
}

async function recordIsIntact(): Promise<void> {
  const { bot, database } = stage;
  const store = database === undefined ? { DATA_DIR: bot.dataDir } : { DATABASE_URL: database.url };
  const { code, stdout, stderr } = await audit.runOn(store, "verify");
  expect(stdout + stderr).toMatch(/intact/i);
  expect(code).toBe(0);
}

/** Ada asks for what takes every passkey; after a scan she is told why not. */
async function isRefused(words: RegExp): Promise<void> {
  const { teams, graph } = stage;
  await teams.say(ada, "disable passkeys");
  await teams.findText(teams.chatOf(ada), words);
  expect(graph.patches()).toHaveLength(0);
  expect(stage.tenant.policy.state).toBe("enabled");
}

describe.each(ENGINES)("emergency accounts, on %s", (_, engine) => {
  it("with a wrong digit nothing that narrows is proposed, and the operator is told before it is tried", async () => {
    await open(engine, MISTYPED, emergency2.id);
    const { teams, bot } = stage;
    await eventually(
      () => (bot.output.includes('"subject":"emergency accounts"') ? true : undefined),
      () => "the log to say so",
    );
    const told = "EMERGENCY_ACCOUNTS: one of its ids is neither a user nor a group of this tenant";
    expect((await attention(bot)).join()).toContain(told);
    // Who asks there is not signed in, and no id is told.
    expect((await attention(bot)).join()).not.toContain(MISTYPED);
    expect(bot.output).toContain(`"problems":[{"id":"${MISTYPED}","why":"unknown"}]`);
    await teams.say(ada, "show policy");
    await teams.findText(teams.chatOf(ada), /is neither a user nor a group of this tenant.*Ask the operator/);
    await isRefused(/not certain: .* is neither a user nor a group .* mend EMERGENCY_ACCOUNTS/);
    await teams.say(ada, "pending");
    await teams.findText(teams.chatOf(ada), /Nothing waits/i);
    await recordIsIntact();
  });

  it("the people of a group are protected, those of groups within it too", async () => {
    const outer = "0a0a0a0a-0000-4000-8000-00000000000a";
    await open(engine, outer);
    // The group is made only after the bot was started and has looked for it: until then it says that it is not there.
    await expect
      .poll(() => attention(stage.bot), { timeout: 60_000 })
      .toEqual([expect.stringContaining("one of its ids is neither")]);
    stage.tenant.groups.set(outer, { id: outer, displayName: "Outer", members: [SAMPLE_GROUPS.breakGlass] });
    await isRefused(/would cut off (an emergency account|2 emergency accounts)/);
  });

  it("an account that is deleted between plan and click stops the write", async () => {
    await open(engine, emergency1.id);
    const { teams, tenant, graph, bot } = stage;
    expect(await attention(bot)).toEqual([]);
    const account = tenant.users.get(emergency1.id);
    if (account === undefined) throw new Error("there is no such account");
    account.passkeys = [];
    await teams.say(ada, "disable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    account.deleted = true;
    const answer = await teams.press(grace, card, "Approve");
    expect(answer.text).toMatch(/not certain: .* is neither a user nor a group .*, then try again\./);
    expect(graph.patches()).toHaveLength(0);
    expect(tenant.policy.state).toBe("enabled");
    await recordIsIntact();
    account.deleted = false;
    await teams.press(grace, card, "Approve");
    await teams.findText(teams.chatOf(grace), "Applied and verified");
  });
});
