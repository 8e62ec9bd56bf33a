import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { runToEnd } from "./bot-process.js";
import { botEnvironment, openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const POLICY_PATH = /authenticationMethodConfigurations/i;
let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

describe("starting", () => {
  it("names every problem of the configuration at once and ends with 1", async () => {
    const { code, output } = await runToEnd({
      CLIENT_ID: "not-a-guid",
      CLIENT_SECRET: "one",
      CLIENT_CERTIFICATE_PATH: "/no/such/file.pem",
      APPROVALS_REQUIRED: "0",
      GRAPH_URL: "http://graph.example",
      CLOUD: "mars",
    });
    expect(code).toBe(1);
    for (const name of [
      "CLIENT_ID",
      "TENANT_ID",
      "CLIENT_CERTIFICATE_PATH",
      "APPROVALS_REQUIRED",
      "GRAPH_URL",
      "CLOUD",
      "PUBLIC_URL",
    ]) {
      expect(output).toContain(name);
    }
    expect(output).not.toMatch(/\n\s+at /);
  });

  it("logs the rules in force, and has nothing for an operator to see to", async () => {
    stage = await openStage({ env: { APPROVALS_REQUIRED: "2", APPROVERS: grace.id, ACCESS: undefined } });
    const line = stage.bot.output.split("\n").find((each) => each.includes('"rules-in-force"'));
    expect(JSON.parse(line ?? "{}")).toMatchObject({
      access: "by role",
      approvers: [grace.id.toLowerCase()],
      approvalsRequired: 2,
      allowSelfApproval: false,
      emergencyAccounts: [],
    });
    const ready = await fetch(`${stage.bot.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready", attention: [] }]);
  });

  it("is refused to a second process on the same folder, with the reason", async () => {
    stage = await openStage();
    const { tenant, entra, graph, bot } = stage;
    const env = { ...botEnvironment(tenant, entra, graph.url), DATA_DIR: bot.dataDir, PORT: "0" };
    const { code, output } = await runToEnd(env);
    expect(code).toBe(1);
    expect(output).toMatch(/another Latchkey process/i);
  });
});

describe("metrics", () => {
  it("tell of the plan, of Graph, of the scan and of the duties, and name nobody", async () => {
    stage = await openStage();
    const { teams, bot } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    await teams.press(grace, card, "Approve");
    await teams.findText(teams.chatOf(grace), "Applied and verified");
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    for (const line of [
      /^latchkey_plan_transitions_total\{state="applied"\} 1$/m,
      /^latchkey_plan_waiting_seconds_count\{decision="approved"\} 1$/m,
      /^latchkey_graph_requests_total\{method="GET",status="2xx"\} [1-9]/m,
      /^latchkey_graph_requests_total\{method="PATCH",status="2xx"\} 1$/m,
      /^latchkey_scan_people_total\{outcome="read"\} [1-9]/m,
      /^latchkey_duty_held\{duty="plans"\} 1$/m,
      /^latchkey_plans_open\{state="waiting"\} \d/m,
    ]) {
      expect(text).toMatch(line);
    }
    const ours = text.split("\n").filter((line) => line.startsWith("latchkey_"));
    expect(ours.join("\n")).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|Ada|Grace|users\//);
  });
});

describe("stopping", () => {
  it("on SIGTERM finishes what is being applied, within eight seconds", async () => {
    stage = await openStage();
    const { teams, graph, bot } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    graph.faults.next({ method: "PATCH", path: POLICY_PATH, delayMs: 1_500 });
    const click = teams.press(grace, card, "Approve");
    await eventually(
      () =>
        graph.requests.some((request) => request.method === "PATCH") ||
        graph.faults.pending.length === 0 ||
        undefined,
      () => "the write",
    );
    const started = Date.now();
    expect(await bot.stop("SIGTERM")).toBe(0);
    expect(Date.now() - started).toBeLessThan(8_500);
    expect((await click).status).toBe(200);
    expect(stage.tenant.policy.state).toBe("enabled");
    await bot.restart();
    await teams.say(ada, "show 1");
    await teams.findText(teams.chatOf(ada), "Applied and verified");
  });

  it("on SIGTERM finishes and records a write that takes longer than a click may wait for its answer", async () => {
    stage = await openStage();
    const { teams, graph, bot } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    graph.faults.next({ method: "PATCH", path: POLICY_PATH, delayMs: 5_000 });
    const click = teams.press(grace, card, "Approve");
    await eventually(
      () => graph.faults.pending.length === 0 || undefined,
      () => "the write",
    );
    const started = Date.now();
    expect(await bot.stop("SIGTERM")).toBe(0);
    expect(Date.now() - started).toBeLessThan(8_500);
    expect((await click).text).toContain("Working on it");
    expect(stage.tenant.policy.state).toBe("enabled");
    expect(await bot.storedText()).toContain("write-verified");
    await bot.restart();
    await teams.say(ada, "show 1");
    await teams.findText(teams.chatOf(ada), "Applied and verified");
    expect(graph.patches()).toHaveLength(1);
  });

  it("by kill -9 during the write loses nothing: the restarted bot reads what happened, and writes no second time", async () => {
    stage = await openStage();
    const { teams, graph, bot } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    graph.faults.next({ method: "PATCH", path: POLICY_PATH, silence: "after" });
    const click = teams.press(grace, card, "Approve").catch(() => undefined);
    await eventually(
      () => (stage?.tenant.policy.state === "enabled" ? true : undefined),
      () => "the write to take effect",
    );
    await bot.stop("SIGKILL");
    await click;
    await bot.restart();
    const applied = await eventually(
      () =>
        wholeText(teams.current(card)).includes("Applied and verified") ? teams.current(card) : undefined,
      () => `the card to say applied; it says ${wholeText(teams.current(card))}`,
    );
    expect(wholeText(applied)).toContain("Grace Hopper");
    expect(graph.patches()).toHaveLength(1);
  });
});
