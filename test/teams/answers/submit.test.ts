import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ADA,
  CHANNEL,
  findAction,
  GRACE,
  GROUP,
  GUEST,
  type Place,
  personal,
  TeamsWorld,
  THREAD,
} from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const ask = () => world.say(ADA, "enable passkeys", GROUP);

describe("a client without Action.Execute", () => {
  const cardsPosted = (place: Place): number =>
    world.channel.posts(place.id).filter((call) => call.body.attachments !== undefined).length;
  const submit = (verb: string, place = GROUP) => ({
    ...world.envelope(GRACE, place),
    type: "message",
    value: { verb, ...world.planData(1) },
  });

  it("can reject, and is told where it can approve", async () => {
    await ask();
    await world.channel.send(submit("approve"));
    await world.bot.idle();
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("press Approve there")]);
    await world.channel.send(submit("reject"));
    await world.bot.idle();
    expect(JSON.stringify(world.card(GROUP))).toContain("Rejected by Grace Hopper");
  });

  it("gets a link to sign in in its own chat, and none where others read along", async () => {
    await ask();
    await world.channel.send(submit("approve", personal(GRACE)));
    await world.bot.idle();
    const own = world.texts(personal(GRACE)).at(-1) ?? "";
    expect(own).toMatch(/cannot send your sign-in.*plan #1 now, sign in here within ten minutes/);
    const [link = ""] = /(?<=latchkey\.example\/sign-in\/)[\w-]+/.exec(own) ?? [];
    expect(await world.signIn.look(link)).toMatchObject({ title: "Approve plan #1" });
    await world.channel.send(submit("approve"));
    await world.bot.idle();
    expect(world.texts(GROUP).at(-1)).toMatch(/say `show 1` in your own chat/);
    expect(world.texts(GROUP).join()).not.toContain("/sign-in/");
  });

  it("is told the same where a sign-in has to be by a browser, and not to press again", async () => {
    await world.stop();
    world = await TeamsWorld.start({ signInDemands: ["c1"] });
    await ask();
    await world.channel.send(submit("approve", personal(GRACE)));
    await world.bot.idle();
    expect(world.texts(personal(GRACE)).at(-1)).toMatch(/sign in here within ten minutes/);
  });

  it("gets a decision in words; the one card there is changes, and no other is posted", async () => {
    await ask();
    await world.channel.send(submit("reject"));
    await world.bot.idle();
    expect(world.texts(GROUP)).toEqual(["Plan #1, rejected: Turn passkeys on for all users."]);
    expect(cardsPosted(GROUP)).toBe(1);
  });

  it("gets no names where others read along, but the way to them", async () => {
    await ask();
    await world.channel.send(submit("showAll"));
    await world.bot.idle();
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("say `show 1` in your own chat")]);
    expect(cardsPosted(GROUP)).toBe(1);
  });

  it.each([
    ["the own chat", personal(GRACE)],
    ["an approval room", CHANNEL],
    ["a thread of an approval room", THREAD],
  ])("gets them in %s, on a card that is kept up to date", async (_, place) => {
    await world.say(GRACE, "approvals here", CHANNEL);
    await ask();
    await world.channel.send(submit("showAll", place));
    await world.bot.idle();
    expect(JSON.stringify(world.card(place))).toContain("90a3ccdf-635c-4729-a248-9b709135078f");
    await world.say(ADA, "cancel 1", GROUP);
    expect(JSON.stringify(world.card(place))).toContain("Cancelled by");
    expect(findAction(world.card(place), "Approve")).toBeUndefined();
  });

  it("needs access for all of it", async () => {
    await ask();
    await world.channel.send({ ...submit("showAll"), from: world.envelope(GUEST, GROUP).from });
    await world.bot.idle();
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("administrator or reader role")]);
  });
});
