import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { faultText } from "../../../src/teams/words/fault-text.js";
import { FAULTS, NEXT_STEP } from "./every-reason.js";

describe("the words of a fault", () => {
  it.each(FAULTS)("say what to do next: %s", (code) => {
    const fault = new Fault(code, "raw message", { requestId: "r-1", retryAfterSeconds: 200 });
    expect(faultText(fault)).toMatch(NEXT_STEP);
    expect(faultText(fault)).toContain("Graph request r-1.");
    // Only what we say about a policy ourselves is for people's eyes; Graph's words stay in the log.
    expect(faultText(fault).includes("raw message")).toBe(code === "policy-unreadable");
  });
});

it("the words for a store that fails promise nothing about what was sent before", () => {
  expect(faultText(new Fault("store-unavailable", "raw"))).not.toMatch(/nothing (was|is)/i);
});
