import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { overlapsOf } from "../../../../src/core/policy/revert/overlaps.js";
import { revertPolicy } from "../../../../src/core/policy/revert/revert.js";
import {
  ANDROID,
  DEFAULT_PROFILE,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
} from "../sample-policies.js";

const GROUP = "11111111-2222-4222-8222-222222222222";

function overlaps(today: JsonObject, from: JsonObject, to: JsonObject) {
  const of = { kind: "drift", driftNumber: 3 } as const;
  const after = revertPolicy(parsePolicy(today), { kind: "revert", from, to, of });
  if ("kind" in after) throw new Error(`refused: ${after.code}`);
  return overlapsOf(today, after.raw, { from, to });
}

const restriction = (enforcementType: string, ...aaGuids: string[]) =>
  legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType, aaGuids } });
const allow = (...aaGuids: string[]) => restriction("allow", ...aaGuids);
const block = (...aaGuids: string[]) => restriction("block", ...aaGuids);
const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

describe("what was changed again since", () => {
  it("is nothing where today is as it was left, or differs elsewhere only", () => {
    const [from, to] = [allow(IOS, ANDROID), allow(IOS)];
    expect(overlaps(from, from, to)).toEqual([]);
    const elsewhere = { excludeTargets: [{ id: GROUP, targetType: "group" }], isAttestationEnforced: false };
    expect(overlaps({ ...from, ...elsewhere }, from, to)).toEqual([]);
  });

  it("stays where a list has more now", () => {
    expect(overlaps(allow(IOS, ANDROID, ICLOUD), allow(IOS, ANDROID), allow(IOS))).toMatchObject([
      { fate: "kept", since: { setting: "restriction", added: [ICLOUD], removed: [] } },
    ]);
  });

  it("is overwritten where the recorded value comes back over it", () => {
    const policy = (laterThing: number) => legacyPolicy({ laterThing });
    expect(overlaps(policy(3), policy(2), policy(1))).toEqual([
      { fate: "overwritten", since: { setting: "other", path: "laterThing", before: 2, after: 3 } },
    ]);
    expect(overlaps(allow(IOS, ICLOUD), allow(IOS), block(ANDROID))).toMatchObject([
      { fate: "overwritten", since: { added: [ICLOUD] } },
    ]);
  });

  it("stays where somebody turned the list round", () => {
    expect(overlaps(block(ICLOUD), allow(IOS, ANDROID), allow(IOS))).toMatchObject([
      { fate: "kept", since: { before: { mode: "allow" }, after: { mode: "block" } } },
    ]);
  });

  it("is nothing where somebody took it back already", () => {
    expect(overlaps(allow(IOS), allow(IOS, ANDROID), allow(IOS))).toEqual([]);
    const [on, off] = [legacyPolicy(), legacyPolicy({ state: "disabled" })];
    expect(overlaps(off, on, off)).toEqual([]);
  });

  it("is overwritten where it goes with the target it is in", () => {
    const among = (...includeTargets: JsonObject[]) => legacyPolicy({ includeTargets });
    const today = among(target("all_users"), { ...target(GROUP), isRegistrationRequired: true });
    expect(
      overlaps(today, among(target("all_users"), target(GROUP)), among(target("all_users"))),
    ).toMatchObject([
      {
        fate: "overwritten",
        since: { setting: "other", path: `includeTargets.${GROUP}.isRegistrationRequired` },
      },
    ]);
  });

  it("is told by profile", () => {
    const list = (...aaGuids: string[]) =>
      profilesPolicy({}, { keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids } });
    expect(overlaps(list(IOS, ANDROID, ICLOUD), list(IOS, ANDROID), list(IOS))).toMatchObject([
      { fate: "kept", since: { setting: "restriction", profile: { id: DEFAULT_PROFILE }, added: [ICLOUD] } },
    ]);
    const first = (list(IOS).passkeyProfiles as readonly JsonObject[])[0] ?? {};
    const without = profilesPolicy({
      passkeyProfiles: [first],
      includeTargets: [target("all_users", DEFAULT_PROFILE)],
    });
    const renamed = (name: string) => ({
      ...list(IOS),
      passkeyProfiles: (list(IOS).passkeyProfiles as readonly JsonObject[]).map((profile) =>
        profile.id === SYNCED_PROFILE ? { ...profile, name } : profile,
      ),
    });
    expect(overlaps(without, renamed("new"), renamed("old"))).toMatchObject([
      { fate: "kept", since: { setting: "profile-removed", profile: { id: SYNCED_PROFILE } } },
    ]);
  });
});
