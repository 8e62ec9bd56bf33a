import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { botIdOf, chatOf, installationFrom } from "../../../simulators/teams/activities.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Person } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, CHANNEL, findAction, GRACE, GROUP, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

/** Teams sends this, and everything that follows from it is done. */
async function deliver(activity: JsonObject, change: JsonObject = {}): Promise<number> {
  const { status } = await world.channel.send({ ...activity, ...change });
  await world.quiet();
  return status;
}
const asked = (change: JsonObject = {}): Promise<number> =>
  deliver(world.message(ADA, "enable passkeys"), change);
const plans = (): readonly Plan[] => [...world.tenant.store.plansByNumber.values()];
const isSilent = (): boolean => world.channel.posts().length === 0 && plans().length === 0;
const events = (): readonly string[] => world.logged.map(({ event }) => event);
const install = (person: Person, action: "add" | "remove") =>
  deliver(installationFrom(world.channel.teams, person, chatOf(person), action));

describe("who says it", () => {
  const from = { id: `29:${ADA.id}`, aadObjectId: ADA.id };

  it.each<[string, JsonObject]>([
    ["another one", { ...from, name: "Grace Hopper" }],
    ["none", from],
    ["null", { ...from, name: null }],
    ["an empty one", { ...from, name: " " }],
    ["no text", { ...from, name: 7 }],
    ["one without end", { ...from, name: "x".repeat(5_000) }],
  ])("is named as the directory does, whatever name comes with it: %s", async (_, sender) => {
    world.tenant.ports.directory.person = async (id) => ({ id, name: "Ada King" });
    expect(await asked({ from: sender })).toBe(200);
    expect(plans().map(({ requester }) => requester)).toEqual([{ id: ADA.id, name: "Ada King" }]);
  });

  it("is named as Teams does when the directory does not say, and by the id without either", async () => {
    world.tenant.ports.directory.person = async () => {
      throw new Error("no answer");
    };
    await asked();
    expect(plans()[0]?.requester.name).toBe(ADA.name);
    expect(events()).toContain("name-not-looked-up");
    await deliver(world.message(ADA, "disable passkeys"), { from: { ...from, name: "" } });
    expect(plans().every(({ requester }) => requester.id === ADA.id)).toBe(true);
    expect(plans().at(-1)?.requester.name).not.toBe("");
  });

  it.each<[string, () => JsonObject]>([
    ["by its id", () => ({ ...from, id: "28:another-bot" })],
    ["by its role", () => ({ ...from, role: "bot" })],
    ["Latchkey itself", () => ({ ...from, id: botIdOf(world.channel.teams) })],
  ])("is not answered when it is a bot: %s", async (_, sender) => {
    expect(await asked({ from: sender() })).toBe(200);
    expect(isSilent()).toBe(true);
  });

  it("is not answered when the sender belongs to another tenant, though the conversation is ours", async () => {
    expect(await asked({ from: { ...from, tenantId: "eeeeeeee-0000-4000-8000-00000000000e" } })).toBe(200);
    expect(isSilent()).toBe(true);
    expect(events()).toContain("activity-of-foreign-tenant");
  });

  it("is a guest who may do nothing, and hears so", async () => {
    world.tenant.roles.clear();
    world.tenant.guests.add(ADA.id);
    await asked();
    expect(plans()).toEqual([]);
    expect(world.texts(personal(ADA))).toHaveLength(1);
  });
});

describe("what was said", () => {
  it.each<[string, JsonObject]>([
    ["edited", { type: "messageUpdate", channelData: { eventType: "editMessage" } }],
    ["deleted", { type: "messageDelete", channelData: { eventType: "softDeleteMessage" } }],
    ["brought back", { type: "messageUpdate", channelData: { eventType: "undeleteMessage" } }],
    ["liked", { type: "messageReaction", reactionsAdded: [{ type: "like" }] }],
    ["being typed", { type: "typing" }],
    ["an event", { type: "event", name: "application/vnd.microsoft.readReceipt" }],
    ["of a kind of tomorrow", { type: "messageOfTomorrow" }],
  ])("is not said anew when it is %s", async (_, { channelData, ...change }) => {
    const activity = world.message(ADA, "enable passkeys");
    const data = { ...(activity.channelData as JsonObject), ...(channelData as JsonObject | undefined) };
    expect(await deliver(activity, { ...change, channelData: data })).toBe(200);
    expect(isSilent()).toBe(true);
  });

  const html = (content: string): JsonObject => ({ attachments: [{ contentType: "text/html", content }] });
  it.each<[string, JsonObject]>([
    ["quoted", html("<blockquote itemtype='http://schema.skype.com/Reply'>enable passkeys</blockquote>")],
    [
      "forwarded",
      html("<blockquote itemtype='http://schema.skype.com/Forward'>enable passkeys</blockquote>"),
    ],
    [
      "forwarded, without the HTML that shows it",
      { attachments: [{ contentType: "forwardedMessageReference", content: "{}" }] },
    ],
    ["struck through", html("<p><s>enable passkeys</s></p>")],
    [
      "struck through by its style",
      html('<p><span style="text-decoration:line-through">enable passkeys</span></p>'),
    ],
    ["code in a block", html("<pre>enable passkeys</pre>")],
  ])("makes no plan when it is %s", async (_, change) => {
    await asked(change);
    expect(plans()).toEqual([]);
  });

  it.each<[string, JsonObject]>([
    ["an empty tab context", { channelData: { tabContext: "" } }],
    [
      "null for what is not there",
      { locale: null, entities: null, attachments: null, replyToId: null, value: null },
    ],
    ["an empty value", { value: "" }],
    ["a value with nothing in it", { value: {} }],
    [
      "attachments of every kind",
      { attachments: [null, 1, "x", { contentType: 5 }, { contentType: "image/png" }] },
    ],
    ["a time that is none", { timestamp: "yesterday", localTimestamp: 5, localTimezone: null }],
    ["no locale known", { locale: "xx-nonsense-xx" }],
    ["a reply to something", { replyToId: "1700" }],
    ["members a person and the others know of", { membersAdded: null, reactionsAdded: [] }],
  ])("is understood with %s", async (_, change) => {
    const activity = world.message(ADA, "enable passkeys");
    const channelData = { ...(activity.channelData as JsonObject), ...(change.channelData as JsonObject) };
    expect(await deliver(activity, { ...change, channelData })).toBe(200);
    expect(plans()).toHaveLength(1);
  });
});

describe("what is delivered again, late or out of order", () => {
  it("is one request, at once, later, and between others", async () => {
    const activity = world.message(ADA, "enable passkeys");
    await Promise.all([deliver(activity), deliver(activity)]);
    await world.say(ADA, "pending");
    await deliver(activity);
    expect(plans()).toHaveLength(1);
  });

  it("greets once, though Teams tells of an installation in two ways, and after the first message", async () => {
    await world.say(GRACE, "help");
    const before = world.channel.posts().length;
    await install(GRACE, "add");
    expect(world.channel.posts()).toHaveLength(before);
  });

  it("is answered though Teams told late that the conversation was left before", async () => {
    await install(ADA, "remove");
    world.channel.teams.conversations.install(personal(ADA).id);
    await asked();
    expect(plans()).toHaveLength(1);
    expect(world.card(personal(ADA))).toBeDefined();
  });
});

describe("a bot that comes and goes", () => {
  const isRoom = () => world.stores.known.get(CHANNEL.id)?.approvalRoom;
  /** Told now, of a moment so many seconds ago. */
  const installed = (action: "add" | "remove", secondsAgo: number) =>
    deliver(installationFrom(world.channel.teams, GRACE, CHANNEL, action), {
      timestamp: new Date(Date.now() - secondsAgo * 1_000).toISOString(),
    });

  it("stays in its approval room when Teams tells late that it had been removed before", async () => {
    await installed("add", 10);
    await world.say(GRACE, "approvals here", CHANNEL);
    await installed("remove", 20);
    expect(isRoom()).toBe(true);
    expect(events()).toContain("removal-told-late");
    await asked();
    expect(findAction(world.card(CHANNEL), "Approve")).toBeDefined();
  });

  it("is in no approval room any more when it was removed, and installed again after that", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await installed("remove", -1);
    expect(isRoom()).toBeUndefined();
    await installed("add", -2);
    expect(isRoom()).toBe(false);
  });

  it("stays in its approval room while Teams does not say whether it is there", async () => {
    await world.say(GRACE, "approvals here", CHANNEL);
    world.channel.teams.faults.next(
      { kind: "status", status: 503 },
      { method: "GET", conversation: CHANNEL.id },
    );
    await installed("remove", -1);
    expect(isRoom()).toBe(true);
  });

  it("posts no card where it was removed, and the one that waits as soon as it is installed again", async () => {
    await install(GRACE, "add");
    await install(GRACE, "remove");
    await asked();
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeUndefined();
    await install(GRACE, "add");
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeDefined();
    const posted = world.channel.posts(personal(GRACE).id).length;
    await install(GRACE, "remove");
    await install(GRACE, "add");
    // The welcome alone.
    expect(world.channel.posts(personal(GRACE).id)).toHaveLength(posted + 1);
  });

  it("is there when it was installed again while Teams took its time to say that it had been removed", async () => {
    await install(GRACE, "add");
    world.channel.teams.faults.next(
      { kind: "late", milliseconds: 1_500 },
      { method: "GET", conversation: personal(GRACE).id },
    );
    const told = (action: "add" | "remove") =>
      world.channel.send(installationFrom(world.channel.teams, GRACE, personal(GRACE), action));
    await told("remove");
    // Long enough for Teams to be asked; where it is not, it says that the bot is there, which is right as well.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await told("add");
    await world.quiet();
    expect(world.stores.known.has(personal(GRACE).id)).toBe(true);
  });

  it("tells who asked that no approver has the card any more, or that one has by now", async () => {
    const isReached = () => !JSON.stringify(world.card(personal(ADA))).includes("No approver has this card");
    await asked();
    expect(isReached()).toBe(false);
    await install(GRACE, "add");
    expect(isReached()).toBe(true);
    await install(GRACE, "remove");
    expect(isReached()).toBe(false);
    await world.say(GRACE, "approvals here", CHANNEL);
    expect(isReached()).toBe(true);
    await installed("remove", -1);
    expect(isReached()).toBe(false);
  });

  it.each<[string, JsonObject]>([
    ["it is taken out of the team", { membersRemoved: [{ id: "the bot" }] }],
    ["the channel is deleted", { channelData: { eventType: "channelDeleted", channel: { id: CHANNEL.id } } }],
    ["the team is deleted", { channelData: { eventType: "teamDeleted" } }],
  ])("leaves an approval room behind when %s", async (_, { membersRemoved, channelData }) => {
    await world.say(GRACE, "approvals here", CHANNEL);
    expect(world.stores.known.get(CHANNEL.id)?.approvalRoom).toBe(true);
    const around = world.envelope(GRACE, CHANNEL);
    await deliver(around, {
      type: "conversationUpdate",
      ...(membersRemoved === undefined ? {} : { membersRemoved: [{ id: botIdOf(world.channel.teams) }] }),
      channelData: { ...(around.channelData as JsonObject), ...(channelData as JsonObject | undefined) },
    });
    expect(world.stores.known.has(CHANNEL.id)).toBe(false);
  });

  it("serves the others at once where one chat is blocked, and the throttled one exactly once", async () => {
    await install(GRACE, "add");
    const { faults } = world.channel.teams;
    faults.next(
      { kind: "status", status: 403 },
      { method: "POST", conversation: personal(GRACE).id, times: 9 },
    );
    faults.next(
      { kind: "status", status: 429, retryAfter: "1" },
      { method: "POST", conversation: GROUP.id, times: 2 },
    );
    await world.say(ADA, "enable passkeys", GROUP);
    expect(world.channel.posts(GROUP.id)).toHaveLength(1);
    expect(findAction(world.card(GROUP), "Approve")).toBeDefined();
  });
});
