import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram, type Ran } from "../audit-cli/audit-program.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { type StoredJson, StoreEditor } from "./store-editor.js";
import { type Message, wholeText } from "./teams.js";

// Somebody can write to the bot's database. Between the proposal and the click they change what was proposed; the
// people who press the buttons are honest.

const { ada, grace, katherine, linus } = SAMPLE_PEOPLE;
let program: AuditProgram;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program?.remove());

const ATTACKS: readonly (readonly [string, (plan: StoredJson) => void])[] = [
  ["what it would write", (plan) => Object.assign(plan.proposal.after, { state: "disabled" })],
  ["what it would write, further down", (plan) => plan.proposal.after.includeTargets.pop()],
  ["what it is written over", (plan) => Object.assign(plan.proposal.before, { state: "enabled" })],
  ["what its card says of the difference", (plan) => plan.proposal.changes.pop()],
  ["what is asked for", (plan) => Object.assign(plan.intent, { restriction: "unrestricted" })],
  ["who loses a passkey", (plan) => Object.assign(plan.proposal.impact, { narrows: true, losing: [] })],
  ["how much was read", (plan) => Object.assign(plan.proposal.impact.coverage, { keyholders: 1 })],
  ["what is warned of", (plan) => Object.assign(plan.proposal, { warnings: [] })],
  ["who asked for it", (plan) => Object.assign(plan, { requester: linus })],
  ["until when it can be approved", (plan) => Object.assign(plan, { expiresAt: "2999-01-01T00:00:00.000Z" })],
  ["how many have to approve it", (plan) => Object.assign(plan, { approvalsRequired: 1 })],
  [
    "who has approved it",
    (plan) => plan.approvals.push({ by: katherine, at: plan.createdAt, revision: 1, conversation: "a:chat" }),
  ],
  ["a name on its card", (plan) => Object.assign(plan.proposal, { groupNames: { x: "Pilot" } })],
];

describe.each<[string, StageOptions]>([
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
])("a store that is edited, on %s", (_, options) => {
  let stage: Stage;
  let editor: StoreEditor;
  beforeAll(async () => {
    stage = await openStage({ ...options, env: { APPROVALS_REQUIRED: "2" } });
    editor = new StoreEditor(stage);
    await stage.teams.install(grace);
    await stage.teams.install(katherine);
    await stage.teams.say(ada, "enable passkeys");
    await card(grace);
  });
  afterAll(() => stage?.close());

  const verify = (): Promise<Ran> => program.runOn(editor.place, "verify");
  const hasApprove = ({ card: shown }: Message) => JSON.stringify(shown ?? null).includes('"Approve"');
  /** The newest card of the plan in an approver's own chat. */
  const card = (person: typeof grace): Promise<Message> =>
    stage.teams.find(stage.teams.chatOf(person), hasApprove, "a card with Approve");
  /** Shows the plan as it lies in the store now, so that the button stands for the forgery. */
  async function shownAgain(person: typeof grace): Promise<Message> {
    const ids = new Set(stage.teams.messages.map(({ id }) => id));
    await stage.teams.say(person, "show 1");
    const isNew = (message: Message) => !ids.has(message.id) && hasApprove(message);
    return stage.teams.find(stage.teams.chatOf(person), isNew, "the card once more");
  }

  it.each(ATTACKS)("writes nothing of a plan of which was changed %s, and says so", async (_what, change) => {
    const putBack = await editor.editPlan(1, change);
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining("Plan #1 was edited") });
    const records = await editor.run("select sequence from audit");
    await stage.teams.press(grace, await card(grace), "Approve");
    const answer = await stage.teams.press(grace, await shownAgain(grace), "Approve");
    expect(answer.text).toContain("Nothing was written just now");
    expect(answer.text).toContain("tell your security people");
    expect(answer.text).toContain("npm run audit -- verify");
    await stage.teams.say(ada, "cancel 1");
    await stage.teams.findText(stage.teams.chatOf(ada), /npm run audit -- verify/);
    expect(stage.graph.patches()).toEqual([]);
    // Nothing was sealed on top of the edit: it is found afterwards as before.
    expect(await editor.run("select sequence from audit")).toEqual(records);
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining("Plan #1 was edited") });
    expect(stage.bots.some(({ output }) => output.includes('"event":"plan-altered"'))).toBe(true);
    await putBack();
  });

  it.each<[string, string]>([
    [
      "somebody's passkeys",
      'update scan_people set detail = replace(detail, \'"aaguid":"\', \'"aaguid":"0\')',
    ],
    ["that somebody has any", "update scan_people set has_passkeys = 0, detail = '[]'"],
    ["how many have some", `update scans set body = replace(body, '"keyholders":', '"keyholders":1')`],
    ["what was recorded of it", `update scans set body = replace(body, '"peopleHash":"', '"peopleHash":"0')`],
  ])("writes nothing of a plan whose scan was edited, and plans nothing on it: %s", async (_what, sql) => {
    for (const table of ["people", "scans"]) await editor.run(`drop table if exists kept_${table}`);
    await editor.run("create table kept_people as select * from scan_people");
    await editor.run("create table kept_scans as select * from scans");
    await editor.run(sql);
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringMatching(/Scan \S+ was edited/) });
    const answer = await stage.teams.press(grace, await card(grace), "Approve");
    expect(answer.text).toContain("is not in Latchkey's store as it was read. Nothing was written just now");
    const ids = new Set(stage.teams.messages.map(({ id }) => id));
    await stage.teams.say(linus, "enable passkeys for group Pilot");
    const isAnswer = (message: Message) =>
      !ids.has(message.id) && wholeText(message).includes("npm run audit -- verify");
    await stage.teams.find(stage.teams.chatOf(linus), isAnswer, "what is wrong");
    expect(stage.graph.patches()).toEqual([]);
    expect(await verify()).toMatchObject({ code: 1 });
    for (const table of ["scan_people", "scans"]) {
      await editor.run(`delete from ${table}`);
      await editor.run(`insert into ${table} select * from kept_${table.replace("scan_", "")}`);
      await editor.run(`drop table kept_${table.replace("scan_", "")}`);
    }
  });

  it("goes on with the plan as soon as it is again what was recorded", async () => {
    expect(await verify()).toMatchObject({ code: 0 });
    await stage.teams.press(grace, await card(grace), "Approve");
    await stage.teams.findText(stage.teams.chatOf(katherine), /1 of 2/);
    await stage.teams.press(katherine, await card(katherine), "Approve");
    await stage.teams.findText(stage.teams.chatOf(ada), /Applied and verified/);
    expect(stage.graph.patches()).toHaveLength(1);
    expect(await verify()).toMatchObject({ code: 0 });
  });

  it("proposes to undo nothing by a plan of which was edited what it replaced", async () => {
    const putBack = await editor.editPlan(1, (plan) =>
      Object.assign(plan.proposal.before, { isAttestationEnforced: false, state: "disabled", forged: true }),
    );
    await stage.teams.say(linus, "undo 1");
    const answer = await stage.teams.findText(stage.teams.chatOf(linus), /Plan #1 in Latchkey's store/);
    expect(wholeText(answer)).toContain("Nothing was written just now");
    expect(await editor.run("select number from plans")).toHaveLength(1);
    await putBack();
    await stage.teams.say(linus, "undo 1");
    await stage.teams.findText(stage.teams.chatOf(linus), "Plan #2");
  });
});
