import { describe, expect, test } from "vitest";
import { samplePolicy } from "../../../simulators/tenant/sample-policies.js";
import { DEFAULT_PROFILE } from "../../../simulators/tenant/simulated-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
const shared = sharedSimulators();

const read = async () => (await shared().get(POLICY_PATH, shared().app)).body;
const patch = (changes: object, token = shared().grace) =>
  shared().patchPolicy({ "@odata.type": ODATA_TYPE, ...changes }, token);
const allow = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });

describe("reading the policy", () => {
  test.each(["fido2", "Fido2", "FIDO2"])("works under the name %s", async (name) => {
    const path = POLICY_PATH.replace("fido2", name);
    const { status, body } = await shared().get(path, shared().app);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: "Fido2", "@odata.type": ODATA_TYPE });
  });

  test("carries annotations beside the properties", async () => {
    expect(await read()).toHaveProperty("includeTargets@odata.context");
  });

  test("mirrors the default profile in the deprecated pair", async () => {
    shared().startWith("profiles");
    const policy = samplePolicy("profiles");
    expect(await read()).toMatchObject({
      defaultPasskeyProfile: DEFAULT_PROFILE,
      isAttestationEnforced: false,
      keyRestrictions: policy.passkeyProfiles[0]?.keyRestrictions,
    });
  });

  test.each([
    ["null", { keyRestrictions: null, isAttestationEnforced: null }],
    ["absent", {}],
  ] as const)("can play the day the pair is %s", async (deprecatedPair, pair) => {
    shared().startWith("profiles");
    shared().graph.readings.deprecatedPair = deprecatedPair;
    const { keyRestrictions, isAttestationEnforced } = await read();
    expect({ keyRestrictions, isAttestationEnforced }).toEqual({
      keyRestrictions: undefined,
      isAttestationEnforced: undefined,
      ...pair,
    });
  });
});

describe("writing the policy", () => {
  test("answers 204 without a body and keeps what was left out", async () => {
    shared().startWith("paused-pilot");
    const before = await read();
    const answer = await patch({ state: "enabled", keyRestrictions: allow(IOS, ANDROID) });
    expect(answer.status).toBe(204);
    expect(answer.body).toEqual({});
    expect(await read()).toEqual({ ...before, state: "enabled", keyRestrictions: allow(IOS, ANDROID) });
  });

  test("replaces targets as a whole", async () => {
    shared().startWith("paused-pilot");
    await patch({ includeTargets: [{ id: "all_users", targetType: "group" }], excludeTargets: [] });
    expect(await read()).toMatchObject({
      includeTargets: [
        { id: "all_users", targetType: "group", isRegistrationRequired: false, allowedPasskeyProfiles: [] },
      ],
      excludeTargets: [],
    });
  });

  test("turns the deprecated pair and the default profile into each other", async () => {
    shared().startWith("profiles");
    expect((await patch({ isAttestationEnforced: true, keyRestrictions: allow(IOS) })).status).toBe(204);
    const profiles = shared().tenant.policy.passkeyProfiles;
    expect(profiles[0]).toMatchObject({
      attestationEnforcement: "registrationOnly",
      keyRestrictions: allow(IOS),
    });
    expect(profiles[1]).toEqual(samplePolicy("profiles").passkeyProfiles[1]);
    await patch({ passkeyProfiles: [{ ...profiles[0], keyRestrictions: allow(ANDROID) }, profiles[1]] });
    expect((await read()).keyRestrictions).toEqual(allow(ANDROID));
  });

  test("gives a new profile an id and lets a target use it afterwards", async () => {
    shared().startWith("profiles-open");
    const [standard] = shared().tenant.policy.passkeyProfiles;
    const admins = {
      name: "Admins",
      passkeyTypes: "synced,deviceBound",
      attestationEnforcement: "disabled",
      keyRestrictions: allow(IOS),
    };
    expect((await patch({ passkeyProfiles: [standard, admins] })).status).toBe(204);
    const made = shared().tenant.policy.passkeyProfiles[1];
    expect(made).toMatchObject({ name: "Admins", passkeyTypes: "deviceBound,synced" });
    const targets = [
      { id: "all_users", targetType: "group", allowedPasskeyProfiles: [DEFAULT_PROFILE, made?.id] },
    ];
    expect((await patch({ includeTargets: targets })).status).toBe(204);
  });

  test("opts in to profiles when a legacy tenant is sent some", async () => {
    shared().startWith("legacy-allow");
    const standard = {
      id: DEFAULT_PROFILE,
      name: "Default passkey profile",
      passkeyTypes: "deviceBound",
      attestationEnforcement: "disabled",
      keyRestrictions: allow(IOS),
    };
    expect((await patch({ passkeyProfiles: [standard] })).status).toBe(204);
    expect(await read()).toMatchObject({
      defaultPasskeyProfile: DEFAULT_PROFILE,
      keyRestrictions: allow(IOS),
      includeTargets: [{ allowedPasskeyProfiles: [DEFAULT_PROFILE] }],
    });
  });

  test("takes back a property the service sent without our knowing it", async () => {
    shared().startWith("legacy-open");
    shared().tenant.policy.isSomethingNew = { level: 1 };
    expect((await patch({ isSomethingNew: { level: 2 } })).status).toBe(204);
    expect((await read()).isSomethingNew).toEqual({ level: 2 });
  });
});
