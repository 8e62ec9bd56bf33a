import { describe, expect, test } from "vitest";
import {
  asTeamsSends,
  chatOf,
  type Envelope,
  installationFrom,
  membersAddedFrom,
  messageFrom,
  pressFrom,
  type Room,
} from "../../../simulators/teams/activities.js";

const ENVELOPE: Envelope = {
  tenantId: "the-tenant",
  clientId: "the-bot",
  serviceUrl: "https://smba.example/emea/",
};
const ADA = { id: "ada-in-entra", name: "Ada Lovelace" };
const THREAD: Room = { id: "19:c@thread.tacv2;messageid=17", kind: "channel" };
const AROUND = {
  id: expect.stringMatching(/^f:/),
  timestamp: expect.any(String),
  channelId: "msteams",
  serviceUrl: ENVELOPE.serviceUrl,
  from: { id: "29:ada-in-entra", name: "Ada Lovelace", aadObjectId: "ada-in-entra" },
  recipient: { id: "28:the-bot", name: "Latchkey" },
};
const IN_CHAT = {
  ...AROUND,
  conversation: { id: "a:ada-in-entra", conversationType: "personal", tenantId: "the-tenant" },
  channelData: { tenant: { id: "the-tenant" } },
};

describe("what Teams sends to a bot", () => {
  test("a message in a person's own chat", () => {
    expect(messageFrom(ENVELOPE, ADA, chatOf(ADA), "help")).toEqual({
      ...IN_CHAT,
      type: "message",
      text: "help",
      textFormat: "plain",
      entities: [],
    });
  });

  test("a message where others read along, with the bot mentioned and the channel of the thread", () => {
    expect(messageFrom(ENVELOPE, ADA, THREAD, "help")).toEqual({
      ...AROUND,
      conversation: {
        id: THREAD.id,
        conversationType: "channel",
        isGroup: true,
        tenantId: "the-tenant",
      },
      channelData: {
        team: { id: "19:team" },
        channel: { id: "19:c@thread.tacv2" },
        tenant: { id: "the-tenant" },
      },
      type: "message",
      text: "<at>Latchkey</at> help",
      textFormat: "plain",
      entities: [
        { type: "mention", text: "<at>Latchkey</at>", mentioned: { id: "28:the-bot", name: "Latchkey" } },
      ],
    });
  });

  test("a press of a card's button, with the proof of who presses when there is one", () => {
    const action = { type: "Action.Execute", verb: "approve", data: { planId: 1 } };
    const authentication = { id: "1", connectionName: "graph", token: "t" };
    expect(pressFrom(ENVELOPE, ADA, chatOf(ADA), { card: "17", action, authentication })).toEqual({
      ...IN_CHAT,
      type: "invoke",
      name: "adaptiveCard/action",
      replyToId: "17",
      value: { action, authentication, trigger: "manual" },
    });
  });

  test("that the bot was installed, and who is there now", () => {
    const update = { ...IN_CHAT, type: "installationUpdate", action: "add" };
    expect(installationFrom(ENVELOPE, ADA, chatOf(ADA))).toEqual(update);
    const people = [{ id: "29:ada-in-entra", aadObjectId: "ada-in-entra" }, { id: "28:the-bot" }];
    expect(membersAddedFrom(ENVELOPE, ADA, chatOf(ADA))).toEqual({
      ...IN_CHAT,
      type: "conversationUpdate",
      membersAdded: people,
    });
    expect(membersAddedFrom(ENVELOPE, ADA, THREAD).membersAdded).toEqual([{ id: "28:the-bot" }]);
  });

  test("as the person who does it, whoever the activity claims to be from", () => {
    const claimed = { type: "message", from: { id: "29:grace" }, serviceUrl: "https://evil.example" };
    expect(asTeamsSends(claimed, { ...ADA, teamsId: "29:1ada" }, ENVELOPE)).toMatchObject({
      from: { id: "29:1ada", aadObjectId: "ada-in-entra" },
      serviceUrl: ENVELOPE.serviceUrl,
    });
  });
});
