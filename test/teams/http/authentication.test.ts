import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import { CLIENT, FakeChannel, newEntra } from "../fake-channel.js";
import { ADA, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
const printed = vi.spyOn(console, "error");

beforeAll(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => printed.mockClear());
afterAll(() => world.stop());

const bearer = async (token: Promise<string> | string) => `Bearer ${await token}`;

async function send(authorization: string | null, change: object = {}) {
  const before = world.channel.calls.length;
  const answer = await world.channel.send({ ...world.message(ADA, "help"), ...change }, authorization);
  await world.bot.idle();
  return { ...answer, answered: world.channel.calls.length > before };
}

describe("a request that the channel did not sign for us", () => {
  it.each<[string, () => Promise<string | null>]>([
    ["no token", async () => null],
    ["no bearer token", async () => "Basic YTpi"],
    ["garbage", async () => "Bearer abc.def.ghi"],
    ["a forged signature", () => bearer(world.channel.channelToken({ signing: "forged" }))],
    ["alg none", () => bearer(world.channel.channelToken({ signing: "none" }))],
    ["HS256", () => bearer(world.channel.channelToken({ signing: "HS256" }))],
    ["RS256 of an unknown key", () => bearer(world.channel.channelToken({ signing: "unknown-key" }))],
    ["a token of an hour ago", () => bearer(world.channel.channelToken({ expiresIn: -3600 }))],
    ["a token for later", () => bearer(world.channel.channelToken({ validFrom: 3600 }))],
    ["a token for another bot", () => bearer(world.channel.channelToken({ audience: "somebody-else" }))],
    ["another issuer", () => bearer(world.channel.channelToken({ issuer: "https://evil.example" }))],
    ["no serviceurl claim", () => bearer(world.channel.channelToken({ serviceUrl: undefined }))],
    [
      "another serviceurl claim",
      () => bearer(world.channel.channelToken({ serviceUrl: "https://evil.example" })),
    ],
    ["a key for another channel", () => bearer(world.channel.channelToken({ key: "for-another-channel" }))],
    ["a key for no channel", () => bearer(world.channel.channelToken({ key: "for-no-channel" }))],
    [
      "a key that names no channels",
      () => bearer(world.channel.channelToken({ key: "without-endorsements" })),
    ],
    // The framework takes them for the Emulator, or for another bot that uses this one as a skill.
    ...["https://sts.windows.net/", "https://login.microsoftonline.com/"].map(
      (host): [string, () => Promise<string>] => [
        `the issuer of the Emulator and of skills at ${host}`,
        () =>
          bearer(
            world.channel.channelToken({
              issuer: `${host}d6d49420-f39b-4df7-a1dc-d59a935871db/`,
              claims: { appid: CLIENT, azp: CLIENT, ver: "1.0" },
            }),
          ),
      ],
    ),
    ["what Entra issued to the bot itself", () => bearer(world.channel.botToken())],
    ["what Entra issued to a person for the bot", () => bearer(world.channel.ssoToken(ADA.id))],
    [
      "an audience that only contains the bot's",
      () => bearer(world.channel.channelToken({ audience: `x${CLIENT}` })),
    ],
    ["no audience", () => bearer(world.channel.channelToken({ claims: { aud: undefined } }))],
    ["no issuer", () => bearer(world.channel.channelToken({ claims: { iss: undefined } }))],
    [
      "a serviceurl claim that is no text",
      () => bearer(world.channel.channelToken({ claims: { serviceurl: 7 } })),
    ],
    ["two tokens", async () => `${await bearer(world.channel.channelToken())} x`],
    ["no expiry", () => bearer(world.channel.channelToken({ claims: { exp: undefined } }))],
  ])("is 401, says nothing and runs nothing: %s", async (_, authorization) => {
    const answer = await send(await authorization());
    expect(answer).toMatchObject({ status: 401, text: "", answered: false });
    expect(printed).not.toHaveBeenCalled();
  });

  it("is 401 when the activity names no service URL, though the token does", async () => {
    expect(await send(await bearer(world.channel.channelToken()), { serviceUrl: undefined })).toMatchObject({
      status: 401,
      answered: false,
    });
  });

  it("is 401 when the activity names no channel", async () => {
    const token = await bearer(world.channel.channelToken());
    expect(await send(token, { channelId: undefined })).toMatchObject({ status: 401, answered: false });
  });

  it("is 401 when the key is not endorsed for the channel the activity names", async () => {
    expect(await send(await bearer(world.channel.channelToken()), { channelId: "webchat" })).toMatchObject({
      status: 401,
      answered: false,
    });
  });

  it.each(["emulator", "directline", "skills"])(
    "is 401 for an activity of the channel %s",
    async (channelId) => {
      const skill = { channelId, recipient: { id: `28:${CLIENT}`, role: "skill" } };
      expect(await send(await bearer(world.channel.channelToken()), skill)).toMatchObject({
        status: 401,
        answered: false,
      });
      expect(await send(null, skill)).toMatchObject({ status: 401, answered: false });
    },
  );

  it("leaves nothing of the token in the log", async () => {
    const token = await world.channel.channelToken({ audience: "somebody-else" });
    await send(`Bearer ${token}`);
    const logged = JSON.stringify(world.logged);
    expect(logged).toContain("request-not-authenticated");
    for (const part of token.split(".")) expect(logged).not.toContain(part);
  });
});

describe("the channel's keys", () => {
  let entra: SimulatedEntra;
  beforeAll(async () => {
    entra = await newEntra();
  });
  afterAll(() => entra.close());

  it("are fetched at start, so that no click has to wait for them", async () => {
    const fresh = await TeamsWorld.start({}, {}, await FakeChannel.start(entra));
    const folder = "botframework/v1/.well-known";
    const both = [`${folder}/openidconfiguration`, `${folder}/keys`];
    await vi.waitFor(() => expect(entra.discovery.requests).toEqual(both));
    await fresh.say(ADA, "help");
    expect(fresh.card(personal(ADA))).toBeDefined();
    expect(entra.discovery.requests).toEqual(both);
    expect(fresh.logged.filter(({ level }) => level !== "info")).toEqual([]);
    expect(printed).not.toHaveBeenCalled();
    await fresh.stop();
  });

  it("may change while the bot runs: what the new ones sign is taken, what those before signed is not", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const running = await TeamsWorld.start({}, {}, await FakeChannel.start(entra));
      const status = async () => (await running.channel.send(running.message(ADA, "help"))).status;
      expect(await status()).toBe(200);
      const before = await bearer(running.channel.channelToken());
      await entra.changeChannelKeys();
      vi.setSystemTime(Date.now() + 15_000);
      expect(await status()).toBe(200);
      expect((await running.channel.send(running.message(ADA, "help"), before)).status).toBe(401);
      await running.quiet();
      expect(running.card(personal(ADA))).toBeDefined();
      await running.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it("are asked for anew at most every ten seconds, however many tokens of unknown keys come", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const attacked = await TeamsWorld.start({}, {}, await FakeChannel.start(entra));
      expect((await attacked.channel.send(attacked.message(ADA, "help"))).status).toBe(200);
      const unknown = await bearer(attacked.channel.channelToken({ signing: "unknown-key" }));
      const askedFor = async () => {
        const before = entra.discovery.requests.length;
        for (const _ of Array(5)) {
          expect((await attacked.channel.send(attacked.message(ADA, "help"), unknown)).status).toBe(401);
        }
        return entra.discovery.requests.length - before;
      };
      expect(await askedFor()).toBe(0);
      vi.setSystemTime(Date.now() + 15_000);
      // Where they are, and the keys.
      expect(await askedFor()).toBe(2);
      await attacked.stop();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a request the channel signed", () => {
  it("is answered, with the bot's own token", async () => {
    expect(await send(await bearer(world.channel.channelToken()))).toMatchObject({
      status: 200,
      answered: true,
    });
    expect(world.channel.calls.at(-1)).toMatchObject({
      conversation: personal(ADA).id,
      authorization: await bearer(world.channel.botToken()),
    });
  });

  it("may be two minutes past its expiry: clocks differ", async () => {
    expect(await send(await bearer(world.channel.channelToken({ expiresIn: -120 })))).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ["no sender", { from: undefined }],
    ["no type", { type: undefined }],
  ])("is 400 when it is %s", async (_, change) => {
    const activity = { ...world.message(ADA, "help"), ...change };
    expect((await world.channel.send(activity)).status).toBe(400);
  });

  it.each<[string, object]>([
    ["an id that is no text", { conversation: { id: { toString: 1 }, conversationType: "personal" } }],
    ["an id longer than any", { recipient: { id: "x".repeat(2_000) } }],
    ["a list where the sender stands", { from: [] }],
    ["a number as its type", { type: 7 }],
  ])("is 400 when it has %s", async (_, change) => {
    expect((await send(await bearer(world.channel.channelToken()), change)).status).toBe(400);
  });

  const mention = { type: "mention", mentioned: { id: `28:${CLIENT}` }, text: "<at>Latchkey</at>" };
  it.each<[string, object]>([
    ["entities that are no list", { entities: "mention" }],
    ["entities of no kind", { entities: [null, 1, "x", {}, { type: 7 }, [], { type: "mention" }] }],
    ["a mention of nobody", { entities: [{ type: "mention", mentioned: null, text: "x" }] }],
    ["a mention whose text is none", { entities: [{ ...mention, text: {} }] }],
    ["a mention in no text", { entities: [mention], text: undefined }],
    ["a text that is none", { text: { a: 1 } }],
    ["a text in a list", { text: ["help"], entities: [mention] }],
    ["another delivery mode", { deliveryMode: "expectReplies" }],
    ["a name that is none", { from: { id: "29:x", aadObjectId: ADA.id, name: 5 } }],
  ])("is 200 when it has %s", async (_, change) => {
    const { status, text } = await send(await bearer(world.channel.channelToken()), change);
    expect([status, text]).toEqual([200, ""]);
    expect(world.logged.map(({ event }) => event)).not.toContain("turn-failed");
  });

  it("is understood in spite of an odd entity before the mention of the bot", async () => {
    const change = { text: "<at>Latchkey</at> help", entities: [null, { type: "mention" }, mention] };
    expect(await send(await bearer(world.channel.channelToken()), change)).toMatchObject({ answered: true });
    expect(JSON.stringify(world.card(personal(ADA)))).toContain("enable passkeys");
  });
});
