import { describe, expect, it } from "vitest";
import { tenantId } from "../../../src/core/person.js";
import { CLEANED_AT_MOST_CHARACTERS } from "../../../src/teams/incoming/message-text.js";
import { readActivity } from "../../../src/teams/incoming/read-activity.js";

const OURS = tenantId("bbbbbbbb-0000-4000-8000-000000000001");
const OTHER = "bbbbbbbb-0000-4000-8000-000000000002";
const OID = "CCCCCCCC-0000-4000-8000-000000000001";

function activity(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: "message",
    id: "1",
    text: "enable passkeys",
    channelId: "msteams",
    serviceUrl: "https://smba.example/emea/",
    from: { id: "29:ada", name: "Ada", aadObjectId: OID },
    recipient: { id: "28:bot", name: "Latchkey" },
    conversation: { id: "a:1", conversationType: "personal", tenantId: OURS },
    channelData: { tenant: { id: OURS } },
    ...change,
  };
}
const invoke = (value: unknown) => activity({ type: "invoke", name: "adaptiveCard/action", value });
const button = { verb: "approve", data: { planId: 12, revision: 2 } };

describe("reading an activity", () => {
  it("finds who said what, and where", () => {
    expect(readActivity(activity(), OURS)).toMatchObject({
      kind: "message",
      text: "enable passkeys",
      person: { id: OID.toLowerCase(), name: "Ada" },
      place: { id: "a:1", kind: "personal", tenantId: OURS, person: { name: "Ada" } },
    });
  });

  it("keeps what it takes to write there later, and not the message that was read", () => {
    const read = readActivity(activity(), OURS);
    expect(read.kind === "message" && read.place.reference).toEqual({
      channelId: "msteams",
      serviceUrl: "https://smba.example/emea/",
      bot: { id: "28:bot", name: "Latchkey" },
      conversation: { id: "a:1", conversationType: "personal" },
      user: { id: "29:ada" },
    });
  });

  it.each([
    ["the conversation's tenant is another", { conversation: { id: "a:1", tenantId: OTHER } }],
    ["the conversation names no tenant", { conversation: { id: "a:1" } }],
    ["the channel's tenant is another", { channelData: { tenant: { id: OTHER } } }],
    ["the channel names no tenant", { channelData: {} }],
    ["there is no channel data", { channelData: undefined }],
    ["the tenant is no text", { channelData: { tenant: { id: 7 } } }],
  ])("is foreign when %s", (_, change) => {
    expect(readActivity(activity(change), OURS)).toEqual({ kind: "foreign" });
  });

  it.each(["webchat", "emulator", "directline", "MSTEAMS"])(
    "is from elsewhere when the channel is %s",
    (channelId) => {
      expect(readActivity(activity({ channelId }), OURS)).toEqual({ kind: "elsewhere" });
    },
  );

  it.each([
    ["personal", "19:x", "personal"],
    ["channel", "19:x", "channel"],
    ["groupChat", "19:x", "group"],
    ["meeting", "a:1x", "group"],
    [undefined, "19:x", "group"],
    [undefined, "a:1x", "personal"],
    [undefined, "chat-with-ada", "personal"],
  ])("takes a conversation of type %s with the id %s for %s", (type, id, kind) => {
    const conversation = { id, tenantId: OURS, conversationType: type, isGroup: false };
    expect(readActivity(activity({ conversation }), OURS)).toMatchObject({ place: { kind } });
  });

  it("takes tenant ids in either case", () => {
    expect(readActivity(activity({ channelData: { tenant: { id: OURS.toUpperCase() } } }), OURS).kind).toBe(
      "message",
    );
  });

  it.each([
    ["no object id", { id: "29:x", name: "X" }],
    ["an object id that is no GUID", { id: "29:x", name: "X", aadObjectId: "1 or 1=1" }],
  ])("is from nobody when the sender has %s", (_, from) => {
    expect(readActivity(activity({ from }), OURS)).toEqual({ kind: "nameless" });
  });

  it("tells being removed from being updated", () => {
    const update = (action: string) =>
      readActivity(activity({ type: "installationUpdate", action }), OURS).kind;
    expect(update("add")).toBe("installed");
    expect(update("add-upgrade")).toBe("noticed");
    expect(update("remove")).toBe("removed");
    expect(update("remove-upgrade")).toBe("noticed");
    const left = (id: string) => activity({ type: "conversationUpdate", membersRemoved: [{ id }] });
    const came = (id: string) => activity({ type: "conversationUpdate", membersAdded: [{ id }] });
    expect(readActivity(came("28:bot"), OURS).kind).toBe("installed");
    expect(readActivity(came("29:person"), OURS).kind).toBe("noticed");
    expect(readActivity(left("28:bot"), OURS).kind).toBe("removed");
    expect(readActivity(left("29:somebody"), OURS).kind).toBe("noticed");
  });
});

describe("reading a click", () => {
  it("reads plan, revision, verb and reason, and nothing else", () => {
    const action = { ...button, data: { ...button.data, reason: "no", person: "root", change: {} } };
    expect(readActivity(invoke({ action }), OURS)).toMatchObject({
      kind: "click",
      via: "invoke",
      press: { verb: "approve", planNumber: 12, revision: 2, reason: "no" },
    });
  });

  it("hides the token from whoever prints what was read", () => {
    const read = readActivity(
      invoke({ action: button, authentication: { token: "secret.sso.token" } }),
      OURS,
    );
    expect(read).toMatchObject({ kind: "click" });
    expect(JSON.stringify(read)).not.toContain("secret");
  });

  it.each([
    ["nothing", undefined],
    ["a text", "approve"],
    ["no action", {}],
    ["another verb", { action: { ...button, verb: "deleteEverything" } }],
    ["a verb that is no text", { action: { ...button, verb: { $ne: 1 } } }],
    ["no plan", { action: { verb: "approve", data: { revision: 1 } } }],
    ["a plan that is no number", { action: { verb: "approve", data: { planId: "12; drop", revision: 1 } } }],
    ["a plan below one", { action: { verb: "approve", data: { planId: -1, revision: 1 } } }],
    ["half a revision", { action: { verb: "approve", data: { planId: 1, revision: 1.5 } } }],
    ["data that is no object", { action: { verb: "approve", data: [1, 2] } }],
  ])("presses nothing when the payload is %s", (_, value) => {
    expect(readActivity(invoke(value), OURS)).toMatchObject({ kind: "click", press: undefined });
  });

  it("reads the button of a client without Action.Execute, which sends a message", () => {
    const value = { verb: "cancel", planId: 3, revision: 1 };
    expect(readActivity(activity({ text: undefined, value }), OURS)).toMatchObject({
      kind: "click",
      via: "message",
      press: { verb: "cancel", planNumber: 3 },
    });
  });
});

describe("whom a message is for", () => {
  const room = { id: "19:room@thread.v2", conversationType: "groupChat", tenantId: OURS };
  const mention = (id: string) => ({ type: "mention", text: "<at>Latchkey</at>", mentioned: { id } });
  const isAddressed = (change: Record<string, unknown>) => {
    const read = readActivity(activity(change), OURS);
    return read.kind === "message" && read.addressed;
  };

  it("is the bot in a person's own chat, and elsewhere where it is mentioned", () => {
    expect(isAddressed({})).toBe(true);
    expect(isAddressed({ conversation: room })).toBe(false);
    expect(isAddressed({ conversation: room, entities: [{ type: "clientInfo" }, mention("28:bot")] })).toBe(
      true,
    );
    expect(isAddressed({ conversation: room, text: "<at>Latchkey</at> help" })).toBe(true);
  });

  it("is somebody else where somebody else is mentioned, whatever they are called", () => {
    expect(isAddressed({ conversation: room, entities: [mention("29:grace")] })).toBe(false);
    expect(isAddressed({ conversation: room, text: "Latchkey help", entities: "all" })).toBe(false);
  });
});

describe("reading a message's text", () => {
  it("takes the HTML where it tells what is quoted or struck through, and the plain words do not", () => {
    const content = "<p><s>disable passkeys</s></p><p>show policy</p>";
    const attachments = [
      { contentType: "application/json", content },
      { contentType: "text/html", content },
    ];
    expect(
      readActivity(activity({ text: "disable passkeys\nshow policy", attachments }), OURS),
    ).toMatchObject({
      text: "show policy",
    });
    expect(
      readActivity(activity({ attachments: [{ contentType: "text/html", content: "<p>hi</p>" }] }), OURS),
    ).toMatchObject({ text: "enable passkeys" });
  });

  it.each([
    ["<p>show policy</p>", "show policy"],
    ["enable passkeys for group R&amp;D", "enable passkeys for group R&D"],
    ["show&nbsp;12", "show\u00a012"],
    ["&#115;how &#x70;olicy", "show policy"],
    ["<at>Pilot</at> show 12<br>", "Pilot show 12"],
    ["a < b &unknown; c", "a < b &unknown; c"],
    ["&#99999999;", "&#99999999;"],
    ["<b <i>show 12", "<b show 12"],
  ])("%s", (typed, meant) => {
    expect(readActivity(activity({ text: typed }), OURS)).toMatchObject({ text: meant });
  });

  it("cleans no more of it than a command could need, and keeps the length of what is longer", () => {
    const markup = (length: number) => "<b>x</b>".repeat(length / 8);
    const read = (text: string) => readActivity(activity({ text }), OURS);
    expect(read(markup(CLEANED_AT_MOST_CHARACTERS))).toMatchObject({
      text: "x".repeat(CLEANED_AT_MOST_CHARACTERS / 8),
    });
    const long = markup(1_000_000);
    expect(read(long)).toMatchObject({ text: long });
  });
});
