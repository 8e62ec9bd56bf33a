import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { BATCH, becomes, isScanCard } from "./scan-facts.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { StoreEditor } from "./store-editor.js";

// An approver who can write to the bot's database has another person ask: while a change waits for its scan, they make
// it one of that person, and mean to approve it themselves. The bot would record it so, with its own key.

const { ada, grace } = SAMPLE_PEOPLE;
const KEY = "c3".repeat(32);
/** Much longer than the second and a half after which a scan that something waits for is shown. */
const LONG_SCAN = { method: "POST", path: BATCH, delayMs: 5_000, times: Infinity } as const;
const ENGINES: readonly (readonly [string, StageOptions])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
];
let stage: Stage;
afterEach(() => stage?.close());

describe.each(ENGINES)("a change that waits for a scan, on %s", (_, engine) => {
  it("becomes no plan in the name of a person who did not ask for it", async () => {
    stage = await openStage({ ...engine, env: { RECORD_KEY: KEY } });
    const { teams, graph, bots } = stage;
    const editor = new StoreEditor(stage);
    await teams.install(ada);
    await teams.install(grace);
    graph.faults.next(LONG_SCAN);
    await teams.say(grace, "enable passkeys");
    await teams.find(teams.chatOf(grace), isScanCard, "the card of the scan");
    const [row] = await editor.run("select id, body from deferred_changes");
    const body = JSON.parse(String(row?.body));
    expect(body.person.id).toBe(grace.id);
    const forged = JSON.stringify({ ...body, person: { id: ada.id, name: ada.name } });
    await editor.run(`update deferred_changes set body = '${forged.replaceAll("'", "''")}'`);

    await teams.findText(teams.chatOf(grace), "is not on record as it is in Latchkey's store");
    expect(await editor.run("select number from plans")).toEqual([]);
    expect(await editor.run("select id from deferred_changes")).toEqual([]);
    expect(bots.some(({ output }) => output.includes('"event":"request-altered"'))).toBe(true);

    await teams.say(grace, "enable passkeys");
    await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(graph.patches()).toEqual([]);
  });

  it("becomes no plan when it was refused and is put back into the database", async () => {
    stage = await openStage({ ...engine, env: { RECORD_KEY: KEY } });
    const { teams, graph } = stage;
    const editor = new StoreEditor(stage);
    await teams.install(grace);
    const slow = graph.faults.next(LONG_SCAN);
    await teams.say(grace, "enable passkeys");
    const scan = await teams.find(teams.chatOf(grace), isScanCard, "the card of the scan");
    await editor.run("create table kept as select * from deferred_changes");
    await teams.press(grace, scan, "Cancel");
    await becomes(stage, scan, /Cancelled/);
    const answered = "select sequence from audit where body like '%\"change-answered\"%'";
    while ((await editor.run(answered)).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 100));
    slow.clear();
    await editor.run("insert into deferred_changes select * from kept");

    // What waits without a scan gets one within 15 seconds.
    await teams.findText(teams.chatOf(grace), "is not on record as it is in Latchkey's store");
    expect(await editor.run("select number from plans")).toEqual([]);
    expect(await editor.run("select id from deferred_changes")).toEqual([]);
  });
});
