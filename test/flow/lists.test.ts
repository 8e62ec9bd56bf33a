import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { type SamplePolicyName, samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { keyholders } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";
const ZERO = MODEL.nameless.aaguid;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({ tenant: { people: 60, policy: "legacy-allow" } });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
});
afterAll(() => stage?.close());

/** Ada says it, Grace approves it. @returns the policy before and after, and the one PATCH without its type */
async function apply(
  name: SamplePolicyName,
  command: string,
  change: (policy: SimPolicy) => void = () => {},
) {
  const { teams, tenant, graph } = stage;
  const policy = samplePolicy(name);
  policy.laterProperty = { kept: ["as", { it: "is" }] };
  for (const profile of policy.passkeyProfiles) profile.laterOne = [1, null];
  change(policy);
  tenant.policy = policy;
  const before = structuredClone(policy);
  const [seen, written] = [teams.messages.length, graph.patches().length];
  await teams.say(ada, command, ROOM);
  const plan = await eventually(
    () => teams.answerAfter(seen, ROOM.id),
    () => `an answer to ${command}`,
  );
  expect(wholeText(plan)).toMatch(/Plan #/);
  await teams.press(grace, plan, "Approve");
  await eventually(
    () => /Applied and verified/.test(wholeText(teams.current(plan))) || undefined,
    () => `it to be applied; the card says ${wholeText(teams.current(plan))}`,
  );
  const [patch, ...more] = graph.patches().slice(written);
  expect(more).toEqual([]);
  const { "@odata.type": type, ...sent } = (patch?.body ?? {}) as Record<string, unknown>;
  expect(type).toBe(ODATA_TYPE);
  return { before, after: tenant.policy, sent };
}

const legacyWith = (before: SimPolicy, aaGuids: readonly string[]) => ({
  keyRestrictions: { ...before.keyRestrictions, aaGuids },
});

function profilesWith(before: SimPolicy, name: string, aaGuids: readonly string[]) {
  return {
    passkeyProfiles: before.passkeyProfiles.map((profile) =>
      profile.name === name
        ? { ...profile, keyRestrictions: { ...profile.keyRestrictions, aaGuids } }
        : profile,
    ),
  };
}

function modelsInUse(): readonly string[] {
  const all = keyholders(stage.tenant).flatMap(({ passkeys }) =>
    passkeys.map(({ aaGuid }) => aaGuid.toLowerCase()),
  );
  return [...new Set(all)].filter((aaguid) => aaguid !== ZERO);
}

const sorted = (list: readonly string[]) => [...list].sort();

describe("in a tenant without profiles", () => {
  it("remove takes a model off the allow list, in every spelling, and sends nothing else", async () => {
    const { before, after, sent } = await apply(
      "legacy-allow",
      `remove ${MODEL.securityKeyNfc.aaguid}`,
      ({ keyRestrictions }) => {
        keyRestrictions.aaGuids.unshift(MODEL.securityKeyNfc.aaguid.toUpperCase());
        keyRestrictions.aaGuids.push(MODEL.titan.aaguid.toUpperCase());
      },
    );
    const rest = [MODEL.yubikey5Nfc54.aaguid, MODEL.yubikey5cNano.aaguid, MODEL.titan.aaguid.toUpperCase()];
    expect(sent).toEqual(legacyWith(before, rest));
    expect(after).toEqual({ ...before, ...sent });
  });

  it("allow adds models to the allow list behind those that are there", async () => {
    const { before, after, sent } = await apply(
      "legacy-allow",
      `allow ${MODEL.titan.aaguid}, "Microsoft Authenticator (iOS)" and ${MODEL.yubikey5cNano.aaguid}`,
    );
    const { aaGuids } = before.keyRestrictions;
    expect(sent).toEqual(legacyWith(before, [...aaGuids, MODEL.titan.aaguid, MODEL.authenticatorIos.aaguid]));
    expect(after).toEqual({ ...before, ...sent });
  });

  it("allow keys in use adds every model that people have, and not the one of zeros", async () => {
    const { before, sent } = await apply("legacy-allow", "allow keys in use");
    const { keyRestrictions } = sent as { keyRestrictions: SimPolicy["keyRestrictions"] };
    const { aaGuids } = before.keyRestrictions;
    expect(Object.keys(sent)).toEqual(["keyRestrictions"]);
    expect(keyRestrictions.aaGuids.slice(0, aaGuids.length)).toEqual(aaGuids);
    expect(sorted(keyRestrictions.aaGuids)).toEqual(sorted([...new Set([...aaGuids, ...modelsInUse()])]));
  });

  it("remove puts a model on a block list, and allow takes it off", async () => {
    const removed = await apply("legacy-block", `remove ${MODEL.titan.aaguid}`);
    const { aaGuids } = removed.before.keyRestrictions;
    expect(removed.sent).toEqual(legacyWith(removed.before, [...aaGuids, MODEL.titan.aaguid]));
    const allowed = await apply("legacy-block", `allow ${MODEL.authenticatorAndroid.aaguid}`);
    expect(allowed.sent).toEqual(legacyWith(allowed.before, [MODEL.unknownVendor.aaguid]));
    expect(allowed.after).toEqual({ ...allowed.before, ...allowed.sent });
  });

  it("allow keys in use empties a block list down to what nobody has", async () => {
    const { sent, before } = await apply("legacy-block", "allow keys in use");
    const { keyRestrictions } = sent as { keyRestrictions: SimPolicy["keyRestrictions"] };
    const unused = before.keyRestrictions.aaGuids.filter((aaguid) => !modelsInUse().includes(aaguid));
    expect(keyRestrictions).toEqual({ ...before.keyRestrictions, aaGuids: unused });
  });
});

describe("in a tenant with profiles", () => {
  it("remove changes the default profile's list, and sends all profiles as they came", async () => {
    const { before, after, sent } = await apply("profiles", `remove ${MODEL.yubikey5cNano.aaguid}`);
    const rest = [MODEL.yubikey5Nfc54, MODEL.yubikey5Nfc57, MODEL.authenticatorIos].map(
      ({ aaguid }) => aaguid,
    );
    expect(sent).toEqual(profilesWith(before, "Default passkey profile", rest));
    expect(after.passkeyProfiles).toEqual(sent.passkeyProfiles);
    expect(after.includeTargets).toEqual(before.includeTargets);
    expect(after.laterProperty).toEqual(before.laterProperty);
  });

  it.each([
    [`allow ${MODEL.titan.aaguid} in profile Administrators`, "Administrators"],
    [`allow ${MODEL.onePassword.aaguid} in profile synced`, "Synced"],
  ])("%j changes that profile and no other", async (command, name) => {
    const { before, sent } = await apply("profiles-full", command);
    const profile = before.passkeyProfiles.find((each) => each.name === name);
    const [, aaguid = ""] = command.split(" ");
    const aaGuids = [...(profile?.keyRestrictions.aaGuids ?? []), aaguid];
    expect(sent).toEqual(profilesWith(before, name, aaGuids));
  });

  it("remove from a profile takes sign-in from those who have no other way", async () => {
    const { before, sent } = await apply(
      "profiles-full",
      `remove ${MODEL.googlePasswords.aaguid} from profile Synced`,
    );
    expect(sent).toEqual(profilesWith(before, "Synced", [MODEL.icloud.aaguid]));
  });

  it("allow keys in use takes a block list apart as far as people need it", async () => {
    const { before, sent } = await apply("profiles-block", "allow keys in use");
    const list = before.passkeyProfiles[0]?.keyRestrictions.aaGuids ?? [];
    const rest = list.filter((aaguid) => !modelsInUse().includes(aaguid));
    expect(sent).toEqual(profilesWith(before, "Default passkey profile", rest));
  });

  it("allow with the kind sends the list and the kinds of that profile, and nothing else of it changes", async () => {
    const { aaguid } = MODEL.yubikey5cNano;
    const command = `allow ${aaguid} with device-bound passkeys in profile Synced`;
    const { before, after, sent } = await apply("profiles-full", command);
    const list = before.passkeyProfiles.find(({ name }) => name === "Synced")?.keyRestrictions.aaGuids ?? [];
    const { passkeyProfiles } = profilesWith(before, "Synced", [...list, aaguid]);
    const wanted = passkeyProfiles.map((profile) =>
      profile.name === "Synced" ? { ...profile, passkeyTypes: "deviceBound,synced" } : profile,
    );
    expect(sent).toEqual({ passkeyProfiles: wanted });
    expect(after.passkeyProfiles).toEqual(wanted);
  });
});
