import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";
import { MayHaveArrived } from "../../../src/teams/sending/arrival.js";
import { type Messenger, messenger } from "../../../src/teams/sending/messenger.js";
import { CLIENT, FakeChannel, TENANT } from "../fake-channel.js";

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
  const adapter = new StrictTeamsAdapter({
    clientId: CLIENT,
    tenantId: TENANT,
    authorityHost: real.entra.url,
    botOpenIdMetadataUrl: real.entra.channel.openIdMetadataUrl,
    botTokenIssuer: real.entra.channel.issuer,
    botScope: "https://api.botframework.com/.default",
    botToken: () => real.botToken(),
  });
  const pauses: number[] = [];
  const teams = messenger(adapter, async (pause) => void pauses.push(pause), { warn: () => {} });
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
    await expect(teams.postOnce(nowhere, TEXT)).rejects.toMatchObject({ code: "ECONNREFUSED" });
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

describe("a call that Teams refuses", () => {
  it("is not repeated, and is not taken for one that may have arrived", async () => {
    const { teams, channel: real, pauses, place } = await toChannel();
    real.teams.faults.next({ kind: "status", status: 403 });
    await expect(teams.postOnce(place, TEXT)).rejects.toMatchObject({ statusCode: 403 });
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

/** A connector that takes every call and answers none. */
let signals: (AbortSignal | undefined)[];
const never = (...given: unknown[]): Promise<never> => {
  signals.push((given.at(-1) as { abortSignal?: AbortSignal }).abortSignal);
  return new Promise(() => {});
};
const silent = async () => ({ conversations: { sendToConversation: never, updateActivity: never } }) as never;

describe("a call that Teams does not answer", () => {
  beforeEach(() => {
    signals = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  const adapter: Pick<StrictTeamsAdapter, "connectorTo"> = { connectorTo: silent };
  const teams = messenger(adapter, async () => {}, { warn: () => {} });
  it.each([
    ["a post", () => teams.post(PLACE, TEXT)],
    ["a replacement", () => teams.replace(PLACE, "1", TEXT)],
  ] as const)("is given up after 15 seconds, and repeated once: %s", async (_, call) => {
    const given = expect(call()).rejects.toThrow("Teams did not answer within 15 seconds");
    await vi.advanceTimersByTimeAsync(14_900);
    expect(signals).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(signals).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(15_000);
    await given;
    expect(signals).toHaveLength(2);
    expect(signals[0]).toBeInstanceOf(AbortSignal);
  });

  it("is given up after 15 seconds and not repeated when it has to be there once", async () => {
    const given = expect(teams.postOnce(PLACE, TEXT)).rejects.toBeInstanceOf(MayHaveArrived);
    await vi.advanceTimersByTimeAsync(15_100);
    await given;
    expect(signals).toHaveLength(1);
  });
});
