import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import { recordedWrite } from "../../../../src/core/plan/recorded/recorded-write.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import type { Intent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../../src/core/policy/patch-body.js";
import { legacyPolicy, profilesPolicy } from "../../policy/sample-policies.js";

const CREATE: Intent = {
  kind: "create-profile",
  name: "Executives",
  types: ["deviceBound"],
  attestation: false,
  restriction: { mode: "any" },
};

/** A change, the body that is sent for it, and whether the record of it lets a body be. */
function write(before: JsonObject, intent: Intent) {
  const policy = desiredPolicy(parsePolicy(before), intent, []);
  if ("kind" in policy) throw new Error(policy.code);
  const body = patchBody(before, policy.raw);
  const isSaidBy = (sent: JsonObject) => recordedWrite({ before, after: policy.raw })?.isSaidBy(sent);
  return { body, isSaidBy };
}

describe("what a recorded proposal lets be written", () => {
  it("is a new profile without an id, and nothing else of it left out", () => {
    const { body, isSaidBy } = write(profilesPolicy(), CREATE);
    expect(isSaidBy(body)).toBe(true);
    const profiles = body.passkeyProfiles as readonly JsonObject[];
    const edited = (at: number, change: JsonObject) => ({
      ...body,
      passkeyProfiles: profiles.map((profile, index) => (index === at ? { ...profile, ...change } : profile)),
    });
    expect(isSaidBy(edited(2, { passkeyTypes: "synced" }))).toBe(false);
    expect(isSaidBy(edited(2, { id: "00000000-0000-0000-0000-000000000001" }))).toBe(false);
    expect(isSaidBy(edited(0, { name: "Other" }))).toBe(false);
    expect(isSaidBy({ ...body, passkeyProfiles: profiles.slice(1) })).toBe(false);
    const { id: _, ...known } = profiles[0] ?? {};
    expect(isSaidBy({ ...body, passkeyProfiles: [known, ...profiles.slice(1)] })).toBe(false);
  });

  it("is the move to profiles without the id of the default one, which follows", () => {
    const { body, isSaidBy } = write(legacyPolicy(), { kind: "use-profiles" });
    expect(isSaidBy(body)).toBe(true);
    const { includeTargets: _, ...less } = body;
    expect(isSaidBy(less)).toBe(false);
  });
});
