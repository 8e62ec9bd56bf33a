import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/core/json.js";
import { comparablePolicy, policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import { desiredPolicy } from "../../../src/core/policy/desired/desired-policy.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../src/core/policy/patch-body.js";
import type { Policy } from "../../../src/core/policy/policy.js";
import { sameEffect } from "../../../src/core/policy/same-effect.js";
import { fc } from "../../setup/drawn.js";
import { anyIntent, anyModels, anyPolicy } from "./arbitrary-policy.js";

function desired(
  raw: JsonObject,
  ...rest: Parameters<typeof desiredPolicy> extends [Policy, ...infer R] ? R : never
) {
  const after = desiredPolicy(parsePolicy(raw), ...rest);
  if (!("kind" in after)) return after;
  // A sentence about groups that fits no such policy; another case is drawn.
  if (!FITS_NOT.has(after.code)) throw new Error(`refused: ${after.code}`);
  return fc.pre(false) as never;
}

const FITS_NOT: ReadonlySet<string> = new Set(["group-excluded", "group-has-passkeys"]);

/** What Graph documents of a PATCH: members that are sent replace those that are there. */
function patched(before: JsonObject, body: JsonObject): JsonObject {
  const { "@odata.type": _, ...members } = body;
  return { ...before, ...members };
}

function blockLists(raw: JsonObject): readonly Json[] {
  const holders = [raw, ...(raw.passkeyProfiles as readonly JsonObject[])];
  return holders
    .map((holder) => holder.keyRestrictions as JsonObject)
    .filter((restriction) => restriction.enforcementType === "block");
}

/** The same policy, written differently: other order, other case, doubled entries. */
function respelled(raw: JsonObject): JsonObject {
  const restriction = (value: Json | undefined): Json => {
    const { aaGuids, ...rest } = value as { aaGuids: string[] };
    return { ...rest, aaGuids: [...aaGuids, ...aaGuids].reverse().map((aaguid) => aaguid.toUpperCase()) };
  };
  const profiles = raw.passkeyProfiles as readonly JsonObject[];
  const include = raw.includeTargets as readonly JsonObject[];
  return {
    ...Object.fromEntries(Object.entries(raw).reverse()),
    keyRestrictions: restriction(raw.keyRestrictions),
    includeTargets: [...include].reverse(),
    passkeyProfiles: [...profiles]
      .reverse()
      .map((each) => ({ ...each, keyRestrictions: restriction(each.keyRestrictions) })),
  };
}

describe("the policy model", () => {
  it("keeps what Graph sent, to the byte", () => {
    fc.assert(
      fc.property(anyPolicy, (raw) => {
        expect(JSON.stringify(parsePolicy(raw).raw)).toBe(JSON.stringify(raw));
      }),
    );
  });

  it("reaches with one intent what the same intent twice reaches", () => {
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (raw, intent, inUse) => {
        // Turned into an allow list, a block list no longer says which models in use it meant to keep out.
        const used = inUse.filter((model) => !JSON.stringify(blockLists(raw)).toLowerCase().includes(model));
        const once = desired(raw, intent, used);
        const twice = desiredPolicy(once, intent, used);
        // Whom it is for already is answered in words, which is to change nothing.
        if ("kind" in twice) expect(twice.code).toBe("group-has-passkeys");
        else expect(twice.raw).toEqual(once.raw);
      }),
    );
  });

  it("has an empty diff exactly when the two policies mean the same", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const equal = policyFingerprint(a) === policyFingerprint(b);
        expect(diffPolicies(parsePolicy(a), parsePolicy(b)).length === 0).toBe(equal);
      }),
    );
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse);
        const changed = policyFingerprint(raw) !== policyFingerprint(after.raw);
        expect(diffPolicies(parsePolicy(raw), after).length > 0).toBe(changed);
      }),
    );
  });

  it("does not see a difference in order, case or doubled entries", () => {
    fc.assert(
      fc.property(anyPolicy, (raw) => {
        expect(diffPolicies(parsePolicy(raw), parsePolicy(respelled(raw)))).toEqual([]);
        expect(comparablePolicy(respelled(raw))).toEqual(comparablePolicy(raw));
      }),
    );
  });

  it("sends a body whose effect is the policy that was shown, and leaves every other byte alone", () => {
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse);
        const body = patchBody(raw, after.raw);
        const result = patched(raw, body);
        expect(result).toEqual(after.raw);
        expect(sameEffect(after, parsePolicy(result))).toBe(true);
        for (const key of Object.keys(raw).filter((each) => !(each in body))) {
          expect(JSON.stringify(result[key])).toBe(JSON.stringify(raw[key]));
        }
      }),
    );
  });

  it("never sends the deprecated pair to a tenant with profiles, and always says what it sends", () => {
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse);
        const body = patchBody(raw, after.raw);
        expect(body["@odata.type"]).toBe("#microsoft.graph.fido2AuthenticationMethodConfiguration");
        if (after.shape === "profiles") {
          expect(Object.keys(body)).not.toContain("keyRestrictions");
          expect(Object.keys(body)).not.toContain("isAttestationEnforced");
        }
      }),
    );
  });

  it("keeps an untouched profile, exclusion and unknown property byte for byte", () => {
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse).raw;
        expect(JSON.stringify(after.excludeTargets)).toBe(JSON.stringify(raw.excludeTargets));
        expect(JSON.stringify(after.newThing)).toBe(JSON.stringify(raw.newThing));
        const [, other] = raw.passkeyProfiles as readonly JsonObject[];
        const [, otherAfter] = after.passkeyProfiles as readonly JsonObject[];
        expect(JSON.stringify(otherAfter)).toBe(JSON.stringify(other));
      }),
    );
  });
});
