import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { withGivenIds } from "../../../../src/core/policy/graph-made/given-ids.js";
import type { CreateProfileIntent, Intent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../../src/core/policy/patch-body.js";
import type { Aaguid, Policy } from "../../../../src/core/policy/policy.js";
import { revertPolicy } from "../../../../src/core/policy/revert/revert.js";
import { hasArrived } from "../../../../src/core/policy/same-effect.js";
import {
  DEFAULT_PROFILE,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
} from "../sample-policies.js";

const BOARD = "bbbbbbbb-1111-4111-8111-111111111111";
const EXECUTIVES: CreateProfileIntent = {
  kind: "create-profile",
  name: "Executives",
  types: ["deviceBound"],
  attestation: true,
  restriction: { mode: "allow", aaguids: [YUBIKEY_5_NFC as Aaguid] },
};

const target = (id: string, ...allowedPasskeyProfiles: string[]): JsonObject => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

function made(raw: JsonObject, intent: Intent): Policy {
  const policy = desiredPolicy(parsePolicy(raw), intent, []);
  if ("kind" in policy) throw new Error(`refused: ${policy.code}`);
  return policy;
}

function refused(raw: JsonObject, intent: Intent) {
  const policy = desiredPolicy(parsePolicy(raw), intent, []);
  return "kind" in policy ? policy : undefined;
}

const settings = (raw: JsonObject, policy: Policy) =>
  diffPolicies(parsePolicy(raw), policy).map(({ setting }) => setting);
const unassigned = profilesPolicy({ includeTargets: [target("all_users", DEFAULT_PROFILE)] });

describe("a new profile", () => {
  it("stands beside the others with all of its parts, and changes nothing else", () => {
    const before = profilesPolicy();
    const policy = made(before, EXECUTIVES);
    expect(settings(before, policy)).toEqual(["profile-added"]);
    expect((policy.raw.passkeyProfiles as readonly JsonObject[]).at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      name: "Executives",
      passkeyTypes: "deviceBound",
      attestationEnforcement: "registrationOnly",
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC] },
    });
  });

  it("is the same when the plan is made again", () => {
    expect(made(profilesPolicy(), EXECUTIVES).raw).toEqual(made(profilesPolicy(), EXECUTIVES).raw);
  });

  it("is sent without an id, which Graph gives; the others keep theirs", () => {
    const before = profilesPolicy();
    const sent = patchBody(before, made(before, EXECUTIVES).raw);
    const profiles = sent.passkeyProfiles as readonly JsonObject[];
    expect(profiles.map(({ id }) => id)).toEqual([DEFAULT_PROFILE, SYNCED_PROFILE, undefined]);
    expect(Object.keys(sent)).toEqual(["@odata.type", "passkeyProfiles"]);
  });

  it("has arrived by its name, whichever id Graph gave it, and not with other rules", () => {
    const before = profilesPolicy();
    const wanted = made(before, EXECUTIVES);
    const seenWith = (change: JsonObject): JsonObject => ({
      ...wanted.raw,
      passkeyProfiles: (wanted.raw.passkeyProfiles as readonly JsonObject[]).map((profile) =>
        profile.name === "Executives"
          ? { ...profile, id: "cccccccc-1111-4111-8111-111111111111", ...change }
          : profile,
      ),
    });
    const arrived = (seen: JsonObject) =>
      hasArrived(
        {
          before: parsePolicy(before),
          after: parsePolicy(withGivenIds({ before, after: wanted.raw }, seen)),
        },
        parsePolicy(seen),
      );
    expect(arrived(seenWith({}))).toBe(true);
    expect(arrived(seenWith({ passkeyTypes: "synced" }))).toBe(false);
    expect(arrived(seenWith({ name: "Executive" }))).toBe(false);
    expect(arrived(before)).toBe(false);
  });

  it("is taken back by an undo under the id that Graph gave it", () => {
    const before = profilesPolicy();
    const wanted = made(before, EXECUTIVES).raw;
    const today = {
      ...wanted,
      passkeyProfiles: (wanted.passkeyProfiles as readonly JsonObject[]).map((profile) =>
        profile.name === "Executives" ? { ...profile, id: "cccccccc-1111-4111-8111-111111111111" } : profile,
      ),
    };
    const of = { kind: "plan", planNumber: 1, undone: EXECUTIVES } as const;
    const undone = revertPolicy(parsePolicy(today), { kind: "revert", from: wanted, to: before, of });
    expect("kind" in undone ? undone : diffPolicies(parsePolicy(before), undone)).toEqual([]);
  });

  it("is refused by a name that is taken, as the fourth, and synced with attestation", () => {
    expect(refused(profilesPolicy(), { ...EXECUTIVES, name: "SYNCED " })).toMatchObject({
      code: "profile-name-taken",
      name: "synced",
    });
    const three = made(profilesPolicy(), EXECUTIVES).raw;
    expect(refused(three, { ...EXECUTIVES, name: "Board" })).toMatchObject({
      code: "too-many-profiles",
      limit: 3,
      unused: ["Executives"],
    });
    expect(refused(profilesPolicy(), { ...EXECUTIVES, types: ["deviceBound", "synced"] })).toMatchObject({
      code: "synced-not-attested",
    });
  });

  it("is refused where there are no profiles, which are opted in to first", () => {
    expect(refused(legacyPolicy(), EXECUTIVES)).toMatchObject({
      code: "profiles-not-opted-in",
      name: "Executives",
    });
  });
});

describe("opting in to profiles", () => {
  it("makes the rules the default profile's, for the same people; what follows is not sent", () => {
    const before = legacyPolicy({ includeTargets: [target(BOARD)] });
    const policy = made(before, { kind: "use-profiles" });
    expect(policy).toMatchObject({
      shape: "profiles",
      defaultProfile: DEFAULT_PROFILE,
      include: [{ id: BOARD, profiles: [DEFAULT_PROFILE] }],
      profiles: [{ types: ["deviceBound"], attestationEnforced: true, restriction: { mode: "any" } }],
    });
    expect(settings(before, policy)).toEqual(["profile-added", "other"]);
    const sent = patchBody(before, policy.raw);
    expect(Object.keys(sent).sort()).toEqual(["@odata.type", "includeTargets", "passkeyProfiles"]);
    expect(sent.passkeyProfiles).toMatchObject([{ id: DEFAULT_PROFILE }]);
  });

  it("admits both kinds where attestation is off", () => {
    const policy = made(legacyPolicy({ isAttestationEnforced: false }), { kind: "use-profiles" });
    expect(policy).toMatchObject({
      profiles: [{ types: ["deviceBound", "synced"], attestationEnforced: false }],
    });
  });

  it("is refused where there are profiles", () => {
    expect(refused(profilesPolicy(), { kind: "use-profiles" })).toMatchObject({
      code: "profiles-in-use-already",
    });
  });
});

describe("a profile that is there", () => {
  it("gets another name, and nothing else", () => {
    const before = profilesPolicy();
    const policy = made(before, { kind: "rename-profile", profile: "synced", name: "Cloud" });
    expect(diffPolicies(parsePolicy(before), policy)).toEqual([
      {
        setting: "profile-name",
        profile: { id: SYNCED_PROFILE, name: "Cloud" },
        before: "synced",
        after: "Cloud",
      },
    ]);
  });

  it("may change the case of its own name, and not take another's", () => {
    const rename = (name: string): Intent => ({ kind: "rename-profile", profile: "synced", name });
    expect(refused(profilesPolicy(), rename("Synced"))).toBeUndefined();
    expect(refused(profilesPolicy(), rename("default passkey profile"))).toMatchObject({
      code: "profile-name-taken",
    });
  });

  it("is deleted when no target has it", () => {
    const policy = made(unassigned, { kind: "delete-profile", profile: "synced" });
    expect(settings(unassigned, policy)).toEqual(["profile-removed"]);
  });

  it("stays while a target has it, and the default one stays for good", () => {
    expect(refused(profilesPolicy(), { kind: "delete-profile", profile: "synced" })).toMatchObject({
      code: "profile-assigned",
      targets: ["all_users"],
    });
    expect(refused(unassigned, { kind: "delete-profile", profile: "default" })).toMatchObject({
      code: "default-profile-stays",
    });
  });

  it("admits a kind more or less, by Graph's own words, and keeps one", () => {
    const before = profilesPolicy({}, { passkeyTypes: "deviceBound" });
    const typesOf = (policy: Policy) =>
      (policy.raw.passkeyProfiles as readonly JsonObject[])[0]?.passkeyTypes;
    expect(typesOf(made(before, { kind: "admit-kind", type: "synced" }))).toBe("deviceBound,synced");
    expect(typesOf(made(profilesPolicy(), { kind: "refuse-kind", type: "synced" }))).toBe("deviceBound");
    expect(
      refused(profilesPolicy(), { kind: "refuse-kind", type: "synced", profile: "synced" }),
    ).toMatchObject({
      code: "last-kind",
      profile: "synced",
    });
    expect(settings(before, made(before, { kind: "admit-kind", type: "deviceBound" }))).toEqual([]);
  });

  it("is found where it is left out that kinds are told apart", () => {
    const before = profilesPolicy({}, { passkeyTypes: null });
    expect(made(before, { kind: "refuse-kind", type: "synced" })).toMatchObject({
      profiles: [{ types: ["deviceBound"] }, {}],
    });
  });
});
