import { describe, expect, it } from "vitest";
import { postureFlips } from "../../../src/core/impact/posture.js";
import type { JsonObject } from "../../../src/core/json.js";
import { postureWords } from "../../../src/core/words/posture/posture-words.js";

const policy = (changes: JsonObject = {}): JsonObject => ({
  state: "enabled",
  isSelfServiceRegistrationAllowed: true,
  isAttestationEnforced: false,
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: ["a"] },
  includeTargets: [{ id: "all_users" }],
  ...changes,
});
const OFF = policy({ state: "disabled" });

describe("posture checks", () => {
  it("turn with what they look at, by the policy's top level", () => {
    expect(postureFlips(OFF, policy())).toEqual({
      willPass: ["AF01", "AF02", "AF04", "AF05", "AF06", "21838", "21839"],
      willFail: ["AF03"],
    });
    expect(postureFlips(policy(), policy({ isAttestationEnforced: true }))).toEqual({
      willPass: ["AF03", "21840"],
      willFail: [],
    });
    const open = { isEnforced: false, enforcementType: "allow", aaGuids: ["a"] };
    expect(postureFlips(policy(), policy({ keyRestrictions: open }))).toEqual({
      willPass: [],
      willFail: ["AF04"],
    });
    expect(postureFlips(policy(), OFF)).toEqual({ willPass: [], willFail: ["AF01", "21838", "21839"] });
    expect(postureFlips(policy(), policy({ includeTargets: [] })).willFail).toEqual(["21839"]);
  });

  it("are not spoken of where none turns", () => {
    expect(postureFlips(policy(), policy())).toEqual({ willPass: [], willFail: [] });
    expect(postureWords(postureFlips(policy(), policy()))).toBeUndefined();
  });

  it("stand in one line, by family and name", () => {
    expect(postureWords({ willPass: ["AF03", "21840"], willFail: ["AF04"] })).toBe(
      "Published checks with a new result: EIDSCA AF03 (attestation enforced), Zero Trust Assessment 21840 (attestation enforced) will pass; EIDSCA AF04 (models restricted) will fail.",
    );
  });
});
