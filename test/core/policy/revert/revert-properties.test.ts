import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import {
  comparablePolicy,
  hasProfiles,
  policyFingerprint,
} from "../../../../src/core/policy/comparable-policy.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../../src/core/policy/patch-body.js";
import { overlapsOf } from "../../../../src/core/policy/revert/overlaps.js";
import { revertPolicy } from "../../../../src/core/policy/revert/revert.js";
import { fc } from "../../../setup/drawn.js";
import { anyIntent, anyModels, anyPolicy, MODELS } from "../arbitrary-policy.js";

const OF = { kind: "drift", driftNumber: 1 } as const;

function revert(today: JsonObject, from: JsonObject, to: JsonObject) {
  const result = revertPolicy(parsePolicy(today), { kind: "revert", from, to, of: OF });
  return "kind" in result ? result : result.raw;
}

const refused = (result: ReturnType<typeof revert>): result is Exclude<typeof result, JsonObject> =>
  result.kind === "refusal";

/** Policies of one shape: Graph moves a tenant to profiles once, and never back. */
const sameShape = (count: number) =>
  fc
    .array(anyPolicy, { minLength: count, maxLength: count })
    .filter((policies) => new Set(policies.map(hasProfiles)).size === 1);
const two = sameShape(2) as fc.Arbitrary<[JsonObject, JsonObject]>;
const three = sameShape(3) as fc.Arbitrary<[JsonObject, JsonObject, JsonObject]>;

/** What each list of models, in the default profile or at the top, has. */
function listOf(raw: JsonObject) {
  const [profile] = raw.passkeyProfiles as readonly JsonObject[];
  return (profile ?? raw).keyRestrictions as { enforcementType: string; aaGuids: readonly string[] };
}
const entriesOf = (raw: JsonObject): ReadonlySet<string> =>
  new Set(listOf(raw).aaGuids.map((text) => text.toLowerCase()));

describe("taking back", () => {
  it("from where it was left means the policy before, unless that lets nobody in", () => {
    fc.assert(
      fc.property(two, ([from, to]) => {
        const result = revert(from, from, to);
        if (refused(result)) expect(result.code).toBe("list-would-be-empty");
        else expect(policyFingerprint(result)).toBe(policyFingerprint(to));
      }),
    );
  });

  it("nothing changes nothing, to the byte", () => {
    fc.assert(
      fc.property(two, ([today, same]) => {
        expect(JSON.stringify(revert(today, same, same))).toBe(JSON.stringify(today));
        expect(JSON.stringify(revert(today, today, today))).toBe(JSON.stringify(today));
      }),
    );
  });

  it("what any intent did restores the policy, and sends no more than that takes", () => {
    fc.assert(
      fc.property(anyPolicy, anyIntent, anyModels, (before, intent, inUse) => {
        const after = desiredPolicy(parsePolicy(before), intent, inUse);
        if ("kind" in after) {
          expect(["group-excluded", "group-has-passkeys"]).toContain(after.code);
          return;
        }
        const result = revert(after.raw, after.raw, before);
        if (refused(result)) {
          expect(result.code).toBe("list-would-be-empty");
          return;
        }
        const { "@odata.type": _, ...body } = patchBody(after.raw, result);
        expect(policyFingerprint({ ...after.raw, ...body })).toBe(policyFingerprint(before));
      }),
    );
  });

  it("and doing it again comes back to where it was", () => {
    fc.assert(
      fc.property(three, ([today, from, to]) => {
        const once = revert(today, from, to);
        if (refused(once)) return;
        const again = revert(once, once, today);
        if (refused(again)) expect(again.code).toBe("list-would-be-empty");
        else expect(policyFingerprint(again)).toBe(policyFingerprint(today));
      }),
    );
  });

  it("twice is as good as once", () => {
    fc.assert(
      fc.property(three, ([today, from, to]) => {
        const once = revert(today, from, to);
        if (refused(once)) return;
        expect(revert(once, from, to)).toEqual(once);
      }),
    );
  });

  it("keeps what a list got since, and what it lost since", () => {
    fc.assert(
      fc.property(three, fc.subarray([...MODELS]), ([today, from, to], more) => {
        const kinds = [today, from, to].map((raw) => listOf(raw).enforcementType);
        fc.pre(new Set(kinds).size === 1);
        const result = revert(today, from, to);
        if (refused(result)) return;
        const [now, was, wanted, will] = [today, from, to, result].map(entriesOf);
        for (const model of more) {
          const touched = was?.has(model) !== wanted?.has(model);
          expect(will?.has(model)).toBe(touched ? wanted?.has(model) : now?.has(model));
        }
      }),
    );
  });

  it("leaves alone what it is not about, and fails on nothing Graph might send", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyPolicy, (today, from, to) => {
        const result = revert(today, from, to);
        if (refused(result)) return;
        // Their own members only: what is called `__proto__` is there in every object.
        const members = [from, to, today, result].map(
          (raw) => new Map(Object.entries(comparablePolicy(raw))),
        );
        for (const key of new Set([...Object.keys(today), ...Object.keys(result)])) {
          const [was, wanted, now, will] = members.map((each) => JSON.stringify(each.get(key)));
          if (was === wanted) expect(will).toBe(now);
        }
      }),
    );
  });
});

describe("what was changed again since", () => {
  it("is nothing when today is as it was left", () => {
    fc.assert(
      fc.property(two, ([from, to]) => {
        const result = revert(from, from, to);
        if (!refused(result)) expect(overlapsOf(from, result, { from, to })).toEqual([]);
      }),
    );
  });

  it("is told wherever today has neither what was left nor what comes back", () => {
    fc.assert(
      fc.property(three, ([today, from, to]) => {
        const value = (raw: JsonObject, newThing: number) => ({ ...raw, newThing });
        const policies = [value(today, 3), value(from, 2), value(to, 1)] as const;
        const result = revert(...policies);
        if (refused(result)) return;
        expect(overlapsOf(policies[0], result, { from: policies[1], to: policies[2] })).toContainEqual({
          fate: "overwritten",
          since: { setting: "other", path: "newThing", before: 2, after: 3 },
        });
      }),
    );
  });
});
