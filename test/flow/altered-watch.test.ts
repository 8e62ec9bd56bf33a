import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram, type Ran } from "../audit-cli/audit-program.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { type StoredJson, StoreEditor } from "./store-editor.js";
import { eventually, type Message, wholeText } from "./teams.js";

// Somebody can write to the bot's database. They change what was found, or what it is compared with; the approver who
// presses Accept or Put back is honest.

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:approvals@thread.tacv2", kind: "channel" } as const;
const ACCEPT = "Accept as new baseline";
const reason = { inputs: { reason: "It was agreed" } };
let program: AuditProgram;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program?.remove());

type Table = "drifts" | "baselines";
const ATTACKS: readonly (readonly [string, Table, (row: StoredJson) => void])[] = [
  ["what was found", "drifts", ({ difference }) => Object.assign(difference.after, { state: "enabled" })],
  [
    "what it is put back to",
    "drifts",
    ({ difference }) => Object.assign(difference.before, { state: "enabled" }),
  ],
  ["what its card says of the difference", "drifts", ({ difference }) => difference.changes.pop()],
  ["who wrote it", "drifts", (drift) => Object.assign(drift, { writers: [] })],
  [
    "who accepts it",
    "drifts",
    (drift) =>
      Object.assign(drift, { acceptances: [{ by: ada, at: drift.readAt, reason: "yes", revision: 1 }] }),
  ],
  [
    "what the policy is compared with",
    "baselines",
    ({ policy }) => Object.assign(policy, { state: "enabled" }),
  ],
  [
    "whose write that was",
    "baselines",
    (baseline) =>
      Object.assign(baseline, { source: { kind: "applied", planNumber: 1, by: ada, sentAt: baseline.at } }),
  ],
];

describe.each<[string, StageOptions]>([
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
])("drifts and baselines that are edited, on %s", (_, options) => {
  let stage: Stage;
  let editor: StoreEditor;
  beforeAll(async () => {
    stage = await openStage({ ...options, env: { DRIFT_CHECK_MINUTES: "0.02" } });
    editor = new StoreEditor(stage);
    const { teams, graph } = stage;
    await teams.say(grace, "approvals here", ROOM);
    await teams.findText(ROOM, "posted here");
    await logged("baseline-set");
    graph.portalEdit(katherine.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    await teams.findText(ROOM, `Changed by ${katherine.name}`);
  });
  afterAll(() => stage?.close());

  const verify = (): Promise<Ran> => program.runOn(editor.place, "verify");
  const output = () => stage.bots.map((bot) => bot.output).join("\n");
  const logged = (event: string) =>
    eventually(
      () => output().includes(`"event":"${event}"`) || undefined,
      () => `${event} in the log:\n${output()}`,
    );
  const card = (): Promise<Message> => stage.teams.findText(ROOM, "Drift 1 ·");
  async function shownAgain(): Promise<Message> {
    const ids = new Set(stage.teams.messages.map(({ id }) => id));
    await stage.teams.say(grace, "drift 1", ROOM);
    const isNew = (message: Message) => !ids.has(message.id) && wholeText(message).includes("Drift 1 ·");
    return stage.teams.find(ROOM, isNew, "the card once more");
  }
  const write = (table: Table, body: string) =>
    editor.run(`update ${table} set body = '${body.replaceAll("'", "''")}'`);
  /** Resolves when one of the processes says it on /readyz. */
  async function said(words: string): Promise<void> {
    const isSaid = async () => {
      const answers = await Promise.all(stage.bots.map(({ url }) => fetch(`${url}/readyz`)));
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      return texts.some((text) => text.includes(words)) || undefined;
    };
    await eventually(isSaid, () => `${words} on /readyz:\n${output()}`);
  }
  const watchRecords = () => editor.run("select body from audit order by sequence");

  it.each(ATTACKS)("bear no decision when somebody changed %s, and say so", async (_what, table, change) => {
    const [row] = await editor.run(`select body from ${table}`);
    const body = String(row?.body);
    const edited = JSON.parse(body);
    change(edited);
    await write(table, JSON.stringify(edited));
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining("was edited: ") });
    const records = await watchRecords();
    for (const shown of [await card(), await shownAgain()]) {
      for (const button of [ACCEPT, "Put back"]) {
        const { text } = await stage.teams.press(grace, shown, button, reason);
        expect(text).toContain("Nothing was done just now");
        expect(text).toContain("tell your security people");
        expect(text).toContain("npm run audit -- verify");
      }
    }
    await logged("watch-altered");
    await said("no drift is decided");
    // Nothing was sealed on top of the edit: it is found afterwards as before.
    expect(await watchRecords()).toEqual(records);
    expect(stage.graph.patches()).toEqual([]);
    expect(await editor.run("select number from plans")).toEqual([]);
    expect(await verify()).toMatchObject({ code: 1, stdout: expect.stringContaining("was edited: ") });
    await write(table, body);
  });

  it("go on as soon as they are again what was recorded", async () => {
    expect(await verify()).toMatchObject({ code: 0 });
    await stage.teams.press(grace, await card(), ACCEPT, reason);
    await stage.teams.findText(ROOM, `Accepted by ${grace.name}`);
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining(": intact") });
  });
});
