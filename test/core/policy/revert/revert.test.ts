import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/core/json.js";
import type { TakenBack } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { revertPolicy } from "../../../../src/core/policy/revert/revert.js";
import {
  ANDROID,
  DEFAULT_PROFILE,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5C,
} from "../sample-policies.js";

const GROUP = "11111111-2222-4222-8222-222222222222";
const OTHER_GROUP = "22222222-2222-4222-8222-222222222222";
const OF: TakenBack = { kind: "plan", planNumber: 12, undone: { kind: "disable" } };

const allow = (...aaGuids: string[]): JsonObject => ({ isEnforced: true, enforcementType: "allow", aaGuids });
const block = (...aaGuids: string[]): JsonObject => ({ isEnforced: true, enforcementType: "block", aaGuids });
const open = (...aaGuids: string[]): JsonObject => ({ ...allow(...aaGuids), isEnforced: false });
const list = (restriction: JsonObject) => legacyPolicy({ keyRestrictions: restriction });

function reverted(today: JsonObject, from: JsonObject, to: JsonObject) {
  return revertPolicy(parsePolicy(today), { kind: "revert", from, to, of: OF });
}

function left(today: JsonObject, from: JsonObject, to: JsonObject): JsonObject {
  const result = reverted(today, from, to);
  if ("kind" in result) throw new Error(`refused: ${result.code}`);
  return result.raw;
}

const restrictionAfter = (today: JsonObject, from: JsonObject, to: JsonObject) =>
  left(list(today), list(from), list(to)).keyRestrictions;

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});
const among = (...includeTargets: Json[]) => legacyPolicy({ includeTargets });
const profilesAmong = (...includeTargets: Json[]) => profilesPolicy({ includeTargets });

describe("taking a change back", () => {
  it("restores the policy before it, where nothing was changed since", () => {
    const before = legacyPolicy({ state: "disabled", includeTargets: [] });
    const enabled = legacyPolicy({ isAttestationEnforced: false, keyRestrictions: allow(IOS, ANDROID) });
    expect(left(enabled, enabled, before)).toEqual(before);
  });

  it("leaves every byte alone that it is not about", () => {
    const from = legacyPolicy({ state: "enabled" });
    const to = legacyPolicy({ state: "disabled" });
    const today = legacyPolicy({
      keyRestrictions: allow(IOS.toUpperCase(), IOS),
      excludeTargets: [{ id: GROUP, targetType: "group" }],
      laterThing: { kept: [1, null] },
    });
    expect(JSON.stringify(left(today, from, to))).toBe(JSON.stringify({ ...today, state: "disabled" }));
  });

  it("takes back what differs in a property nobody here knows, member by member", () => {
    const policy = (a: number, b: number) => legacyPolicy({ laterThing: { a, b, deep: [a] } });
    expect(left(policy(2, 7), policy(2, 1), policy(1, 1)).laterThing).toEqual({ a: 1, b: 7, deep: [1] });
  });

  it("takes a property away that came with it", () => {
    const from = legacyPolicy({ laterThing: 1 });
    expect(left({ ...from, other: 2 }, from, legacyPolicy())).toEqual(legacyPolicy({ other: 2 }));
  });

  it("does not take another spelling, order or doubled entry for a change", () => {
    const today = list(allow(IOS));
    const from = list(allow(ANDROID, IOS.toUpperCase(), IOS));
    expect(left(today, from, list(allow(IOS, ANDROID.toUpperCase())))).toEqual(today);
  });
});

describe("a list of models", () => {
  it("loses what came, gets back what went, and keeps what was added since", () => {
    expect(
      restrictionAfter(
        allow(YUBIKEY_5C, IOS.toUpperCase(), ICLOUD),
        allow(YUBIKEY_5C, IOS),
        allow(ANDROID, YUBIKEY_5C),
      ),
    ).toEqual(allow(YUBIKEY_5C, ICLOUD, ANDROID));
  });

  it("does not miss what somebody took off since, and does not double what somebody put back", () => {
    expect(restrictionAfter(allow(ICLOUD, ANDROID), allow(ICLOUD, IOS), allow(ICLOUD, ANDROID))).toEqual(
      allow(ICLOUD, ANDROID),
    );
  });

  it("keeps the entries added since when only its enforcement is taken back", () => {
    expect(restrictionAfter(allow(IOS, ICLOUD), allow(IOS), open(IOS))).toEqual(open(IOS, ICLOUD));
  });

  it("never says of a model the opposite of what somebody said since", () => {
    // Turned from allowing to blocking and back, an entry added since would be kept out instead of let in.
    expect(restrictionAfter(allow(IOS, ICLOUD), allow(IOS), block(YUBIKEY_5C))).toEqual(block(YUBIKEY_5C));
    // "allow iOS" is undone after somebody blocks it: taken off the block list it would come in.
    expect(restrictionAfter(block(IOS), allow(ANDROID, IOS), allow(ANDROID))).toEqual(block(IOS));
  });

  it("is restored as it was where what kind of list it is was changed, and changed again since", () => {
    expect(restrictionAfter(block(IOS), allow(IOS), { ...open(), enforcementType: "allow" })).toEqual(open());
  });

  it("is not left empty while it is enforced and passkeys are on", () => {
    expect(reverted(list(allow(IOS)), list(allow(ANDROID, IOS)), list(allow(ANDROID)))).toMatchObject({
      code: "list-would-be-empty",
    });
    const off = (restriction: JsonObject) =>
      legacyPolicy({ keyRestrictions: restriction, state: "disabled" });
    expect(left(off(allow(IOS)), off(allow(ANDROID, IOS)), off(allow(ANDROID))).keyRestrictions).toEqual(
      allow(),
    );
  });

  it("may stay as empty as it is already", () => {
    const policy = (state: boolean) =>
      legacyPolicy({ keyRestrictions: allow(), isSelfServiceRegistrationAllowed: state });
    expect(left(policy(true), policy(true), policy(false))).toEqual(policy(false));
  });
});

describe("people", () => {
  it("who came with it go, those who went come back, and those added since stay", () => {
    const today = among(target("all_users"), target(GROUP.toUpperCase()), target(OTHER_GROUP));
    const from = among(target("all_users"), target(GROUP));
    expect(left(today, from, among(target("all_users"))).includeTargets).toEqual([
      target("all_users"),
      target(OTHER_GROUP),
    ]);
    expect(left(among(target(OTHER_GROUP)), among(), among(target(GROUP))).includeTargets).toEqual([
      target(OTHER_GROUP),
      target(GROUP),
    ]);
  });

  it("whom somebody took out since stay out", () => {
    const from = profilesAmong(
      target("all_users", DEFAULT_PROFILE, SYNCED_PROFILE),
      target(GROUP, DEFAULT_PROFILE),
    );
    const to = profilesAmong(target("all_users", DEFAULT_PROFILE), target(GROUP, DEFAULT_PROFILE));
    const today = profilesAmong(target(GROUP, DEFAULT_PROFILE));
    expect(left(today, from, to)).toEqual(today);
  });

  it("are excluded and let in again one group by one group", () => {
    const without = (...ids: string[]) =>
      legacyPolicy({ excludeTargets: ids.map((id) => ({ id, targetType: "group" })) });
    expect(left(without(OTHER_GROUP, GROUP), without(GROUP), without())).toEqual(without(OTHER_GROUP));
  });

  it("keep the profile somebody gave them since, and lose only the one that is taken back", () => {
    const from = profilesAmong(target("all_users", DEFAULT_PROFILE), target(GROUP, DEFAULT_PROFILE));
    const to = profilesAmong(target("all_users", DEFAULT_PROFILE));
    const today = profilesAmong(
      target("all_users", DEFAULT_PROFILE),
      target(GROUP, SYNCED_PROFILE, DEFAULT_PROFILE.toUpperCase()),
    );
    expect(left(today, from, to).includeTargets).toEqual([
      target("all_users", DEFAULT_PROFILE),
      target(GROUP, SYNCED_PROFILE),
    ]);
  });

  it("are no target any more when they lose their last profile", () => {
    const from = profilesAmong(target("all_users", DEFAULT_PROFILE, SYNCED_PROFILE));
    const to = profilesAmong(target("all_users", DEFAULT_PROFILE));
    expect(left(profilesAmong(target("all_users", SYNCED_PROFILE)), from, to).includeTargets).toEqual([]);
  });
});

describe("passkey profiles", () => {
  const [first, second] = profilesPolicy().passkeyProfiles as readonly JsonObject[];
  const withSecond = (change: JsonObject, more: JsonObject = {}) =>
    profilesPolicy({ passkeyProfiles: [first ?? {}, { ...second, ...change }], ...more });
  const onlyFirst = profilesPolicy({
    passkeyProfiles: [first ?? {}],
    includeTargets: [target("all_users", DEFAULT_PROFILE)],
  });

  it("are changed one by one, kinds of passkey as a set", () => {
    const from = withSecond({ passkeyTypes: "synced,deviceBound", name: "both" });
    const today = withSecond({ passkeyTypes: "deviceBound, synced", name: "both", somethingNew: 5 });
    expect(left(today, from, withSecond({}))).toEqual(
      withSecond({ passkeyTypes: "synced", somethingNew: 5 }),
    );
  });

  it("leave the mirrored pair to Graph", () => {
    const from = profilesPolicy({ isAttestationEnforced: false, keyRestrictions: allow(IOS) });
    expect(left(from, from, profilesPolicy())).toEqual(from);
  });

  it("are never left without a kind of passkey", () => {
    expect(
      reverted(
        withSecond({ passkeyTypes: "deviceBound" }),
        withSecond({ passkeyTypes: "deviceBound,synced" }),
        withSecond({ passkeyTypes: "synced" }),
      ),
    ).toMatchObject({ code: "cannot-revert", why: "no-types", profile: "synced" });
  });

  it("come back and go together with the people who had them", () => {
    expect(left(profilesPolicy(), profilesPolicy(), onlyFirst)).toEqual(onlyFirst);
    expect(left(onlyFirst, onlyFirst, profilesPolicy())).toEqual(profilesPolicy());
  });

  it("that were removed since are not named again", () => {
    const to = profilesPolicy();
    const from = profilesPolicy({ includeTargets: [target("all_users", DEFAULT_PROFILE)] });
    expect(reverted(onlyFirst, from, to)).toMatchObject({
      code: "cannot-revert",
      why: "profile-gone",
      profile: "synced",
      of: { planNumber: 12 },
    });
    const byDefault = profilesPolicy({ defaultPasskeyProfile: SYNCED_PROFILE });
    expect(reverted(onlyFirst, profilesPolicy(), byDefault)).toMatchObject({ why: "profile-gone" });
  });

  it("do not go while somebody uses them", () => {
    const today = profilesPolicy({
      includeTargets: [target("all_users", DEFAULT_PROFILE), target(GROUP, SYNCED_PROFILE)],
    });
    expect(reverted(today, profilesPolicy(), onlyFirst)).toMatchObject({
      code: "cannot-revert",
      why: "profile-in-use",
      profile: "synced",
    });
  });

  it("and a policy without them do not mix", () => {
    const [old, now] = [legacyPolicy({ state: "disabled" }), legacyPolicy()];
    const refusal = (why: string) => ({ code: "cannot-revert", why });
    const profilesOff = profilesPolicy({ state: "disabled" });
    expect(reverted(profilesPolicy(), now, old)).toMatchObject(refusal("migrated"));
    expect(reverted(legacyPolicy(), profilesPolicy(), profilesOff)).toMatchObject(refusal("moved-back"));
    expect(reverted(profilesPolicy(), profilesPolicy(), old)).toMatchObject(refusal("moved-by-it"));
    // By whatever it was: what brought them into use is not taken back, though nothing of it were left.
    expect(reverted(legacyPolicy(), profilesPolicy(), old)).toMatchObject(refusal("moved-by-it"));
  });
});
