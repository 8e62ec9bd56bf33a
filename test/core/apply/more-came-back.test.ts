import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import { groupId } from "../../../src/core/person.js";
import type { FoundPolicy } from "../../../src/core/plan/plan.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid, PasskeyType } from "../../../src/core/policy/policy.js";
import { fc } from "../../setup/drawn.js";
import type { FakeWorld } from "../fake-world.js";
import {
  DEFAULT_PROFILE,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  YUBIKEY_5_NFC,
} from "../policy/sample-policies.js";
import { PlanStory } from "./plan-story.js";

/** Who holds which passkey. */
const KEYS: Readonly<Record<string, readonly [aaguid: string, type: PasskeyType]>> = {
  hardware: [YUBIKEY_5_NFC, "deviceBound"],
  phone: [IOS, "deviceBound"],
  synced: [ICLOUD, "synced"],
};
const PILOT = "1a2b3c4d-0000-4000-8000-000000000002";

/** Policies with which a plan can begin: `enable passkeys` changes something in each. */
const BEFORE = {
  "first enable, attestation on": legacyPolicy({ state: "disabled" }),
  "first enable, attestation off": legacyPolicy({ state: "disabled", isAttestationEnforced: false }),
  "a list": legacyPolicy({
    keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC, ICLOUD] },
  }),
  profiles: profilesPolicy(),
} satisfies Readonly<Record<string, JsonObject>>;

/** What Graph may make of a policy, or another writer at the same moment, beside what was asked. */
const MORE: Readonly<Record<string, (policy: JsonObject) => JsonObject>> = {
  nothing: (policy) => policy,
  "moves to profiles": (policy) =>
    moved(policy, policy.isAttestationEnforced ? "deviceBound" : "deviceBound,synced"),
  "moves to profiles, device-bound only": (policy) => moved(policy, "deviceBound"),
  "moves to profiles that nobody has": (policy) => ({
    ...moved(policy, "deviceBound,synced"),
    includeTargets: targets(policy, []),
  }),
  "leaves attested profiles one kind": (policy) => ofProfiles(policy, { passkeyTypes: "deviceBound" }),
  "drops attestation": (policy) =>
    ofProfiles({ ...policy, isAttestationEnforced: false }, { attestationEnforcement: "disabled" }),
  "adds a property": (policy) => ({ ...policy, later: { isNew: true } }),
  "excludes the pilot": (policy) => ({
    ...policy,
    excludeTargets: [{ id: PILOT, targetType: "group" }],
  }),
  "turns self-service off": (policy) => ({ ...policy, isSelfServiceRegistrationAllowed: false }),
};

function moved(policy: JsonObject, passkeyTypes: string): JsonObject {
  if (policy.defaultPasskeyProfile !== null) return policy;
  const { isAttestationEnforced, keyRestrictions = null } = policy;
  return {
    ...policy,
    defaultPasskeyProfile: DEFAULT_PROFILE,
    passkeyProfiles: [
      {
        id: DEFAULT_PROFILE,
        name: "Default passkey profile",
        passkeyTypes,
        attestationEnforcement: isAttestationEnforced ? "registrationOnly" : "disabled",
        keyRestrictions,
      },
    ],
    includeTargets: targets(policy, [DEFAULT_PROFILE]),
  };
}

function targets({ includeTargets }: JsonObject, allowedPasskeyProfiles: string[]): JsonObject[] {
  return (includeTargets as JsonObject[]).map((target) => ({ ...target, allowedPasskeyProfiles }));
}

function ofProfiles(policy: JsonObject, change: JsonObject): JsonObject {
  const profiles = policy.passkeyProfiles as JsonObject[];
  return { ...policy, passkeyProfiles: profiles.map((profile) => ({ ...profile, ...change })) };
}

/** By the JSON alone, and by none of the code that is judged: may this person sign in with this passkey? */
function maySignIn(
  policy: JsonObject,
  [aaguid, type]: readonly [string, PasskeyType],
  isPilot: boolean,
): boolean {
  const excluded = policy.excludeTargets as JsonObject[];
  if (policy.state !== "enabled" || (isPilot && excluded.some(({ id }) => id === PILOT))) return false;
  const given = (policy.includeTargets as JsonObject[]).filter(
    ({ id }) => id === "all_users" || (isPilot && id === PILOT),
  );
  const permits = ({ keyRestrictions: list }: JsonObject) => {
    const { isEnforced, enforcementType, aaGuids } = list as JsonObject;
    if (isEnforced !== true) return true;
    return (aaGuids as string[]).includes(aaguid) === (enforcementType === "allow");
  };
  const profiles = policy.passkeyProfiles as JsonObject[];
  if (profiles.length === 0) return given.length > 0 && permits(policy);
  const ids = given.flatMap(({ allowedPasskeyProfiles }) => allowedPasskeyProfiles as string[]);
  return profiles.some(
    (profile) =>
      ids.includes(String(profile.id)) &&
      String(profile.passkeyTypes).split(",").includes(type) &&
      permits(profile),
  );
}

/** The plan is applied, and Graph then shows what `more` makes of the policy. */
async function apply(
  before: JsonObject,
  more: (policy: JsonObject) => JsonObject,
  isPilot: (name: string) => boolean,
  meanwhile: (world: FakeWorld) => void = () => {},
) {
  const story = new PlanStory();
  const { world } = story;
  world.policy = before;
  for (const [name, [aaguid]] of Object.entries(KEYS)) world.passkeys.set(name, [aaguid as Aaguid]);
  world.groups.set(groupId(PILOT), {
    name: "Pilot",
    kind: "security",
    securityEnabled: true,
    members: Object.keys(KEYS).filter(isPilot),
  });
  world.onAsk = async (people) => ({
    answers: people.map((account) => {
      const [aaguid, type] = KEYS[account.id] ?? ["", "deviceBound" as const];
      const passkey = { aaguid: aaguid as Aaguid, model: undefined, type, attested: undefined };
      return { kind: "read", account, passkeys: [passkey] } as const;
    }),
    later: [],
  });
  const plan = await story.propose();
  // A pause ends after what can go on at once.
  world.ports.clock.sleep = async (milliseconds) => {
    world.advance(milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const read = world.ports.tenant.readPolicy;
  world.ports.tenant.readPolicy = async () => (world.patches.length === 0 ? read() : more(await read()));
  meanwhile(world);
  await story.approve(plan);
  const { state } = story.stored(plan) ?? plan;
  return { story, plan, state, seen: more(world.policy) };
}

function foundIn(state: Awaited<ReturnType<typeof apply>>["state"]): FoundPolicy | undefined {
  if (state.kind === "applied") return state.beside;
  return state.kind === "unknown" && state.seen === "something-else" ? state.found : undefined;
}

const names = <T extends object>(of: T) => fc.constantFrom(...(Object.keys(of) as (keyof T & string)[]));

describe("what comes back beside what was asked", () => {
  it("is always named, and so is everybody whom it takes sign-in from", async () => {
    await fc.assert(
      fc.asyncProperty(
        names(BEFORE),
        fc.uniqueArray(names(MORE), { maxLength: 3 }),
        names(KEYS),
        async (from, how, pilot) => {
          const more = (policy: JsonObject) => how.reduce((so, name) => MORE[name]?.(so) ?? so, policy);
          const isPilot = (name: string) => name === pilot;
          const { plan, state, seen } = await apply(BEFORE[from], more, isPilot);
          const { after } = plan.proposal;
          const changes = diffPolicies(parsePolicy(after), parsePolicy(seen));
          const losing = Object.entries(KEYS)
            .filter(
              ([name, key]) => maySignIn(after, key, isPilot(name)) && !maySignIn(seen, key, isPilot(name)),
            )
            .map(([name]) => name);
          const found = foundIn(state);
          expect(found?.besideWanted ?? []).toEqual(changes);
          const named =
            found?.losing?.kind === "by-scan" ? found.losing.losing.map(({ id }) => String(id)) : [];
          expect(losing.every((name) => named.includes(name))).toBe(true);
          expect(named.every((name) => losing.includes(name))).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is in the record, without names: what was read, how it differs, and the ids of those who lose", async () => {
    const { story, state } = await apply(
      BEFORE["first enable, attestation on"],
      (policy) => moved(policy, "deviceBound"),
      () => false,
    );
    expect(state.kind).toBe("applied");
    const found = foundIn(state);
    expect(found?.losing).toMatchObject({ kind: "by-scan", complete: true, losing: [{ id: "synced" }] });
    expect(story.recorded("write-verified")?.detail.found).toEqual({
      policy: found?.policy,
      sinceBefore: found?.sinceBefore,
      besideWanted: found?.besideWanted,
      losing: {
        kind: "by-scan",
        complete: true,
        keepingAnother: 0,
        scanFrom: expect.any(String),
        losing: ["synced"],
      },
    });
  });

  it("leaves an outcome as it was where nothing did: no record says more, and no group is read for it", async () => {
    const { story, state } = await apply(
      BEFORE["a list"],
      (policy) => policy,
      () => false,
    );
    expect(state).not.toHaveProperty("beside");
    expect(story.recorded("write-verified")?.detail).not.toHaveProperty("found");
  });

  it("is said to be unknown where who is in a group cannot be read", async () => {
    const { state } = await apply(
      BEFORE["first enable, attestation on"],
      (policy) => ({ ...moved(policy, "deviceBound"), excludeTargets: [{ id: PILOT, targetType: "group" }] }),
      () => true,
      (world) => {
        world.ports.directory.membersOf = () => Promise.reject(new Fault("graph-unavailable", "503"));
      },
    );
    expect(foundIn(state)?.losing).toEqual({ kind: "not-known" });
  });
});
