import { beforeEach, describe, expect, it } from "vitest";
import type { Platform } from "../../../src/core/command/guide/platform.js";
import { Fault } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import { groupId } from "../../../src/core/person.js";
import { guideStanding } from "../../../src/core/report/guide.js";
import { ADA, FakeWorld } from "../fake-world.js";
import {
  ANDROID,
  DEFAULT_PROFILE,
  IOS,
  legacyPolicy,
  profilesPolicy,
  YUBIKEY_5_NFC,
} from "../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const NOT_ALLOWED = { kind: "not-allowed", instead: [] };
let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.groups.set(groupId(PILOT), {
    name: "Pilot",
    kind: "security",
    securityEnabled: true,
    members: [ADA.id],
  });
});

const stands = (platform: Platform, policy: JsonObject, change: JsonObject = {}) => {
  world.policy = { ...policy, ...change };
  return guideStanding({ ...world.ports, catalogue: catalogue() }, ADA.id, platform);
};
/** It knows which models are phones. */
function catalogue(): typeof world.ports.catalogue {
  const phones: readonly string[] = [IOS, ANDROID];
  const known = world.ports.catalogue;
  return {
    ...known,
    model: (aaguid) => ({ ...known.model(aaguid), kind: phones.includes(aaguid) ? "platform" : "unknown" }),
  };
}
const group = (id: string) => [
  { targetType: "group", id, isRegistrationRequired: false, allowedPasskeyProfiles: [] },
];
const list = (enforcementType: string, ...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType, aaGuids },
});

describe("the guide says to the person who asks", () => {
  it("that passkeys are off", async () => {
    expect(await stands("ios", legacyPolicy({ state: "disabled" }))).toEqual({ kind: "off" });
  });

  it("that they are for others, unless a group of the person is among them and none of the excluded", async () => {
    expect(await stands("ios", legacyPolicy({ includeTargets: group("another") }))).toEqual({
      kind: "not-for-you",
    });
    expect(await stands("ios", legacyPolicy({ includeTargets: group(PILOT) }))).toMatchObject({
      kind: "allowed",
    });
    const excluded = { includeTargets: group(PILOT), excludeTargets: [{ targetType: "group", id: PILOT }] };
    expect(await stands("ios", legacyPolicy(excluded))).toEqual({ kind: "not-for-you" });
  });

  it("that administrators register the passkeys", async () => {
    expect(await stands("ios", legacyPolicy({ isSelfServiceRegistrationAllowed: false }))).toEqual({
      kind: "not-by-yourself",
    });
  });

  it("which platforms are allowed instead of this one", async () => {
    const policy = legacyPolicy(list("allow", IOS, YUBIKEY_5_NFC));
    expect(await stands("android", policy)).toEqual({
      kind: "not-allowed",
      instead: ["ios", "security-key"],
    });
    expect(await stands("windows", policy)).toMatchObject({ kind: "not-allowed" });
    expect(await stands("ios", legacyPolicy(list("allow")))).toEqual(NOT_ALLOWED);
  });

  it("which security keys are allowed, and no phone among them", async () => {
    const allow = legacyPolicy(list("allow", IOS, ANDROID, YUBIKEY_5_NFC));
    expect(await stands("security-key", allow)).toMatchObject({
      keys: { mode: "only", names: [YUBIKEY_5_NFC] },
    });
    const block = legacyPolicy(list("block", IOS, YUBIKEY_5_NFC));
    expect(await stands("security-key", block)).toMatchObject({
      keys: { mode: "all-but", names: [YUBIKEY_5_NFC] },
    });
    expect(await stands("security-key", legacyPolicy())).toMatchObject({ keys: { mode: "any" } });
  });

  it("that attestation is asked for, only where every profile that lets the model in asks for it", async () => {
    expect(await stands("ios", legacyPolicy())).toMatchObject({ kind: "allowed", attested: true });
    expect(await stands("ios", legacyPolicy({ isAttestationEnforced: false }))).toMatchObject({
      attested: false,
    });
    // The profile of synced passkeys does not let a security key in.
    expect(await stands("security-key", profilesPolicy())).toMatchObject({ attested: true });
    expect(
      await stands("security-key", profilesPolicy({}, { id: DEFAULT_PROFILE, passkeyTypes: "synced" })),
    ).toEqual(NOT_ALLOWED);
  });

  it("nothing of the policy when it or the person's groups cannot be read", async () => {
    world.readFault = new Fault("graph-unavailable", "503");
    expect(await stands("ios", legacyPolicy())).toEqual({ kind: "unknown" });
    world.readFault = undefined;
    world.policy = legacyPolicy();
    const directory = {
      ...world.ports.directory,
      groupsOf: () => Promise.reject(new Fault("graph-denied", "403")),
    };
    expect(await guideStanding({ ...world.ports, directory }, ADA.id, "ios")).toEqual({ kind: "unknown" });
    expect(world.noted).toContainEqual({ event: "policy-not-read-for-guide", code: "graph-denied" });
  });
});
