import { describe, expect, test } from "vitest";
import { SAMPLE_GROUPS } from "../../../simulators/tenant/sample-groups.js";
import {
  type SamplePolicyName,
  SYNCED_PROFILE,
  samplePolicy,
} from "../../../simulators/tenant/sample-policies.js";
import { DEFAULT_PROFILE } from "../../../simulators/tenant/simulated-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSandbox } from "./shared-simulators.js";

const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
const shared = sharedSandbox();

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

describe("what the policy refuses", () => {
  const standard = () => shared().tenant.policy.passkeyProfiles[0];
  const synced = () => shared().tenant.policy.passkeyProfiles[1];
  const target = { id: "all_users", targetType: "group", allowedPasskeyProfiles: [DEFAULT_PROFILE] };
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => `00000000-0000-4000-a000-${String(at).padStart(12, "0")}`);

  test.each<[string, SamplePolicyName, () => object]>([
    ["an unknown property", "profiles", () => ({ keyRestriction: allow() })],
    [
      "an unknown property of a profile",
      "profiles",
      () => ({ passkeyProfiles: [{ ...standard(), colour: "red" }, synced()] }),
    ],
    [
      "an unknown property of the restrictions",
      "legacy-allow",
      () => ({ keyRestrictions: { ...allow(), mode: 1 } }),
    ],
    ["another id", "profiles", () => ({ id: "Sms" })],
    ["another default profile", "profiles", () => ({ defaultPasskeyProfile: SYNCED_PROFILE })],
    ["a state that does not exist", "profiles", () => ({ state: "on" })],
    ["a null state", "profiles", () => ({ state: null })],
    ["text for a Boolean", "profiles", () => ({ isSelfServiceRegistrationAllowed: "true" })],
    ["no profiles (null)", "profiles", () => ({ passkeyProfiles: null })],
    ["no profiles (empty)", "profiles", () => ({ passkeyProfiles: [] })],
    ["restrictions that are null", "legacy-allow", () => ({ keyRestrictions: null })],
    ["restrictions with a part missing", "legacy-allow", () => ({ keyRestrictions: { aaGuids: [IOS] } })],
    [
      "an enforcement of the future",
      "legacy-allow",
      () => ({ keyRestrictions: { ...allow(), enforcementType: "unknownFutureValue" } }),
    ],
    ["a malformed AAGUID", "legacy-allow", () => ({ keyRestrictions: allow("90a3ccdf") })],
    ["an AAGUID that is no text", "legacy-allow", () => ({ keyRestrictions: { ...allow(), aaGuids: [1] } })],
    ["the default profile left out", "profiles", () => ({ passkeyProfiles: [synced()] })],
    ["a profile in use left out", "profiles", () => ({ passkeyProfiles: [standard()] })],
    ["two profiles with one id", "profiles", () => ({ passkeyProfiles: [standard(), synced(), synced()] })],
    [
      "four profiles",
      "profiles-full",
      () => ({
        passkeyProfiles: [
          ...shared().tenant.policy.passkeyProfiles,
          { ...synced(), id: undefined, name: "4" },
        ],
      }),
    ],
    [
      "a new profile with a part missing",
      "profiles-open",
      () => ({ passkeyProfiles: [standard(), { name: "New" }] }),
    ],
    [
      "a passkey type that does not exist",
      "profiles-open",
      () => ({ passkeyProfiles: [{ ...standard(), passkeyTypes: "roaming" }] }),
    ],
    [
      "a target of an unknown profile",
      "profiles",
      () => ({ includeTargets: [{ ...target, allowedPasskeyProfiles: [IOS] }] }),
    ],
    [
      "a target without a profile",
      "profiles",
      () => ({ includeTargets: [{ ...target, allowedPasskeyProfiles: [] }] }),
    ],
    [
      "a target that is neither group nor everyone",
      "profiles",
      () => ({ includeTargets: [{ ...target, id: "everyone" }] }),
    ],
    ["a target without its type", "profiles", () => ({ includeTargets: [{ id: SAMPLE_GROUPS.pilot }] })],
    ["everyone excluded", "profiles", () => ({ excludeTargets: [{ id: "all_users", targetType: "group" }] })],
    [
      "more than 20 KB",
      "profiles-open",
      () => ({ passkeyProfiles: [{ ...standard(), keyRestrictions: allow(...many(540)) }] }),
    ],
  ])("%s", async (_, policy, changes) => {
    shared().startWith(policy);
    const before = structuredClone(shared().tenant.policy);
    const answer = await patch(changes());
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe("badRequest");
    expect(shared().tenant.policy).toEqual(before);
  });

  test("a body without its type, of another type, or none at all", async () => {
    const { grace } = shared();
    const bodies = [{ state: "enabled" }, { "@odata.type": "#microsoft.graph.x", state: "enabled" }, [], "x"];
    for (const body of bodies) {
      expect((await shared().patchPolicy(body, grace)).status).toBe(400);
    }
  });

  test("a body that is no JSON, or not called JSON", async () => {
    const headers = { Authorization: `Bearer ${shared().grace}`, "Content-Type": "application/json" };
    const send = (body: string, type: string) =>
      fetch(`${shared().graph.url}${POLICY_PATH}`, {
        method: "PATCH",
        headers: { ...headers, "Content-Type": type },
        body,
      });
    expect((await send("{", "application/json")).status).toBe(400);
    expect((await send("{}", "text/plain")).status).toBe(415);
  });

  test("a DELETE, which would reset everything", async () => {
    const answer = await fetch(`${shared().graph.url}${POLICY_PATH}`, {
      method: "DELETE",
      headers: { Authorization: `Bearer ${shared().grace}` },
    });
    expect(answer.status).toBe(405);
  });

  test("a profile not in use may go", async () => {
    shared().startWith("profiles");
    const answer = await patch({ includeTargets: [target], passkeyProfiles: [standard()] });
    expect(answer.status).toBe(204);
    expect(shared().tenant.policy.passkeyProfiles).toHaveLength(1);
  });
});
