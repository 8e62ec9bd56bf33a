import { afterAll, beforeAll, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { finishedScan, keyholders } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually } from "./teams.js";

const { ada } = SAMPLE_PEOPLE;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ onPostgres: 2, tenant: { people: 60, policy: "profiles" } });
});
afterAll(() => stage?.close());

/** Lines of all processes that say that a sample was kept. */
const sampled = (): readonly string[] =>
  stage.bots.flatMap(({ output }) => output.split("\n").filter((line) => line.includes("adoption-sampled")));

it("adoption is kept after a scan by one of two processes, in numbers and nothing of a person", async () => {
  await stage.teams.say(ada, "scan");
  await finishedScan(stage, stage.teams.chatOf(ada));
  await eventually(
    () => (sampled().length > 0 ? true : undefined),
    () => "a sample of adoption",
  );
  const rows = (await stage.database?.run("select body from adoption_samples")) ?? [];
  expect(rows).toHaveLength(1);
  const body = String(rows[0]?.body);
  const { whole } = JSON.parse(body) as { readonly whole: { readonly withPasskey: number } };
  expect(whole.withPasskey).toBe(keyholders(stage.tenant).length);
  for (const { displayName, id } of stage.tenant.users.values()) {
    expect(body).not.toContain(displayName);
    expect(body).not.toContain(id);
  }
  expect(sampled()).toHaveLength(1);
});
