import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { hasArrived } from "../../../src/core/policy/same-effect.js";
import { IOS, legacyPolicy, profilesPolicy } from "./sample-policies.js";

const arrived = (before: JsonObject, after: JsonObject, seen: JsonObject) =>
  hasArrived({ before: parsePolicy(before), after: parsePolicy(after) }, parsePolicy(seen));

describe("a change has arrived", () => {
  const off = legacyPolicy({ state: "disabled" });
  const on = legacyPolicy({ state: "enabled" });

  it("when the policy read has the effect that was wanted, whatever Graph recalculated beside it", () => {
    expect(arrived(off, on, on)).toBe(true);
    expect(arrived(off, on, { ...on, later: "recalculated" })).toBe(true);
    expect(arrived(off, on, off)).toBe(false);
  });

  it("only when a property nobody here knows is as wanted, where the change was about that", () => {
    const later = (value: number, beside = 0) => legacyPolicy({ later: { value, beside } });
    expect(arrived(later(1), later(2), later(2))).toBe(true);
    expect(arrived(later(1), later(2), later(2, 5))).toBe(true);
    expect(arrived(later(1), later(2), later(1))).toBe(false);
    expect(arrived(later(1), later(2), legacyPolicy())).toBe(false);
  });

  it("only when a list that is not enforced is as wanted, where the change was about that", () => {
    const prepared = (...aaGuids: string[]) =>
      legacyPolicy({ keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids } });
    expect(arrived(prepared(), prepared(IOS), prepared(IOS.toUpperCase()))).toBe(true);
    expect(arrived(prepared(), prepared(IOS), prepared())).toBe(false);
  });

  it("only when something was done, also where the change has no effect: to block nothing is to restrict nothing", () => {
    const blocking = (isEnforced: boolean) =>
      legacyPolicy({ keyRestrictions: { isEnforced, enforcementType: "block", aaGuids: [] } });
    expect(arrived(blocking(false), blocking(true), blocking(false))).toBe(false);
    expect(arrived(blocking(true), blocking(false), blocking(true))).toBe(false);
    expect(arrived(blocking(true), blocking(false), blocking(false))).toBe(true);
  });

  it("when a property that was to go is there without a value", () => {
    expect(arrived(legacyPolicy({ later: 1 }), legacyPolicy(), legacyPolicy({ later: null }))).toBe(true);
  });

  it("also when Graph moved the tenant to passkey profiles with it", () => {
    const seen = profilesPolicy(
      {},
      { keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids: [] } },
    );
    const alone = { ...seen, passkeyProfiles: [(seen.passkeyProfiles as readonly JsonObject[])[0] ?? {}] };
    expect(arrived({ ...off, later: 1 }, { ...on, later: 2 }, alone)).toBe(true);
  });
});
