import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StrictTeamsAdapter } from "../../../src/teams/http/strict-adapter.js";
import { messenger } from "../../../src/teams/sending/messenger.js";
import { CLIENT, FakeChannel, ISSUER, TENANT } from "../fake-channel.js";

let channel: FakeChannel | undefined;
afterEach(() => channel?.stop());

describe("a call that Teams puts off", () => {
  it("waits as long as Teams asks for, outside of the time one call may take, and nobody else repeats it", async () => {
    channel = await FakeChannel.start();
    channel.nextStatuses.push({ status: 429, retryAfter: "30" }, { status: 503, retryAfter: "2" });
    const adapter = new StrictTeamsAdapter({
      clientId: CLIENT,
      tenantId: TENANT,
      authorityHost: channel.url,
      botOpenIdMetadataUrl: `${channel.url}/channel-openid`,
      botTokenIssuer: ISSUER,
      botScope: "https://api.botframework.com/.default",
      botToken: async () => "the-bot-token",
    });
    const pauses: number[] = [];
    const teams = messenger(adapter, async (pause) => void pauses.push(pause));
    const reference = { ...PLACE.reference, serviceUrl: channel.url };
    expect(await teams.post({ reference }, TEXT)).toBe("message-1");
    expect(pauses).toEqual([30_000, 2_000]);
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
const silent = async () =>
  ({ conversations: { sendToConversation: never, updateActivity: never, deleteActivity: never } }) as never;

describe("a call that Teams does not answer", () => {
  beforeEach(() => {
    signals = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  const adapter: Pick<StrictTeamsAdapter, "connectorTo"> = { connectorTo: silent };
  const teams = messenger(adapter, async () => {});
  it.each([
    ["post", () => teams.post(PLACE, TEXT)],
    ["replace", () => teams.replace(PLACE, "1", TEXT)],
    ["remove", () => teams.remove(PLACE, "1")],
  ] as const)("is given up after 15 seconds and not repeated: %s", async (_, call) => {
    const given = expect(call()).rejects.toThrow("Teams did not answer within 15 seconds");
    await vi.advanceTimersByTimeAsync(14_900);
    expect(signals).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    await given;
    expect(signals).toHaveLength(1);
    expect(signals[0]).toBeInstanceOf(AbortSignal);
  });
});
