import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram } from "../audit-cli/audit-program.js";
import { buttonsOf } from "./read-card.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { StoreEditor } from "./store-editor.js";
import { eventually, wholeText } from "./teams.js";

const { grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:approvals@thread.tacv2", kind: "channel" } as const;
const ACCEPT = "Accept as new baseline";
const ENGINES: readonly (readonly [string, Pick<StageOptions, "onPostgres">])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 1 }],
];

let audit: AuditProgram;
let stage: Stage;
beforeAll(async () => {
  audit = await AuditProgram.bundle();
});
afterAll(() => audit?.remove());
afterEach(() => stage?.close());

/** Events of the record that have to do with drift, in their order. */
async function recorded(editor: StoreEditor): Promise<readonly string[]> {
  const rows = await editor.run("select body from audit order by sequence");
  const events = rows.map(({ body }) => String(JSON.parse(String(body)).event));
  return events.filter((event) => /^(drift|baseline)/.test(event));
}

describe.each(ENGINES)("who changed the policy outside, on %s,", (_, engine) => {
  it("does not accept that drift alone, though an approver; another approver does", async () => {
    stage = await openStage({ ...engine, env: { DRIFT_CHECK_MINUTES: "0.02" } });
    const { teams, bot, graph, tenant } = stage;
    const editor = new StoreEditor(stage);
    await teams.say(grace, "approvals here", ROOM);
    await teams.findText(ROOM, "posted here");
    await eventually(
      () => bot.output.includes("baseline-set") || undefined,
      () => `a first look at the policy:\n${bot.output}`,
    );
    graph.portalEdit(grace.id, (policy) => {
      policy.isSelfServiceRegistrationAllowed = !policy.isSelfServiceRegistrationAllowed;
    });
    const edited = structuredClone(tenant.policy);
    const card = await teams.findText(ROOM, `Changed by ${grace.name}`);
    expect(wholeText(card)).toContain("Drift 1 ·");
    const before = await recorded(editor);

    const refused = await teams.press(grace, card, ACCEPT, { inputs: { reason: "It was me, all is well" } });
    expect(refused.text).toContain(
      "names you among those who made this change, so you cannot accept drift 1",
    );
    expect(refused.text).toContain("Ask another approver");
    expect(buttonsOf(teams.current(card).card)).toContain(ACCEPT);
    expect(wholeText(teams.current(card))).not.toContain("Accepted by");
    expect(await recorded(editor)).toEqual(before);
    expect(before.filter((event) => event.startsWith("drift-accepted"))).toEqual([]);

    await teams.press(katherine, card, ACCEPT, { inputs: { reason: "Grace told me why" } });
    const done = await eventually(
      () => [teams.current(card)].find((now) => wholeText(now).includes(`Accepted by ${katherine.name}`)),
      () => `the drift to be accepted; its card says ${wholeText(teams.current(card))}`,
    );
    expect(wholeText(done)).toContain("Grace told me why");
    expect(wholeText(done)).not.toContain("It was me");
    expect(buttonsOf(done.card)).toEqual([]);
    expect((await recorded(editor)).slice(before.length)).toEqual(["drift-accepted", "baseline-set"]);
    expect(graph.patches()).toEqual([]);
    expect(tenant.policy).toEqual(edited);
    const { code, stdout, stderr } = await audit.runOn(editor.place, "verify");
    expect(stdout + stderr).toMatch(/intact/i);
    expect(code).toBe(0);
  });
});
