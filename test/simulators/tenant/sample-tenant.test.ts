import { describe, expect, test } from "vitest";
import { ROLE } from "../../../simulators/tenant/directory-roles.js";
import { activeRoles, findUser, groupsHolding, usersIn } from "../../../simulators/tenant/membership.js";
import { SAMPLE_GROUPS } from "../../../simulators/tenant/sample-groups.js";
import { SAMPLE_POLICY_NAMES } from "../../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../../simulators/tenant/sample-tenant.js";
import type { SimUser, SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";

const person = (tenant: SimulatedTenant, who: { id: string }): SimUser => {
  const user = findUser(tenant, who.id);
  if (user === undefined) throw new Error("a sample person is missing");
  return user;
};

describe("the sample tenant", () => {
  const tenant = sampleTenant();
  const users = [...tenant.users.values()];
  const aaguids = users.flatMap((user) => user.passkeys.map((passkey) => passkey.aaGuid));

  test("is the same each time, in objects of its own", () => {
    const again = sampleTenant();
    expect(again).toEqual(tenant);
    person(again, SAMPLE_PEOPLE.ada).passkeys.length = 0;
    again.policy.includeTargets.length = 0;
    expect(sampleTenant()).toEqual(tenant);
  });

  test("holds a few hundred people, each with an id and a name for signing in of their own", () => {
    expect(users.length).toBeGreaterThan(250);
    expect(new Set(users.map((user) => user.userPrincipalName)).size).toBe(users.length);
    expect(new Set(users.flatMap((user) => user.passkeys.map((passkey) => passkey.id))).size).toBe(
      aaguids.length,
    );
  });

  test("holds guests without passkeys, disabled people with passkeys, and one deleted person", () => {
    const guests = users.filter((user) => user.userType === "guest");
    expect(guests.length).toBeGreaterThan(5);
    expect(guests.every((user) => user.passkeys.length === 0)).toBe(true);
    expect(users.some((user) => !user.accountEnabled && user.passkeys.length > 0)).toBe(true);
    expect(users.filter((user) => user.deleted)).toHaveLength(1);
  });

  test("holds many models, a nameless one, unknown ones, and GUIDs in upper case", () => {
    expect(new Set(aaguids.map((aaguid) => aaguid.toLowerCase())).size).toBeGreaterThan(15);
    expect(aaguids).toContain("00000000-0000-0000-0000-000000000000");
    expect(aaguids).toContain("c0ffee12-8d04-4b6f-a3d9-51e27b90f4a6");
    expect(aaguids.some((aaguid) => aaguid !== aaguid.toLowerCase())).toBe(true);
  });

  test("gives its people the standing their stories need", () => {
    const roles = (who: { id: string }) => activeRoles(tenant, person(tenant, who));
    expect(roles(SAMPLE_PEOPLE.ada)).toEqual([ROLE.securityReader]);
    expect(roles(SAMPLE_PEOPLE.grace)).toEqual([ROLE.authenticationPolicyAdministrator]);
    expect(roles(SAMPLE_PEOPLE.katherine)).toEqual([ROLE.authenticationPolicyAdministrator]);
    expect(roles(SAMPLE_PEOPLE.linus)).toEqual([ROLE.globalReader]);
    expect(roles(SAMPLE_PEOPLE.alan)).toEqual([]);
    expect(roles(SAMPLE_PEOPLE.emergency1)).toEqual([ROLE.globalAdministrator]);
    expect(roles(SAMPLE_PEOPLE.hedy)).not.toContain(ROLE.authenticationPolicyAdministrator);
    expect(person(tenant, SAMPLE_PEOPLE.hedy).eligibleRoles).toContain(
      ROLE.authenticationPolicyAdministrator,
    );
  });

  test("nests one group in another and names two the same", () => {
    const alan = person(tenant, SAMPLE_PEOPLE.alan);
    expect(groupsHolding(tenant, alan.id).map((group) => group.displayName)).toEqual([
      "Pilot wave 2",
      "Pilot",
    ]);
    expect(usersIn(tenant, SAMPLE_GROUPS.pilot)).toContain(alan);
    const names = [...tenant.groups.values()].map((group) => group.displayName);
    expect(names.filter((name) => name === "Contractors")).toHaveLength(2);
  });

  test("survives groups that hold each other", () => {
    const looped = sampleTenant({ people: 5 });
    looped.groups.get(SAMPLE_GROUPS.pilotWave2)?.members.push(SAMPLE_GROUPS.pilot);
    expect(usersIn(looped, SAMPLE_GROUPS.pilot).length).toBe(6);
    expect(groupsHolding(looped, SAMPLE_PEOPLE.alan.id)).toHaveLength(2);
  });

  test.each(SAMPLE_POLICY_NAMES)("starts with the policy %s when asked", (policy) => {
    const { policy: got } = sampleTenant({ policy, people: 0 });
    expect(got.defaultPasskeyProfile === null).toBe(got.passkeyProfiles.length === 0);
  });
});
