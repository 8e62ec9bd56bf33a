import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { ADA, findAction, GRACE, GROUP, LINUS, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  await world.say(ADA, "enable passkeys", GROUP);
});
afterEach(() => world.stop());

const WORDS = /shows another plan than #1 is now.*Nothing was done; say .show 1. and decide on what it says/;
const OLD_CARD = "1690000000000";
/** Like a digest of ours, of a plan that is not here. */
const FOREIGN = "f".repeat(24);

/** Presses a button of a card that stands in the group under this id. */
async function press(verb: string, data: JsonObject, message: string) {
  const click = world.click(GRACE, { verb, data }, GROUP, await world.signedIn(GRACE));
  const answer = await world.channel.send({ ...click, replyToId: message });
  await world.quiet();
  return answer.body;
}

/** What became of a message, by its id. */
const replaced = (message: string) =>
  world.channel.teams.requests
    .filter(({ activityId, method }) => method === "PUT" && activityId === message)
    // biome-ignore lint/suspicious/noExplicitAny: a recorded body is looked at with matchers.
    .map(({ body }) => body as any);
const plan = () => world.tenant.store.plansByNumber.get(1);

describe("a card of another installation", () => {
  it.each(["approve", "reject", "cancel", "scan", "showAll", "showLess"])(
    "is refused in words, becomes one without buttons, and tells nothing of the plan here: %s",
    async (verb) => {
      const before = plan();
      const body = await press(verb, { ...world.planData(1), digest: FOREIGN }, OLD_CARD);
      expect(String(body.value)).toMatch(WORDS);
      expect(plan()).toEqual(before);
      expect(world.tenant.patches).toEqual([]);
      const [call, ...more] = replaced(OLD_CARD);
      expect(more).toEqual([]);
      const card = call?.attachments[0].content;
      expect(JSON.stringify(card)).toContain("not of this installation");
      expect(JSON.stringify(card)).not.toContain("enable passkeys");
      expect(findAction(card, "Approve")).toBeUndefined();
      expect(world.stores.posted.map(({ activityId }) => activityId)).not.toContain(OLD_CARD);
      await world.say(ADA, "cancel 1", GROUP);
      expect(replaced(OLD_CARD)).toHaveLength(1);
    },
  );

  it("is told nothing of what was decided here", async () => {
    await world.say(ADA, "cancel 1", GROUP);
    const body = await press("approve", { ...world.planData(1), digest: FOREIGN }, OLD_CARD);
    expect(String(body.value)).toMatch(WORDS);
    expect(String(body.value)).not.toContain("cancelled");
  });

  it("of a plan that is not here becomes one without buttons, too", async () => {
    const body = await press("approve", { ...world.planData(1), planId: 99 }, OLD_CARD);
    expect(body.value).toContain("no plan #99");
    expect(JSON.stringify(replaced(OLD_CARD))).toContain("not of this installation");
  });

  it("is noted in the log, with who pressed and no more", async () => {
    await press("approve", { ...world.planData(1), digest: FOREIGN }, OLD_CARD);
    const noted = world.logged.filter(({ event }) => event === "foreign-card-pressed");
    expect(noted.map(({ detail }) => detail)).toEqual([{ why: "other-plan", clicker: GRACE.id }]);
  });

  it("cannot be claimed to be in a message that is known to show something here", async () => {
    const [posting] = world.stores.postedOf("plan");
    const own = posting?.activityId ?? "";
    for (const data of [
      { ...world.planData(1), digest: FOREIGN },
      { ...world.planData(1), digest: FOREIGN, planId: 99 },
    ]) {
      await press("approve", data, own);
      expect(replaced(own)).toEqual([]);
    }
    expect(plan()?.state.kind).toBe("waiting");
  });
});

describe("a card of an earlier version, whose buttons carry no digest", () => {
  it("is refused in words, and stays where it is known to stand", async () => {
    const { digest: _, ...data } = world.planData(1);
    const [posting] = world.stores.postedOf("plan");
    const body = await press("approve", data, posting?.activityId ?? "");
    expect(String(body.value)).toMatch(WORDS);
    expect(world.tenant.patches).toEqual([]);
    expect(replaced(posting?.activityId ?? "")).toEqual([]);
  });
});

describe("a drift's card of another installation", () => {
  it.each(["acceptDrift", "putBackDrift", "showDrift", "showDriftLess"])(
    "is refused in words and becomes one without buttons: %s",
    async (verb) => {
      const data = { driftId: 1, revision: 1, digest: FOREIGN };
      const body = await press(verb, data, OLD_CARD);
      expect(body.value).toContain("no drift 1");
      expect(JSON.stringify(replaced(OLD_CARD))).toContain("not of this installation");
      expect(world.tenant.store.plansByNumber.size).toBe(1);
    },
  );
});

it("a person without access gets neither the words nor the card", async () => {
  world.tenant.roles.set(LINUS.id, []);
  const click = world.click(
    LINUS,
    { verb: "approve", data: { ...world.planData(1), digest: FOREIGN } },
    GROUP,
  );
  const { body } = await world.channel.send({ ...click, replyToId: OLD_CARD });
  await world.quiet();
  expect(String(body.value)).not.toMatch(WORDS);
  expect(replaced(OLD_CARD)).toEqual([]);
});
