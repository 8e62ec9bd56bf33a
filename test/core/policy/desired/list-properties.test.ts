import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import type { PolicyChange } from "../../../../src/core/policy/change.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import type { ListIntent } from "../../../../src/core/policy/intent.js";
import { narrows } from "../../../../src/core/policy/narrows.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../../src/core/policy/patch-body.js";
import type { Aaguid, Policy, Restriction } from "../../../../src/core/policy/policy.js";
import { fc } from "../../../setup/drawn.js";
import { anyAllow, anyListIntent, anyModels, anyPolicy, MODELS } from "../arbitrary-policy.js";

/** The policy after; a policy and intent that are refused say nothing here and are drawn again. */
function desired(raw: JsonObject, intent: ListIntent, inUse: readonly Aaguid[] = []): Policy {
  const after = desiredPolicy(parsePolicy(raw), intent, inUse);
  if ("kind" in after) return fc.pre(false) as never;
  return after;
}

/** The restriction a list intent without a profile is about. */
function restrictionOf(policy: Policy): Restriction {
  if (policy.shape === "legacy") return policy.restriction;
  const profile = policy.profiles.find(({ id }) => id === policy.defaultProfile);
  if (!profile) throw new Error("no default profile");
  return profile.restriction;
}

/** The list blanked out, wherever it is that a list intent without a profile may write. */
function withoutList(raw: JsonObject): string {
  const blank = (holder: JsonObject): JsonObject => ({
    ...holder,
    keyRestrictions: { ...(holder.keyRestrictions as JsonObject), aaGuids: null },
  });
  const profiles = raw.passkeyProfiles as readonly JsonObject[];
  return JSON.stringify(
    profiles.length === 0
      ? blank(raw)
      : { ...raw, passkeyProfiles: [blank(profiles[0] ?? {}), ...profiles.slice(1)] },
  );
}

function mirrored(changes: readonly PolicyChange[]): readonly PolicyChange[] {
  return changes.map((change) => {
    if (change.setting !== "restriction") throw new Error(`a list intent changed ${change.setting}`);
    const { before, after, added, removed } = change;
    return { ...change, before: after, after: before, added: removed, removed: added };
  });
}

const model = fc.constantFrom(...MODELS);

describe("a change of a list", () => {
  it("changes the entries of one list and no other byte", () => {
    fc.assert(
      fc.property(anyPolicy, anyListIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse).raw;
        expect(withoutList(after)).toBe(withoutList(raw));
      }),
    );
  });

  it("gives the policy back to the byte when it changes nothing, and else sends all of the restriction", () => {
    fc.assert(
      fc.property(anyPolicy, anyListIntent, anyModels, (raw, intent, inUse) => {
        const after = desired(raw, intent, inUse);
        const body = patchBody(raw, after.raw);
        if (diffPolicies(parsePolicy(raw), after).length === 0) {
          expect(JSON.stringify(after.raw)).toBe(JSON.stringify(raw));
          return;
        }
        const holder = after.shape === "legacy" ? body : (body.passkeyProfiles as readonly JsonObject[])[0];
        expect(holder?.keyRestrictions).toMatchObject({
          isEnforced: true,
          enforcementType: restrictionOf(after).mode,
          aaGuids: expect.any(Array),
        });
      }),
    );
  });

  it("is refused or reaches once what it reaches twice", () => {
    fc.assert(
      fc.property(anyPolicy, anyListIntent, anyModels, (raw, intent, inUse) => {
        const once = desired(raw, intent, inUse);
        expect(JSON.stringify(desired(once.raw, intent, inUse).raw)).toBe(JSON.stringify(once.raw));
      }),
    );
  });

  it("is refused exactly where no list is enforced or the last of an allow list would go", () => {
    fc.assert(
      fc.property(anyPolicy, anyListIntent, anyModels, (raw, intent, inUse) => {
        const before = restrictionOf(parsePolicy(raw));
        const after = desiredPolicy(parsePolicy(raw), intent, inUse);
        const code = "kind" in after ? after.code : undefined;
        const emptied =
          before.mode === "allow" &&
          before.aaguids.length > 0 &&
          intent.kind === "remove" &&
          before.aaguids.every((aaguid) => intent.aaguids.includes(aaguid));
        expect(code).toBe(
          before.mode === "any" ? "not-restricted" : emptied ? "list-would-be-empty" : undefined,
        );
      }),
    );
  });

  it("is undone by a change whose diff mirrors it", () => {
    fc.assert(
      fc.property(anyPolicy, anyListIntent, anyModels, (raw, intent, inUse) => {
        const before = parsePolicy(raw);
        const after = desired(raw, intent, inUse);
        expect(diffPolicies(after, before)).toEqual(mirrored(diffPolicies(before, after)));
      }),
    );
  });
});

describe("allow", () => {
  it("never narrows", () => {
    fc.assert(
      fc.property(anyPolicy, anyAllow, anyModels, (raw, intent, inUse) => {
        const enabled = { ...raw, state: "enabled" };
        expect(narrows(parsePolicy(enabled), desired(enabled, intent, inUse))).toBe(false);
      }),
    );
  });

  it("and then remove restores an allow list that did not have the model", () => {
    fc.assert(
      fc.property(anyPolicy, model, (raw, aaguid) => {
        const before = restrictionOf(parsePolicy(raw));
        fc.pre(before.mode === "allow" && before.aaguids.length > 0 && !before.aaguids.includes(aaguid));
        const allowed = desired(raw, { kind: "allow", aaguids: [aaguid] });
        const back = desired(allowed.raw, { kind: "remove", aaguids: [aaguid] });
        expect(back.raw).toEqual(raw);
      }),
    );
  });

  it("after remove restores a block list that did not have the model", () => {
    fc.assert(
      fc.property(anyPolicy, model, (raw, aaguid) => {
        const before = restrictionOf(parsePolicy(raw));
        fc.pre(before.mode === "block" && !before.aaguids.includes(aaguid));
        const removed = desired(raw, { kind: "remove", aaguids: [aaguid] });
        const back = desired(removed.raw, { kind: "allow", aaguids: [aaguid] });
        expect(back.raw).toEqual(raw);
      }),
    );
  });
});
