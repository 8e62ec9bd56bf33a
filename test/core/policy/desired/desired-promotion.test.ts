import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import type { GroupId } from "../../../../src/core/person.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import type { PromoteIntent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { IncludeTarget } from "../../../../src/core/policy/policy.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../sample-policies.js";

const PILOT = "aaaaaaaa-1111-4111-8111-111111111111";
const FINANCE = { id: "ffffffff-1111-4111-8111-111111111111" as GroupId, name: "Finance" };
const BOARD = "bbbbbbbb-1111-4111-8111-111111111111";
const TO_ALL: PromoteIntent = { kind: "promote", targets: { kind: "all-users" } };
const TO_FINANCE: PromoteIntent = { kind: "promote", targets: { kind: "groups", groups: [FINANCE] } };

const target = (id: string, ...allowedPasskeyProfiles: string[]): JsonObject => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});
const legacy = (...ids: string[]) => legacyPolicy({ includeTargets: ids.map((id) => target(id)) });
const profiles = (...includeTargets: JsonObject[]) => profilesPolicy({ includeTargets });

/** Whom it is for after, when nothing else changed; else why it was refused. */
function promoted(
  raw: JsonObject,
  intent: PromoteIntent,
): readonly IncludeTarget[] | { readonly code: string } {
  const before = parsePolicy(raw);
  const after = desiredPolicy(before, intent, []);
  if ("kind" in after) return after;
  expect(diffPolicies(before, after).map(({ setting }) => setting)).toEqual(["include"]);
  return after.include;
}

describe("a pilot without profiles", () => {
  it("goes to all users, and its lists and attestation stay", () => {
    expect(promoted(legacy(PILOT), TO_ALL)).toEqual([{ id: "all_users", profiles: [] }]);
  });

  it("goes to a further group beside itself", () => {
    expect(promoted(legacy(PILOT), TO_FINANCE)).toEqual([
      { id: PILOT, profiles: [] },
      { id: FINANCE.id, profiles: [] },
    ]);
  });

  it("does not go where passkeys are already, or where there is none", () => {
    expect(promoted(legacy("all_users"), TO_ALL)).toMatchObject({ code: "no-pilot", forAllUsers: true });
    expect(promoted(legacy(), TO_ALL)).toMatchObject({ code: "no-pilot", forAllUsers: false });
    expect(promoted(legacy("all_users", PILOT), TO_ALL)).toMatchObject({ code: "all-users-already" });
    expect(promoted(legacy(PILOT, FINANCE.id), TO_FINANCE)).toMatchObject({ code: "group-has-passkeys" });
    expect(promoted({ ...legacy(PILOT), state: "disabled" }, TO_ALL)).toMatchObject({ code: "pilot-off" });
  });

  it("does not go to a group that is excluded", () => {
    const raw = { ...legacy(PILOT), excludeTargets: [{ targetType: "group", id: FINANCE.id }] };
    expect(promoted(raw, TO_FINANCE)).toMatchObject({ code: "group-excluded" });
  });

  it("has no profile to name", () => {
    expect(promoted(legacy(PILOT), { ...TO_ALL, profile: "Synced" })).toMatchObject({
      code: "profiles-not-in-use",
    });
  });
});

describe("a pilot with profiles", () => {
  it("hands on the profiles that it has", () => {
    expect(promoted(profiles(target(PILOT, SYNCED_PROFILE)), TO_ALL)).toEqual([
      { id: PILOT, profiles: [SYNCED_PROFILE] },
      { id: "all_users", profiles: [SYNCED_PROFILE] },
    ]);
    expect(promoted(profiles(target(PILOT, DEFAULT_PROFILE, SYNCED_PROFILE)), TO_FINANCE)).toEqual([
      { id: PILOT, profiles: [DEFAULT_PROFILE, SYNCED_PROFILE] },
      { id: FINANCE.id, profiles: [DEFAULT_PROFILE, SYNCED_PROFILE] },
    ]);
  });

  it("hands on only what others lack", () => {
    const both = profiles(
      target("all_users", DEFAULT_PROFILE),
      target(PILOT, DEFAULT_PROFILE, SYNCED_PROFILE),
    );
    expect(promoted(both, TO_ALL)).toEqual([
      { id: "all_users", profiles: [DEFAULT_PROFILE, SYNCED_PROFILE] },
      { id: PILOT, profiles: [DEFAULT_PROFILE, SYNCED_PROFILE] },
    ]);
    expect(promoted(both, TO_FINANCE)).toContainEqual({ id: FINANCE.id, profiles: [SYNCED_PROFILE] });
  });

  it("is asked about where its groups have different ones, and goes by the one that is named", () => {
    const raw = profiles(target(PILOT, DEFAULT_PROFILE), target(BOARD, SYNCED_PROFILE));
    expect(promoted(raw, TO_ALL)).toMatchObject({
      code: "which-profile",
      profiles: ["Default passkey profile", "synced"],
    });
    expect(promoted(raw, { ...TO_ALL, profile: "synced" })).toContainEqual({
      id: "all_users",
      profiles: [SYNCED_PROFILE],
    });
    const from = { id: PILOT as GroupId, name: "Pilot" };
    expect(promoted(raw, { ...TO_FINANCE, from })).toContainEqual({
      id: FINANCE.id,
      profiles: [DEFAULT_PROFILE],
    });
    expect(promoted(raw, { ...TO_ALL, from: FINANCE })).toMatchObject({ code: "group-not-on-list" });
  });

  it("says so where all users have what it has", () => {
    const raw = profiles(target("all_users", DEFAULT_PROFILE), target(PILOT, DEFAULT_PROFILE));
    expect(promoted(raw, TO_ALL)).toMatchObject({
      code: "all-users-already",
      profiles: ["Default passkey profile"],
    });
    expect(promoted(raw, TO_FINANCE)).toMatchObject({ code: "group-has-passkeys", through: "all-users" });
  });
});
