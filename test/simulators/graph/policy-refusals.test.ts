import { describe, expect, test } from "vitest";
import { SAMPLE_GROUPS } from "../../../simulators/tenant/sample-groups.js";
import { type SamplePolicyName, SYNCED_PROFILE } from "../../../simulators/tenant/sample-policies.js";
import { DEFAULT_PROFILE } from "../../../simulators/tenant/simulated-tenant.js";
import { ODATA_TYPE, POLICY_PATH } from "../running-simulators.js";
import { sharedSimulators } from "./shared-simulators.js";

const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const shared = sharedSimulators();

const patch = (changes: object, token = shared().grace) =>
  shared().patchPolicy({ "@odata.type": ODATA_TYPE, ...changes }, token);
const allow = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });

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

  test("a body without its type, where the readings say so, of another type, or none at all", async () => {
    const { grace } = shared();
    shared().graph.readings.missingODataType = "refused";
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
