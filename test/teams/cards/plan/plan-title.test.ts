import { describe, expect, it } from "vitest";
import type { Intent } from "../../../../src/core/policy/intent.js";
import { UNKNOWN_MODEL } from "../../../../src/core/policy/model.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { planTitle } from "../../../../src/teams/words/plan-words.js";
import { enablePlan } from "./sample-plans.js";

const guid = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-111111111111` as Aaguid;
const NAMES = {
  [guid("a")]: "YubiKey 5 NFC",
  [guid("b")]: "Nymi *Band*",
  [guid("c")]: "Titan",
  [guid("d")]: UNKNOWN_MODEL,
};

function title(intent: Intent): string {
  const plan = enablePlan();
  return planTitle({ intent, proposal: { ...plan.proposal, modelNames: NAMES } });
}

describe("the title of a plan that changes a list", () => {
  it.each<[string, Intent]>([
    ["Allow YubiKey 5 NFC", { kind: "allow", aaguids: [guid("a")] }],
    ["Allow YubiKey 5 NFC and Nymi \\*Band\\*", { kind: "allow", aaguids: [guid("a"), guid("b")] }],
    ["Remove YubiKey 5 NFC and 2 more", { kind: "remove", aaguids: [guid("a"), guid("b"), guid("c")] }],
    [
      "Remove Titan in profile Front \\[Desk\\]",
      { kind: "remove", aaguids: [guid("c")], profile: "Front [Desk]" },
    ],
    [
      "Allow Titan with device-bound passkeys in profile Staff",
      { kind: "allow", aaguids: [guid("c")], profile: "Staff", admits: "deviceBound" },
    ],
    ["Allow keys in use", { kind: "allow-in-use" }],
    ["Allow keys in use in profile Staff", { kind: "allow-in-use", profile: "Staff" }],
  ])("is %j", (expected, intent) => {
    expect(title(intent)).toBe(expected);
  });

  it("has the AAGUID of a model that has no name", () => {
    for (const digit of ["d", "e"]) {
      expect(title({ kind: "allow", aaguids: [guid(digit)] })).toBe(`Allow ${guid(digit)}`);
    }
  });
});
