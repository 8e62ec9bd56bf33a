import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { StoreEditor } from "./store-editor.js";
import { eventually } from "./teams.js";

// Somebody can write to the bot's database, and makes the time of plans be up: from then on the bot looks after these
// plans by itself, again and again.

const { ada, grace, linus } = SAMPLE_PEOPLE;
const ENGINES: readonly (readonly [string, StageOptions])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
];
let stage: Stage;
afterEach(() => stage?.close());

const output = () => stage.bots.map((bot) => bot.output).join("\n");
async function readyz(): Promise<string> {
  const answers = await Promise.all(stage.bots.map(({ url }) => fetch(`${url}/readyz`)));
  return (await Promise.all(answers.map((answer) => answer.text()))).join("\n");
}
const until = (isSo: (said: string) => boolean) =>
  eventually(
    async () => isSo(await readyz()) || undefined,
    () => `/readyz to change:\n${output()}`,
  );
const timesLogged = (event: string, plan: number): number =>
  output()
    .split("\n")
    .filter((line) => line.includes(`"event":"${event}"`) && line.includes(`"plan":${plan},`)).length;

describe.each(ENGINES)("plans whose end was edited, on %s", (_, engine) => {
  it("are logged once and stay on /readyz until they are put back, and then go on", async () => {
    stage = await openStage(engine);
    const { teams, graph } = stage;
    const editor = new StoreEditor(stage);
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    await teams.say(linus, "enable passkeys for group Pilot");
    await teams.findText(teams.chatOf(grace), "Plan #2");
    const records = await editor.run("select sequence from audit");

    const past = (plan: object) => Object.assign(plan, { expiresAt: "2020-01-01T00:00:00.000Z" });
    const first = await editor.editPlan(1, past);
    await until((said) => said.includes("Plan #1 is in the database not as it was recorded"));
    const second = await editor.editPlan(2, past);
    // Plan #2 is found at a later turn than plan #1, which that turn met again.
    await until((said) => said.includes("Plans #1, #2 are in the database not as they were recorded"));
    expect([1, 2].map((plan) => timesLogged("plan-altered", plan))).toEqual([1, 1]);
    expect(timesLogged("plan-not-settled", 1)).toBe(0);
    expect(await editor.run("select sequence from audit")).toEqual(records);

    await first();
    await until((said) => said.includes("Plan #2 is in the database not as it was recorded"));
    await second();
    await until((said) => !said.includes("in the database not as"));
    await teams.press(grace, card, "Approve");
    await teams.findText(teams.chatOf(ada), /Applied and verified/);
    expect(graph.patches()).toHaveLength(1);
  });
});
