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
