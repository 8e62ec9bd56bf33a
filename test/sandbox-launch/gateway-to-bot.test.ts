import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sayButton } from "../../src/teams/cards/parts/say-button.js";
import { type Channel, GROUP, installation, message, press, startChannel } from "./channel.js";
import type { Received } from "./stub-servers.js";

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
});
afterEach(() => channel.close());

const ofType = (type: string): Received[] => channel.bot.received.filter(({ body }) => body.type === type);

describe("what a window sends reaches the bot as Teams would send it", () => {
  test("with tenant, channel, sender and a service URL of the gateway", async () => {
    const { tenant, gateway, ada } = channel;
    expect(await channel.does(ada, message(ada, "help"))).toMatchObject({ status: 200 });
    expect(ofType("message")[0]?.body).toMatchObject({
      text: "help",
      channelId: "msteams",
      serviceUrl: gateway.serviceUrl,
      conversation: { id: ada.personalChat, tenantId: tenant.tenantId },
      channelData: { tenant: { id: tenant.tenantId } },
      from: { id: ada.teamsId, aadObjectId: ada.id, name: "Ada Lovelace" },
    });
  });

  test("signed by the channel, with a token that vouches for the service URL", async () => {
    const { entra, tenant, gateway, ada } = channel;
    await channel.does(ada, message(ada, "help"));
    const token = ofType("message")[0]?.authorization?.replace("Bearer ", "") ?? "";
    const metadata = (await (await fetch(entra.channel.openIdMetadataUrl)).json()) as { jwks_uri: string };
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
      issuer: entra.channel.issuer,
      audience: tenant.clientId,
    });
    expect(payload.serviceurl).toBe(gateway.serviceUrl);
  });

  test("as the person of the window, whoever the activity claims to be from", async () => {
    const { ada, grace } = channel;
    await channel.does(ada, {
      ...message(ada, "approve it"),
      from: { id: grace.teamsId, aadObjectId: grace.id },
    });
    expect(ofType("message")[0]?.body.from).toMatchObject({ id: ada.teamsId, aadObjectId: ada.id });
  });

  test("only as JSON, which a web page elsewhere cannot send unasked", async () => {
    const response = await fetch(channel.gateway.endpointOf("grace"), {
      method: "POST",
      body: JSON.stringify(message(channel.grace, "enable passkeys")),
    });
    expect(response.status).toBe(415);
    expect(channel.bot.received).toEqual([]);
  });

  test("an installation once, however often the page is loaded", async () => {
    const { ada } = channel;
    await channel.gateway.installForEveryone();
    await channel.opens(ada);
    await channel.opens(ada);
    const added = { type: "conversationUpdate", membersAdded: [{ id: ada.teamsId }] };
    await channel.does(ada, { ...installation(ada), ...added });
    const ofAda = (type: string) => ofType(type).filter(({ body }) => body.from.aadObjectId === ada.id);
    expect(ofAda("installationUpdate")).toHaveLength(1);
    expect(ofAda("conversationUpdate")).toHaveLength(1);
  });

  test("a removal, after which the bot may not post there, and an installation anew", async () => {
    const { ada } = channel;
    await channel.opens(ada);
    await channel.does(ada, installation(ada, "remove"));
    const activities = `v3/conversations/${encodeURIComponent(ada.personalChat)}/activities`;
    const hello = { type: "message", text: "hello" };
    expect(await channel.botSends("POST", activities, hello)).toMatchObject({
      status: 403,
      body: { error: { code: "BotNotInConversationRoster" } },
    });
    const members = `v3/conversations/${encodeURIComponent(ada.personalChat)}/pagedmembers`;
    expect((await channel.botSends("GET", members)).status).toBe(403);
    await channel.opens(ada);
    expect(ofType("installationUpdate").map(({ body }) => body.action)).toEqual(["add", "remove", "add"]);
    expect((await channel.botSends("POST", activities, hello)).status).toBe(201);
  });

  test("what somebody writes in the group chat is shown to the others, too", async () => {
    const { ada, grace, playgrounds } = channel;
    await channel.opens(ada);
    await channel.opens(grace);
    await channel.does(ada, message(ada, "<at>Latchkey</at> enable passkeys", GROUP));
    await expect.poll(() => playgrounds.grace.received).toHaveLength(1);
    expect(playgrounds.grace.received[0]).toMatchObject({
      path: `/_connector/v3/conversations/${GROUP}/activities`,
      body: { text: "Ada Lovelace: @Latchkey enable passkeys" },
    });
    expect(playgrounds.ada.received).toEqual([]);
  });
});

describe("a button that speaks for the person who presses", () => {
  const offer = {
    type: "AdaptiveCard",
    version: "1.5",
    body: [{ type: "ActionSet", actions: [sayButton("enable passkeys", "Turn them on")] }],
  };
  const contentType = "application/vnd.microsoft.card.adaptive";

  /** What the Playground sends for the button as it was shown: its data, and what was ticked. */
  async function pressed(conversation = channel.ada.personalChat): Promise<void> {
    const { ada, playgrounds } = channel;
    await channel.opens(ada);
    const activities = `v3/conversations/${encodeURIComponent(ada.personalChat)}/activities`;
    await channel.botSends("POST", activities, {
      type: "message",
      attachments: [{ contentType, content: offer }],
    });
    const [set] = playgrounds.ada.received[0]?.body.attachments[0].content.body ?? [];
    const { data } = set.actions[0];
    expect(data).not.toHaveProperty("msteams");
    await channel.does(ada, { ...message(ada, "", conversation), value: { ...data, ticked: "one" } });
  }

  test("the words stand in that person's window, and come to the bot with the button's data", async () => {
    await pressed();
    expect(channel.playgrounds.ada.received[1]?.body).toMatchObject({
      type: "message",
      text: "Ada Lovelace: enable passkeys",
    });
    const { text, value } = ofType("message")[0]?.body ?? {};
    expect({ text, value }).toEqual({
      text: "enable passkeys",
      value: { say: "enable passkeys", ticked: "one" },
    });
  });

  test("in a group chat they stand in everybody's, in a channel in the window that it lives in", async () => {
    await channel.opens(channel.grace);
    await pressed(GROUP);
    const said = { text: "Ada Lovelace: enable passkeys" };
    expect(channel.playgrounds.ada.received[1]?.body).toMatchObject(said);
    await expect.poll(() => channel.playgrounds.grace.received[0]?.body).toMatchObject(said);
    await channel.does(channel.ada, {
      ...message(channel.ada, "", "19:passkeys-ada@thread.tacv2;messageid=1"),
      value: { say: "x", forTeams: { type: "messageBack", text: "x", displayText: "help" } },
    });
    expect(channel.playgrounds.ada.received[2]).toMatchObject({
      path: expect.stringContaining("passkeys-ada"),
      body: { text: "Ada Lovelace: help" },
    });
  });

  test("of any other button nothing can be read in the conversation", async () => {
    const { ada, grace, playgrounds } = channel;
    await channel.opens(grace);
    await channel.does(ada, { ...message(ada, "", GROUP), value: { say: "allow {ticked}" } });
    await channel.does(ada, message(ada, "help", GROUP));
    await expect.poll(() => playgrounds.grace.received).toHaveLength(1);
    expect(playgrounds.grace.received[0]?.body.text).toBe("Ada Lovelace: help");
  });
});

describe("a press of a card's button", () => {
  const card = (title: string) => ({
    statusCode: 200,
    type: "application/vnd.microsoft.card.adaptive",
    value: { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text: title }] },
  });
  const loginRequest = (change: object = {}) => ({
    statusCode: 401,
    type: "application/vnd.microsoft.activity.loginRequest",
    value: {
      text: "Sign in",
      connectionName: "graph",
      tokenExchangeResource: { id: "exchange-1", uri: channel.tenant.appIdUri },
      buttons: [{ type: "signin", title: "Sign in", value: "https://bot.example/auth-start" }],
      ...change,
    },
  });

  test("carries trigger, which the Playground leaves out, and is answered with the bot's card", async () => {
    channel.botAnswers(() => ({ body: card("Rejected") }));
    const { body } = await channel.does(channel.grace, press(channel.grace, "reject"));
    expect(ofType("invoke")[0]?.body.value).toMatchObject({ trigger: "manual", action: { verb: "reject" } });
    expect(body).toEqual(card("Rejected"));
  });

  test("signs the person in without a question and presses again with the token", async () => {
    const { grace, tenant, entra } = channel;
    channel.botAnswers(({ body }) => ({
      body: body.value.authentication === undefined ? loginRequest() : card("Applied"),
    }));
    expect((await channel.does(grace, press(grace, "approve"))).body).toEqual(card("Applied"));
    const [first, second] = ofType("invoke").map(({ body }) => body);
    expect(second.value.action).toEqual(first.value.action);
    expect(second.id).not.toBe(first.id);
    const { id, connectionName, token } = second.value.authentication;
    expect([id, connectionName]).toEqual(["exchange-1", "graph"]);
    expect(decodeJwt(token)).toMatchObject({ oid: grace.id, aud: tenant.clientId, tid: tenant.tenantId });
    expect(await entra.verify(token)).toBeDefined();
  });

  test.each(["the client cannot by itself", "the bot asks for more"])(
    "leads to the page of the sign-in button where %s",
    async (why) => {
      const { grace, entra } = channel;
      if (why === "the client cannot by itself") entra.signInRules.notSilently.add(grace.id);
      channel.botAnswers(() => ({ body: loginRequest() }));
      const { status, body } = await channel.does(grace, press(grace, "approve"));
      entra.signInRules.notSilently.clear();
      expect(status).toBe(200);
      expect(body).toMatchObject({
        type: "application/vnd.microsoft.activity.message",
        value: expect.stringMatching(/^Sign in \(In Teams a window opens\.\) http:\/\/127\.0\.0\.1:1\//),
      });
    },
  );

  test.each([
    ["no connectionName", { connectionName: "" }, /connectionName is empty/],
    ["another app's resource", { tokenExchangeResource: { id: "1", uri: "api://other" } }, /api:\/\/other/],
    ["an empty resource", { tokenExchangeResource: {} }, /id is empty; tokenExchangeResource\.uri/],
    ["no sign-in button", { buttons: [] }, /no button of type signin/],
    [
      "a button without https",
      { buttons: [{ type: "signin", value: "http://bot.example" }] },
      /no button of type signin/,
    ],
  ])("names what Teams would silently ignore: %s", async (_, change, problem) => {
    channel.botAnswers(() => ({ body: loginRequest(change) }));
    const { body } = await channel.does(channel.grace, press(channel.grace, "approve"));
    expect(body).toMatchObject({
      type: "application/vnd.microsoft.error",
      value: { message: expect.stringMatching(problem) },
    });
    expect(ofType("invoke")).toHaveLength(1);
  });

  test.each([
    [
      "412",
      {
        statusCode: 412,
        type: "application/vnd.microsoft.error.preconditionFailed",
        value: { message: "consent is missing" },
      },
      /consent is missing/,
    ],
    [
      "an error",
      {
        statusCode: 400,
        type: "application/vnd.microsoft.error",
        value: { code: "Expired", message: "It expired." },
      },
      /^It expired\.$/,
    ],
    [
      "an unknown type",
      { statusCode: 200, type: "application/vnd.microsoft.card.hero", value: {} },
      /card\.hero/,
    ],
    [
      "an empty text",
      { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "" },
      /empty text/,
    ],
    [
      "no card in a card",
      { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: {} },
      /not an Adaptive Card/,
    ],
  ])("shows the person an error the Playground would swallow: %s", async (_, answer, text) => {
    channel.botAnswers(() => ({ body: answer }));
    const { status, body } = await channel.does(channel.grace, press(channel.grace, "approve"));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: "application/vnd.microsoft.error",
      value: { message: expect.stringMatching(text) },
    });
  });

  test("shows a long link in the chat, where it can be followed, and the rest below the card", async () => {
    const link = "https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade";
    const type = "application/vnd.microsoft.activity.message";
    channel.botAnswers(() => ({ body: { statusCode: 200, type, value: `Activate it: ${link}` } }));
    const { body } = await channel.does(channel.grace, press(channel.grace, "approve"));
    expect(body).toMatchObject({ type, value: "Activate it: (link below)" });
    await expect.poll(() => channel.playgrounds.grace.received).toHaveLength(1);
    expect(channel.playgrounds.grace.received[0]?.body.text).toBe(`Activate it: [${link}](${link})`);
  });

  test("shows an error when the bot fails, and when it is not there", async () => {
    channel.botAnswers(() => ({ status: 500 }));
    const failed = await channel.does(channel.grace, press(channel.grace, "approve"));
    expect(failed.body).toMatchObject({ value: { message: expect.stringContaining("HTTP 500") } });
    await channel.bot.close();
    const gone = await channel.does(channel.grace, press(channel.grace, "approve"));
    expect(gone.body).toMatchObject({
      value: { message: expect.stringContaining("Unable to reach the app") },
    });
  });
});
