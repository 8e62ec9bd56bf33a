import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";

const { ada, grace } = SAMPLE_PEOPLE;
const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
const ZERO = "00000000-0000-0000-0000-000000000000";
let stage: Stage;

afterEach(() => stage?.close());

type Preset = NonNullable<NonNullable<StageOptions["tenant"]>["policy"]>;

/** Ada says it, Grace approves it. @returns the policy before and after, and what was sent */
async function apply(policy: Preset, command: string, change: (policy: SimPolicy) => void = () => {}) {
  stage = await openStage({ tenant: { policy } });
  change(stage.tenant.policy);
  const before = structuredClone(stage.tenant.policy);
  const { teams } = stage;
  await teams.install(grace);
  await teams.say(ada, command);
  const card = await teams.findText(teams.chatOf(grace), "Plan #1");
  await teams.press(grace, card, "Approve");
  await teams.findText(teams.chatOf(grace), "Applied and verified");
  const [patch] = stage.graph.patches();
  const sent = patch?.body as Record<string, unknown>;
  expect(sent["@odata.type"]).toBe("#microsoft.graph.fido2AuthenticationMethodConfiguration");
  return { before, after: stage.tenant.policy, sent };
}

/** Models of every passkey that somebody with an enabled account has, as a set. */
function modelsInUse(): Set<string> {
  const enabled = [...stage.tenant.users.values()].filter((user) => user.accountEnabled && !user.deleted);
  const all = enabled.flatMap((user) => user.passkeys.map((passkey) => passkey.aaGuid.toLowerCase()));
  return new Set(all.filter((aaguid) => aaguid !== ZERO));
}

const lower = (list: readonly string[]) => new Set(list.map((entry) => entry.toLowerCase()));

describe("enable passkeys", () => {
  it("in a legacy tenant extends the allow list by Authenticator and every model in use", async () => {
    const { before, after, sent } = await apply("legacy-allow", "enable passkeys");
    const wanted = new Set([...lower(before.keyRestrictions.aaGuids), IOS, ANDROID, ...modelsInUse()]);
    expect(lower(after.keyRestrictions.aaGuids)).toEqual(wanted);
    expect(after.keyRestrictions).toMatchObject({ isEnforced: true, enforcementType: "allow" });
    expect(after.isAttestationEnforced).toBe(before.isAttestationEnforced);
    expect(Object.keys(sent)).not.toContain("passkeyProfiles");
  });

  it("in an unrestricted tenant starts an allow list that cuts nobody off", async () => {
    const { after } = await apply("legacy-open", "enable passkeys", (policy) => {
      policy.isSelfServiceRegistrationAllowed = true;
      // A person whose platform names no model would lose sign-in; that story is told elsewhere.
      for (const user of stage.tenant.users.values()) {
        user.passkeys = user.passkeys.filter((passkey) => passkey.aaGuid !== ZERO);
      }
    });
    expect(lower(after.keyRestrictions.aaGuids)).toEqual(new Set([IOS, ANDROID, ...modelsInUse()]));
    expect(after.keyRestrictions).toMatchObject({ isEnforced: true, enforcementType: "allow" });
  });

  it("leaves a block list one and only stops blocking Authenticator", async () => {
    const { before, after } = await apply("legacy-block", "enable passkeys", (policy) => {
      policy.keyRestrictions.aaGuids.push(IOS.toUpperCase());
      policy.isSelfServiceRegistrationAllowed = true;
    });
    expect(after.keyRestrictions).toMatchObject({ isEnforced: true, enforcementType: "block" });
    expect(after.keyRestrictions.aaGuids).toEqual(
      before.keyRestrictions.aaGuids.filter((entry) => ![IOS, ANDROID].includes(entry.toLowerCase())),
    );
  });

  it("unrestricted lifts the list", async () => {
    const { after } = await apply("legacy-allow", "enable passkeys unrestricted");
    expect(after.keyRestrictions.isEnforced).toBe(false);
  });

  it("with attestation enforces it", async () => {
    const { after } = await apply("legacy-allow", "enable passkeys with attestation", (policy) => {
      policy.isAttestationEnforced = false;
    });
    expect(after.isAttestationEnforced).toBe(true);
  });

  it("never sends the deprecated pair to a tenant with profiles, and leaves everything else as it was", async () => {
    const { before, after, sent } = await apply("profiles", "enable passkeys", (policy) => {
      policy.laterProperty = { kept: ["as", { it: "is" }] };
      const [, other] = policy.passkeyProfiles;
      if (other) other.laterOne = [1, null];
    });
    expect(Object.keys(sent)).not.toContain("keyRestrictions");
    expect(Object.keys(sent)).not.toContain("isAttestationEnforced");
    const isOther = (profile: { id: string }) => profile.id !== before.defaultPasskeyProfile;
    const sentProfiles = sent.passkeyProfiles as SimPolicy["passkeyProfiles"];
    expect(JSON.stringify(sentProfiles.filter(isOther))).toBe(
      JSON.stringify(before.passkeyProfiles.filter(isOther)),
    );
    expect(after.passkeyProfiles.filter(isOther)).toEqual(before.passkeyProfiles.filter(isOther));
    expect(JSON.stringify(after.excludeTargets)).toBe(JSON.stringify(before.excludeTargets));
    expect(JSON.stringify(after.laterProperty)).toBe(JSON.stringify(before.laterProperty));
    const changed = after.passkeyProfiles.find((profile) => profile.id === after.defaultPasskeyProfile);
    expect([...lower(changed?.keyRestrictions.aaGuids ?? [])]).toEqual(
      expect.arrayContaining([IOS, ANDROID]),
    );
  });

  it("for a group targets that group", async () => {
    const { after } = await apply("never-enabled", "enable passkeys for group Pilot");
    const pilot = [...stage.tenant.groups.values()].find((group) => group.displayName === "Pilot");
    expect(after.includeTargets.map((target) => target.id)).toEqual([pilot?.id]);
  });

  it("for the first time succeeds also where that turns the tenant into one with profiles", async () => {
    stage = await openStage({ tenant: { policy: "never-enabled" }, readings: { firstEnableMigrates: true } });
    const { teams } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    await teams.press(grace, await teams.findText(teams.chatOf(grace), "Plan #1"), "Approve");
    await teams.findText(teams.chatOf(grace), "Applied and verified");
    expect(stage.tenant.policy.defaultPasskeyProfile).not.toBeNull();
  });
});

describe("disable passkeys", () => {
  it("changes the state and nothing else, after naming who loses sign-in", async () => {
    const { before, after, sent } = await apply("profiles", "disable passkeys");
    expect(after).toEqual({ ...before, state: "disabled" });
    expect(Object.keys(sent).sort()).toEqual(["@odata.type", "state"]);
  });
});
