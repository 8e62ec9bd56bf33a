import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { chatOf, installationFrom, messageFrom } from "../../../simulators/teams/activities.js";
import { type SimulatedTeams, startTeams } from "../../../simulators/teams/simulated-teams.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../../src/core/json.js";
import { type RunningSimulators, runSimulators } from "../running-simulators.js";

const { ada, grace } = SAMPLE_PEOPLE;
const CHAT = chatOf(ada).id;

let simulators: RunningSimulators;
let botToken: string;
let teams: SimulatedTeams;
beforeAll(async () => {
  simulators = await runSimulators();
  botToken = await tokenFor("https://api.botframework.com/.default");
});
beforeEach(async () => {
  teams = await start();
  teams.conversations.install(CHAT);
});
afterEach(() => teams.close());
afterAll(() => simulators.close());

const start = (options: { keepsContents?: boolean } = {}) => {
  const { tenant, entra } = simulators;
  return startTeams({ tenant, entra, botEndpoint: () => "http://127.0.0.1:1", ...options });
};

async function tokenFor(scope: string): Promise<string> {
  const { body } = await simulators.askForToken({ grant_type: "client_credentials", scope });
  return String(body.access_token);
}

interface Sent {
  readonly status: number;
  readonly body: { readonly id?: string; readonly error?: { readonly code: string } };
  readonly retryAfter: string | null;
}

async function bot(method: string, path: string, body?: unknown, headers: object = {}): Promise<Sent> {
  const response = await fetch(`${teams.serviceUrl}${path}`, {
    method,
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${botToken}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? {} : JSON.parse(text),
    retryAfter: response.headers.get("retry-after"),
  };
}

const activities = (conversation = CHAT, id = "") =>
  `v3/conversations/${encodeURIComponent(conversation)}/activities${id && `/${id}`}`;
const says = (text: string): JsonObject => ({ type: "message", text });
const post = async (text: string): Promise<string> =>
  (await bot("POST", activities(), says(text))).body.id ?? "";
const texts = () => teams.messages.standing.map(({ text }) => text);

describe("a bot's message", () => {
  test("is numbered, changed where it stands, and kept with all its versions", async () => {
    const [first, second] = [await post("one"), await post("two")];
    expect(await bot("PUT", activities(CHAT, first), says("one, changed"))).toMatchObject({
      status: 200,
      body: { id: first },
    });
    expect(teams.messages.standing).toMatchObject([
      { number: 1, id: first, conversation: CHAT, text: "one, changed", updates: 1 },
      { number: 2, id: second, conversation: CHAT, text: "two", updates: 0 },
    ]);
    const [message] = teams.messages.standing;
    expect(message?.versions.map(({ text }) => text)).toEqual(["one", "one, changed"]);
  });

  test("that answers another one is a message of its own", async () => {
    const asked = await post("asked");
    const { status, body } = await bot("POST", activities(CHAT, asked), says("answered"));
    expect(status).toBe(201);
    expect(body.id).not.toBe(asked);
    expect(texts()).toEqual(["asked", "answered"]);
  });

  test("that was deleted is gone, can be asked about, and can be changed no more", async () => {
    const id = await post("a slip");
    expect((await bot("DELETE", activities(CHAT, id))).status).toBe(200);
    expect(texts()).toEqual([]);
    expect(teams.messages.find(CHAT, id)).toMatchObject({ text: "a slip", deleted: true });
    for (const method of ["PUT", "DELETE"]) {
      const again = await bot(method, activities(CHAT, id), says("back"));
      expect(again).toMatchObject({
        status: 404,
        body: { error: { code: "ActivityNotFoundInConversation" } },
      });
    }
  });

  test("cannot be changed from another conversation, nor can what a person wrote", async () => {
    const id = await post("here");
    teams.conversations.install("19:elsewhere@thread.v2");
    expect((await bot("PUT", activities("19:elsewhere@thread.v2", id), says("there"))).status).toBe(404);
    const person = teams.messages.post({ conversation: CHAT, author: ada.id, activity: says("mine") });
    expect((await bot("PUT", activities(CHAT, person.id), says("not yours"))).status).toBe(404);
    expect(texts()).toEqual(["here", "mine"]);
  });

  test.each<[string, string, unknown, object, number]>([
    ["too big", "POST", says("x".repeat(103_000)), {}, 413],
    ["no JSON type", "POST", says("x"), { "Content-Type": "text/plain" }, 415],
    ["no object", "POST", [says("x")], {}, 400],
    ["without a type", "POST", { text: "x" }, {}, 400],
    ["by a method for none", "PATCH", says("x"), {}, 405],
  ])("is refused when it is %s", async (_, method, body, headers, status) => {
    expect((await bot(method, activities(), body, headers)).status).toBe(status);
    expect(teams.messages.standing).toEqual([]);
    expect(teams.requests).toMatchObject([{ status, taken: false }]);
  });

  test("that is only passing, like typing, is taken and not kept", async () => {
    expect((await bot("POST", activities(), { type: "typing" })).status).toBe(202);
    expect(teams.messages.standing).toEqual([]);
  });

  test("is only counted where a load of thousands is sent, and can still be changed", async () => {
    await teams.close();
    teams = await start({ keepsContents: false });
    teams.conversations.install(CHAT);
    const id = await post("one of thousands");
    expect((await bot("PUT", activities(CHAT, id), says("changed"))).status).toBe(200);
    expect(teams.messages.find(CHAT, id)).toMatchObject({ text: "", versions: [], updates: 1 });
    expect(teams.requests).toEqual([]);
  });
});

describe("the connector", () => {
  test("wants the bot's own token each time, whoever else it trusts", async () => {
    await post("with its own");
    const graph = await tokenFor("https://graph.microsoft.com/.default");
    const person = await simulators.entra.issueSsoToken(ada.id);
    const channel = await simulators.entra.issueChannelToken({ serviceUrl: teams.serviceUrl });
    for (const Authorization of [
      "",
      "Basic YTpi",
      "Bearer x",
      ...[graph, person, channel].map((one) => `Bearer ${one}`),
    ]) {
      expect((await bot("POST", activities(), says("x"), { Authorization })).status).toBe(401);
    }
    expect(texts()).toEqual(["with its own"]);
  });

  test("knows where the bot is: not in what it never heard of, nor where it was removed", async () => {
    const nowhere = await bot("POST", activities("a:unknown"), says("x"));
    expect(nowhere).toMatchObject({ status: 404, body: { error: { code: "ConversationNotFound" } } });
    await teams.send(installationFrom(teams, ada, chatOf(ada), "remove"));
    // Whoever still writes to the bot there does not bring it back.
    await teams.send(messageFrom(teams, ada, chatOf(ada), "help"));
    const removed = await bot("POST", activities(), says("x"));
    expect(removed).toMatchObject({ status: 403, body: { error: { code: "BotNotInConversationRoster" } } });
    await teams.send(installationFrom(teams, ada, chatOf(ada)));
    expect((await bot("POST", activities(), says("x"))).status).toBe(201);
  });

  test("takes a thread for a part of its channel", async () => {
    await teams.send(messageFrom(teams, ada, { id: "19:c@thread.tacv2", kind: "channel" }, "help"));
    expect((await bot("POST", activities("19:c@thread.tacv2;messageid=17"), says("x"))).status).toBe(201);
  });

  test("opens a chat by either id of a person who has the bot, in its own tenant only", async () => {
    await teams.send(installationFrom(teams, grace, chatOf(grace)));
    const { tenantId } = simulators.tenant;
    const open = (id: string, tenant = tenantId) =>
      bot("POST", "v3/conversations", { members: [{ id }], tenantId: tenant });
    for (const id of [grace.id, `29:${grace.id}`]) {
      expect(await open(id)).toMatchObject({ status: 201, body: { id: chatOf(grace).id } });
    }
    expect((await open(ada.id)).status).toBe(403);
    expect((await open(grace.id, "other")).status).toBe(403);
    await teams.send(installationFrom(teams, grace, chatOf(grace), "remove"));
    expect((await open(grace.id)).status).toBe(403);
  });

  test("is below the path of its service URL and nowhere else", async () => {
    const { origin } = new URL(teams.serviceUrl);
    const response = await fetch(`${origin}/${activities()}`, { method: "POST" });
    expect(response.status).toBe(404);
    expect((await bot("GET", `v3/conversations/${encodeURIComponent(CHAT)}/members`)).status).toBe(404);
  });

  test("tells members of a conversation only to a bot in it, whatever was told late of its coming and going", async () => {
    const members = async () =>
      (await bot("GET", `v3/conversations/${encodeURIComponent(CHAT)}/pagedmembers?pageSize=1`)).status;
    expect(await members()).toBe(200);
    teams.conversations.uninstall(CHAT, Date.now() - 60_000);
    expect(await members()).toBe(200);
    teams.conversations.uninstall(CHAT);
    expect(await members()).toBe(403);
  });
});

describe("a fault", () => {
  test("is answered instead of the request, as long as it says, and then all is well", async () => {
    teams.faults.next({ kind: "status", status: 429, retryAfter: "30" }, { times: 2 });
    for (const _ of [1, 2]) {
      expect(await bot("POST", activities(), says("x"))).toMatchObject({ status: 429, retryAfter: "30" });
    }
    await post("taken");
    expect(texts()).toEqual(["taken"]);
  });

  test("strikes the method and the conversation it was put up for", async () => {
    const id = await post("one");
    teams.faults.next({ kind: "status", status: 503 }, { method: "PUT" });
    teams.faults.next({ kind: "status", status: 502 }, { conversation: "19:elsewhere@thread.v2" });
    expect((await bot("POST", activities(), says("two"))).status).toBe(201);
    expect((await bot("PUT", activities(CHAT, id), says("one, changed"))).status).toBe(503);
    teams.faults.clear();
    expect((await bot("POST", activities("19:elsewhere@thread.v2"), says("x"))).status).toBe(404);
  });

  test("cuts the connection before the message is taken, or after: the bot cannot tell which", async () => {
    for (const when of ["before", "after"] as const) {
      teams.faults.next({ kind: "cut", when });
      await expect(bot("POST", activities(), says(`cut ${when}`))).rejects.toThrow("fetch failed");
    }
    expect(texts()).toEqual(["cut after"]);
    expect(teams.requests.map(({ status, taken }) => ({ status, taken }))).toEqual([
      { status: undefined, taken: false },
      { status: undefined, taken: true },
    ]);
  });

  test("takes the message at once and answers late", async () => {
    teams.faults.next({ kind: "late", milliseconds: 150 });
    const began = performance.now();
    const sent = post("late");
    await expect.poll(texts, { interval: 5 }).toEqual(["late"]);
    expect(performance.now() - began).toBeLessThan(150);
    await sent;
    expect(performance.now() - began).toBeGreaterThanOrEqual(149);
  });
});
