import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TimeUp } from "../../../src/async/time-up.js";
import { oneRequest } from "../../../src/outbound/one-request.js";
import { MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { type ConnectorOptions, connector } from "../../../src/teams/sending/connector.js";
import { type Messenger, messenger } from "../../../src/teams/sending/messenger.js";
import { FakeChannel } from "../fake-channel.js";

let channel: FakeChannel | undefined;
afterEach(() => channel?.stop());

/** The bot's messenger, to a channel that does as it is told. */
async function toChannel(): Promise<{
  readonly teams: Messenger;
  readonly place: typeof PLACE;
  readonly channel: FakeChannel;
  readonly pauses: readonly number[];
}> {
  const real = await FakeChannel.start();
  channel = real;
  real.teams.conversations.install(PLACE.reference.conversation.id);
  const pauses: number[] = [];
  const to = connector({ request: oneRequest, botToken: () => real.botToken() });
  const teams = messenger(to, async (pause) => void pauses.push(pause), { warn: () => {} });
  return {
    teams,
    channel: real,
    pauses,
    place: { reference: { ...PLACE.reference, serviceUrl: real.teams.serviceUrl } },
  };
}

describe("a call that Teams puts off", () => {
  it("waits as long as Teams asks for, outside of the time one call may take, and nothing else repeats it", async () => {
    const { teams, channel: real, pauses, place } = await toChannel();
    real.teams.faults.next({ kind: "status", status: 429, retryAfter: "30" });
    real.teams.faults.next({ kind: "status", status: 503, retryAfter: "2" });
    expect(await teams.post(place, TEXT)).toBe("message-1");
    expect(pauses).toEqual([30_000, 2_000]);
  });

  it("is repeated for a card, too, since it was not taken", async () => {
    const { teams, channel: real, pauses, place } = await toChannel();
    real.teams.faults.next({ kind: "status", status: 412 });
    real.teams.faults.next({ kind: "status", status: 429, retryAfter: "1" });
    real.teams.faults.next({ kind: "status", status: 503 });
    expect(await teams.postOnce(place, TEXT)).toBe("message-1");
    expect(pauses).toHaveLength(3);
  });

  it("is repeated when nothing listens where it should go", async () => {
    const { teams, pauses, place } = await toChannel();
    const nowhere = { reference: { ...place.reference, serviceUrl: "http://127.0.0.1:9/" } };
    await expect(teams.postOnce(nowhere, TEXT)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    expect(pauses).toHaveLength(3);
  });
});

describe("a post that Teams may have taken", () => {
  const LOST = [
    ["502", { kind: "status", status: 502, taken: true }],
    ["504", { kind: "status", status: 504, taken: true }],
    ["a connection that ends", { kind: "cut", when: "after" }],
  ] as const;
  it.each(LOST)("is not repeated when it has to be there once: %s", async (_, lost) => {
    const { teams, channel: real, pauses, place } = await toChannel();
    real.teams.faults.next(lost);
    await expect(teams.postOnce(place, TEXT)).rejects.toBeInstanceOf(MayHaveArrived);
    expect([real.posts().length, pauses.length]).toEqual([1, 0]);
  });

  it.each(LOST)("is repeated when not to be there at all would be worse: %s", async (_, lost) => {
    const { teams, channel: real, place } = await toChannel();
    real.teams.faults.next(lost);
    expect(await teams.post(place, TEXT)).toBe("message-2");
    expect(real.posts()).toHaveLength(2);
  });

  it.each(LOST)("is repeated when it replaces a message, which comes to the same: %s", async (_, lost) => {
    const { teams, channel: real, place } = await toChannel();
    const id = await teams.post(place, TEXT);
    real.teams.faults.next(lost);
    await teams.replace(place, id, TEXT);
    expect(real.calls.map(({ method, activityId }) => [method, activityId])).toEqual([
      ["POST", undefined],
      ["PUT", id],
      ["PUT", id],
    ]);
  });
});

describe("a message", () => {
  it("says of people and conversation what the channel knows, and nothing else that was kept", async () => {
    const { teams, channel: real, place } = await toChannel();
    const { bot, conversation, ...rest } = place.reference;
    const reference = {
      ...rest,
      bot: { ...bot, name: "Passkeys", locale: "de" },
      user: { id: "29:u", aadObjectId: "o", tenantId: "t" },
      conversation: { ...conversation, conversationType: "personal", tenantId: "t", topic: "x" },
    };
    await teams.post({ reference }, TEXT);
    expect(real.posts()[0]?.body).toEqual({
      type: "message",
      channelId: "msteams",
      serviceUrl: real.teams.serviceUrl,
      from: { id: "28:b", name: "Passkeys" },
      recipient: { id: "29:u", name: "", aadObjectId: "o" },
      conversation: { id: "a", isGroup: false, conversationType: "personal", name: "", tenantId: "t" },
      text: "hello",
      textFormat: "markdown",
    });
  });
});

describe("a call that Teams refuses", () => {
  it("is not repeated, and is not taken for one that may have arrived", async () => {
    const { teams, channel: real, pauses, place } = await toChannel();
    real.teams.faults.next({ kind: "status", status: 403 });
    await expect(teams.postOnce(place, TEXT)).rejects.toMatchObject({ status: 403 });
    expect(pauses).toEqual([]);
  });
});

const PLACE = {
  reference: {
    channelId: "msteams",
    serviceUrl: "https://x",
    bot: { id: "28:b" },
    conversation: { id: "a" },
  },
};
const TEXT = { kind: "text", text: "hello" } as const;

/** A service that takes every call and answers none. */
let asked: Parameters<ConnectorOptions["request"]>[0][];
const silent: ConnectorOptions["request"] = (request) => {
  asked.push(request);
  request.onSent();
  return new Promise((_, reject) => {
    setTimeout(() => reject(new TimeUp()), request.timeoutMs);
  });
};

describe("a call that Teams does not answer", () => {
  beforeEach(() => {
    asked = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  const teamsOf = (botToken: () => Promise<string>) =>
    messenger(connector({ request: silent, botToken }), async () => {}, { warn: () => {} });
  const teams = teamsOf(async () => "token");
  it.each([
    ["a post", () => teams.post(PLACE, TEXT)],
    ["a replacement", () => teams.replace(PLACE, "1", TEXT)],
  ] as const)("is given up after 15 seconds, and repeated once: %s", async (_, call) => {
    const given = expect(call()).rejects.toThrow("Teams did not answer within 15 seconds");
    await vi.advanceTimersByTimeAsync(14_900);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(15_000);
    await given;
    expect(asked).toHaveLength(2);
  });

  it("is given up after 15 seconds and not repeated when it has to be there once", async () => {
    const given = expect(teams.postOnce(PLACE, TEXT)).rejects.toBeInstanceOf(MayHaveArrived);
    await vi.advanceTimersByTimeAsync(15_100);
    await given;
    expect(asked).toHaveLength(1);
  });

  it("has less time for the answer when the bot's own token comes late", async () => {
    const late = teamsOf(() => new Promise((resolve) => setTimeout(() => resolve("token"), 10_000)));
    const given = expect(late.postOnce(PLACE, TEXT)).rejects.toBeInstanceOf(MayHaveArrived);
    await vi.advanceTimersByTimeAsync(15_100);
    await given;
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000]);
  });

  it("is repeated, and never sent, when the bot's own token comes too late", async () => {
    const late = teamsOf(() => new Promise((resolve) => setTimeout(() => resolve("token"), 16_000)));
    const why = "The bot's own token did not come within 15 seconds";
    const given = expect(late.postOnce(PLACE, TEXT)).rejects.toThrow(why);
    await vi.advanceTimersByTimeAsync(60_000);
    await given;
    expect(asked).toEqual([]);
  });
});
