import { describe, expect, it } from "vitest";
import { conversationId } from "../../../src/core/person.js";
import { PlansInHand } from "../../../src/teams/board/plans-in-hand.js";
import { FakeWorld } from "../../core/fake-world.js";
import { enablePlan } from "../cards/plan/sample-plans.js";

const posting = {
  tenantId: enablePlan().tenantId,
  planNumber: enablePlan().number,
  conversation: conversationId("a"),
  activityId: "1",
};

describe("the plans that are being drawn", () => {
  it("are known in their newest state, whoever knows it", async () => {
    const { ports, store } = new FakeWorld();
    const inHand = new PlansInHand(ports.log);
    await inHand.during(enablePlan(), async () => {
      inHand.hear(enablePlan({ version: 3 }));
      inHand.hear(enablePlan({ version: 2 }));
      expect((await inHand.latest(ports, enablePlan())).version).toBe(3);
      store.plansByNumber.set(12, enablePlan({ version: 4 }));
      expect((await inHand.latest(ports, enablePlan())).version).toBe(4);
      inHand.drew(posting, 4);
      expect([inHand.shows(posting, 4), inHand.shows(posting, 5)]).toEqual([true, false]);
    });
  });

  it("are forgotten with the last work on them, whether it succeeds or not", async () => {
    const inHand = new PlansInHand(new FakeWorld().ports.log);
    await inHand.during(enablePlan(), async () => {
      await inHand.during(enablePlan(), async () => {});
      expect(inHand.size).toBe(1);
    });
    const failing = inHand.during(enablePlan({ number: 7 }), async () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    inHand.hear(enablePlan());
    inHand.drew(posting, 4);
    expect(inHand.size).toBe(0);
    expect(inHand.shows(posting, 1)).toBe(false);
  });
});
