import { describe, expect, it } from "vitest";
import { readPress } from "../../../src/teams/incoming/read-press.js";

const read = (verb: string, data: object) => readPress({ action: { verb, data } });

describe("a button of a drift's card", () => {
  it.each(["acceptDrift", "putBackDrift", "showDrift", "showDriftLess"])(
    "is read with what it names and nothing else: %s",
    (verb) => {
      const digest = "0123456789abcdef01234567";
      const data = { driftId: 3, revision: 2, digest, planId: 12, policy: {}, state: "accepted" };
      expect(read(verb, data)).toEqual({
        verb,
        digest,
        driftNumber: 3,
        revision: 2,
        reason: "",
        page: 1,
      });
    },
  );

  it("is read with the reason, cut to what its field takes, and with the page", () => {
    expect(read("acceptDrift", { driftId: 3, revision: 1, reason: "r".repeat(9_000) })).toMatchObject({
      reason: "r".repeat(500),
    });
    expect(read("showDrift", { driftId: 3, revision: 1, page: 7 })).toMatchObject({ page: 7 });
    expect(read("showDrift", { driftId: 3, revision: 1, page: "x" })).toMatchObject({ page: 1 });
  });

  it("is read from a message, too, where the verb is in the data", () => {
    const data = { verb: "putBackDrift", driftId: 3, revision: 1 };
    expect(readPress({ action: { data } })).toMatchObject({ verb: "putBackDrift", driftNumber: 3 });
  });

  it.each<[string, string, object]>([
    ["no drift", "acceptDrift", { revision: 1 }],
    ["no revision", "acceptDrift", { driftId: 1 }],
    ["a drift that is no number", "acceptDrift", { driftId: { $ne: 1 }, revision: 1 }],
    ["a verb of a plan", "approve", { driftId: 1, revision: 1 }],
    ["a plan's number", "acceptDrift", { planId: 1, revision: 1 }],
  ])("is no button of ours with %s", (_, verb, data) => {
    expect(read(verb, data)).toBeUndefined();
  });
});
