import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage } from "./stage.js";

const { ada, grace } = SAMPLE_PEOPLE;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

type Forgery = Omit<Parameters<Stage["entra"]["issueChannelToken"]>[0], "serviceUrl"> & {
  serviceUrl?: string;
};

async function sendWith(forgery: Forgery, change: Record<string, unknown> = {}): Promise<number> {
  const { teams, entra } = stage;
  const token = await entra.issueChannelToken({ serviceUrl: teams.serviceUrl, ...forgery });
  const activity = { ...teams.message(ada, "show policy"), ...change };
  return (await teams.send(activity, `Bearer ${token}`)).status;
}

describe("an activity", () => {
  it.each<[string, Forgery]>([
    ["forged", { signing: "forged" }],
    ["signed by an unknown key", { signing: "unknown-key" }],
    ["unsigned", { signing: "none" }],
    ["signed with the public key as HS256 secret", { signing: "HS256" }],
    ["expired", { expiresIn: -3_600 }],
    ["not yet valid", { validFrom: 3_600 }],
    ["for another bot", { audience: "99999999-9999-4999-8999-999999999999" }],
    ["from another issuer", { issuer: "https://evil.example" }],
    ["of another channel", { key: "for-another-channel" }],
    ["of a key for no channel", { key: "for-no-channel" }],
    ["of a key that names no channels", { key: "without-endorsements" }],
    ["for another service URL", { serviceUrl: "https://evil.example/" }],
    ["without the service URL claim", { serviceUrl: undefined as never }],
  ])("with a token that is %s gets 401 and no answer", async (_, forgery) => {
    const answered = stage.teams.received.length;
    expect(await sendWith(forgery)).toBe(401);
    expect(stage.teams.received).toHaveLength(answered);
  });

  it("without a token, with garbage, or without a service URL gets 401", async () => {
    const { teams } = stage;
    expect((await teams.send(teams.message(ada, "help"), "")).status).toBe(401);
    expect((await teams.send(teams.message(ada, "help"), "Bearer garbage")).status).toBe(401);
    expect(await sendWith({}, { serviceUrl: undefined })).toBe(401);
  });

  it("that is well signed is taken", async () => {
    expect(await sendWith({})).toBe(200);
    await stage.teams.findText(stage.teams.chatOf(ada), /passkey/i);
  });

  it.each<[string, Record<string, unknown>]>([
    ["the conversation", { conversation: { id: "a:x", conversationType: "personal", tenantId: "other" } }],
    ["the channel data", { channelData: { tenant: { id: "99999999-9999-4999-8999-999999999999" } } }],
    ["nothing at all", { channelData: {} }],
  ])("whose tenant by %s is not ours is not answered", async (_, change) => {
    const answered = stage.teams.received.length;
    expect(await sendWith({}, change)).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(stage.teams.received).toHaveLength(answered);
  });

  it("that is broken JSON, far too large or no activity is refused and the bot lives on", async () => {
    const { teams, entra } = stage;
    const token = await entra.issueChannelToken({ serviceUrl: teams.serviceUrl });
    const post = async (body: string, authorization = `Bearer ${token}`) => {
      const headers = { "Content-Type": "application/json", authorization };
      const answer = await fetch(`${stage.bot.url}/api/messages`, { method: "POST", headers, body });
      return answer.status;
    };
    const large = `"${"x".repeat(2_000_000)}"`;
    expect([await post("{"), await post(large), await post("{}")]).toEqual([400, 413, 401]);
    // Who is not signed for learns nothing about bodies.
    for (const body of ["{", large, "{}"]) expect(await post(body, "Bearer garbage")).toBe(401);
    expect((await fetch(`${stage.bot.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${stage.bot.url}/metrics`)).text()).toMatch(/latchkey_http_requests_total/);
  });

  it("with a button of another tenant's plan is politely refused", async () => {
    const { teams } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    await teams.findText(teams.chatOf(grace), "Plan #1");
    const answer = await teams.send({
      ...teams.message(grace, ""),
      type: "invoke",
      name: "adaptiveCard/action",
      channelData: { tenant: { id: "99999999-9999-4999-8999-999999999999" } },
      value: { action: { type: "Action.Execute", verb: "approve", data: { planId: 1, revision: 1 } } },
    });
    expect(answer.status).toBe(200);
    expect(stage.graph.patches()).toHaveLength(0);
  });
});
