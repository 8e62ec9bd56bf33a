import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Channel, GROUP, message, press, startChannel } from "./channel.js";

let channel: Channel;
beforeEach(async () => {
  channel = await startChannel();
  await channel.gateway.installForEveryone();
});
afterEach(() => channel.close());

const activitiesOf = (conversation: string) =>
  `v3/conversations/${encodeURIComponent(conversation)}/activities`;
const plan = (text: string) => ({
  type: "message",
  attachments: [
    {
      contentType: "application/vnd.microsoft.card.adaptive",
      content: {
        type: "AdaptiveCard",
        version: "1.5",
        msteams: { width: "Full" },
        body: [{ type: "TextBlock", text, color: "Warning" }],
      },
    },
  ],
});
const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id;

describe("the connector wants the bot's own token", () => {
  test("and refuses none, a person's, one for Graph, and one of the channel", async () => {
    const { ada, entra, tenant, gateway } = channel;
    const graphToken = await fetch(`${entra.url}/${tenant.tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: tenant.clientId,
        client_secret: tenant.clientSecret,
        scope: "https://graph.microsoft.com/.default",
      }),
    }).then(async (response) => ((await response.json()) as { access_token: string }).access_token);
    for (const token of [
      "",
      "nonsense",
      graphToken,
      await entra.issueSsoToken(ada.id),
      await entra.issueChannelToken({ serviceUrl: gateway.serviceUrl }),
    ]) {
      const { status } = await channel.botSends("POST", activitiesOf(ada.personalChat), plan("#1"), token);
      expect(status).toBe(401);
    }
    expect((await channel.botSends("POST", activitiesOf(ada.personalChat), plan("#1"))).status).toBe(201);
    expect(channel.told.at(-1)).toMatch(/without a valid token/);
  });
});

describe("messages of the bot", () => {
  test("are shown in the window once it is open, those from before included", async () => {
    const { grace, playgrounds } = channel;
    await channel.botSends("POST", activitiesOf(grace.personalChat), plan("#1"));
    expect(playgrounds.grace.received).toEqual([]);
    await channel.opens(grace);
    await expect.poll(() => playgrounds.grace.received).toHaveLength(1);
    await channel.botSends("POST", activitiesOf(grace.personalChat), plan("#2"));
    expect(playgrounds.grace.received.map(({ body }) => body.attachments[0].content.body[0].text)).toEqual([
      "#1",
      "#2",
    ]);
  });

  test("are updated where they stand, also after the page was loaded again", async () => {
    const { grace, playgrounds } = channel;
    await channel.opens(grace);
    const id = idOf(await channel.botSends("POST", activitiesOf(grace.personalChat), plan("#1")));
    await channel.opens(grace);
    await expect.poll(() => playgrounds.grace.received).toHaveLength(2);
    const updated = await channel.botSends(
      "PUT",
      `${activitiesOf(grace.personalChat)}/${id}`,
      plan("#1 applied"),
    );
    expect(updated).toEqual({ status: 200, body: { id } });
    expect(playgrounds.grace.received.at(-1)).toMatchObject({
      method: "PUT",
      path: `/_connector/${decodeURIComponent(activitiesOf(grace.personalChat))}/grace-2`,
      body: { attachments: [{ content: { body: [{ text: "#1 applied" }] } }] },
    });
  });

  test("come without what the Playground warns about or draws unreadably", async () => {
    const { grace, playgrounds } = channel;
    await channel.opens(grace);
    await channel.botSends("POST", activitiesOf(grace.personalChat), plan("#1"));
    const card = playgrounds.grace.received[0]?.body.attachments[0].content;
    expect(card).toEqual({ type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text: "#1" }] });
  });

  test("lead to the bot's own pages where it listens, since nothing answers under its public address", async () => {
    const { grace, playgrounds, bot } = channel;
    await channel.opens(grace);
    const button = (url: string) => ({ type: "Action.OpenUrl", title: "Download", url });
    const [attachment] = plan("#1").attachments;
    const actions = [button("https://public.example:1/evidence/secret"), button("https://entra.example/x")];
    const content = { ...attachment?.content, actions };
    await channel.botSends("POST", activitiesOf(grace.personalChat), {
      ...plan("#1"),
      attachments: [{ ...attachment, content }],
    });
    expect(playgrounds.grace.received[0]?.body.attachments[0].content.actions).toEqual([
      button(`${new URL(bot.url).origin}/evidence/secret`),
      button("https://entra.example/x"),
    ]);
  });

  test("keep one id, though each window has its own: a press names the bot's", async () => {
    const { ada, grace, playgrounds } = channel;
    await channel.opens(ada);
    await channel.opens(grace);
    await channel.does(ada, message(ada, "<at>Latchkey</at> enable passkeys", GROUP));
    const inGroup = { id: GROUP, conversationType: "groupChat" };
    await channel.does(ada, { type: "installationUpdate", action: "add", conversation: inGroup });
    const id = idOf(await channel.botSends("POST", activitiesOf(GROUP), plan("#1")));
    expect(playgrounds.ada.received).toHaveLength(1);
    expect(playgrounds.grace.received).toHaveLength(2);
    await channel.does(grace, { ...press(grace, "approve", "grace-2"), conversation: inGroup });
    const invoke = channel.bot.received.findLast(({ body }) => body.type === "invoke");
    expect(invoke?.body.replyToId).toBe(id);
  });

  test("are refused when they are too big, or go where nothing is", async () => {
    const { ada } = channel;
    const big = await channel.botSends("POST", activitiesOf(ada.personalChat), plan("x".repeat(103_000)));
    expect(big).toMatchObject({ status: 413, body: { error: { code: "MessageSizeTooBig" } } });
    const nowhere = await channel.botSends("POST", activitiesOf("a:unknown"), plan("#1"));
    expect(nowhere).toMatchObject({ status: 404, body: { error: { code: "ConversationNotFound" } } });
    const nothing = await channel.botSends("PUT", `${activitiesOf(ada.personalChat)}/123`, plan("#1"));
    expect(nothing).toMatchObject({
      status: 404,
      body: { error: { code: "ActivityNotFoundInConversation" } },
    });
  });
});

describe("conversations", () => {
  test("a personal chat is opened by Teams id or object id, in our tenant only", async () => {
    const { grace, tenant } = channel;
    for (const id of [grace.teamsId, grace.id]) {
      const opened = await channel.botSends("POST", "v3/conversations", {
        members: [{ id }],
        tenantId: tenant.tenantId,
      });
      expect(opened).toEqual({ status: 201, body: { id: grace.personalChat } });
    }
    const stranger = { members: [{ id: "29:nobody" }], tenantId: tenant.tenantId };
    expect((await channel.botSends("POST", "v3/conversations", stranger)).status).toBe(403);
    const elsewhere = { members: [{ id: grace.id }], tenantId: grace.id };
    expect((await channel.botSends("POST", "v3/conversations", elsewhere)).status).toBe(403);
  });

  test("members are asked of the window, channels belong to one window", async () => {
    const { ada, playgrounds } = channel;
    await channel.botSends("GET", `v3/conversations/${encodeURIComponent(ada.personalChat)}/pagedmembers`);
    await channel.botSends("POST", activitiesOf("19:passkeys-ada@thread.tacv2;messageid=1"), plan("#1"));
    expect(playgrounds.ada.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /_connector/v3/conversations/${ada.personalChat}/pagedmembers`,
      "POST /_connector/v3/conversations/19:passkeys-ada@thread.tacv2;messageid=1/activities",
    ]);
    expect(playgrounds.grace.received).toEqual([]);
  });
});
