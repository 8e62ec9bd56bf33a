import { describe, expect, it } from "vitest";
import { personId } from "../../../../src/core/person.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { isInScope, readAdoption, scopeOf, sizeOf } from "../../../../src/core/report/standing/adoption.js";
import type { Keyholder } from "../../../../src/core/scan/inventory.js";
import { legacyPolicy } from "../../policy/sample-policies.js";
import { FakeReports, inventory, keyholder } from "../fake-reports.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const CONTRACTORS = "1a2b3c4d-0000-4000-8000-000000000002";
const MODEL = "aa000000-0000-4000-8000-000000000000";

const target = (id: string) => ({ targetType: "group", id, isRegistrationRequired: false });
const members = new Map([
  [PILOT, new Set(["alan", "barbara", "mary", "tony"].map(personId))],
  [CONTRACTORS, new Set(["tony", "zoe"].map(personId))],
]);
const policyFor = (includes: readonly string[], excludes: readonly string[]) =>
  parsePolicy(legacyPolicy({ includeTargets: includes.map(target), excludeTargets: excludes.map(target) }));
const scopeIn = (includes: readonly string[], excludes: readonly string[] = []) =>
  scopeOf(policyFor(includes, excludes), members);

const synced = (name: string): Keyholder => ({
  ...keyholder(name, []),
  passkeys: keyholder(name, [MODEL]).passkeys.map((passkey) => ({ ...passkey, type: "synced" })),
});
const both = (name: string): Keyholder => ({
  ...keyholder(name, []),
  passkeys: [...keyholder(name, [MODEL, MODEL]).passkeys, ...synced(name).passkeys],
});

function adoptionOf(scope: ReturnType<typeof scopeIn>, enabled?: number) {
  const world = new FakeReports();
  world.keyholders.set("scan-1", [
    keyholder("Alan", [MODEL]),
    both("Mary"),
    synced("Barbara"),
    keyholder("Tony", [MODEL]),
    keyholder("Ida", [MODEL]),
    keyholder("Nobody", []),
  ]);
  const scan = inventory([], enabled === undefined ? {} : { accounts: { enabled, disabled: 3 } });
  return readAdoption(world.ports, world.rules, scan, scope);
}

describe("adoption", () => {
  it("counts the people of the groups, each once, and who has both kinds with each", async () => {
    expect(await adoptionOf(scopeIn([PILOT]))).toEqual({
      of: "groups",
      people: 4,
      withPasskey: 4,
      deviceBound: 3,
      synced: 2,
      outside: 1,
    });
  });

  it("leaves out who is excluded, whatever else they are in", async () => {
    const scope = scopeIn([PILOT, CONTRACTORS], [CONTRACTORS]);
    expect(isInScope(scope, personId("tony"))).toBe(false);
    expect(await adoptionOf(scope)).toMatchObject({ people: 3, withPasskey: 3, outside: 2 });
  });

  it("of all users is of the accounts the scan counted, without those who are excluded", async () => {
    expect(await adoptionOf(scopeIn(["all_users"], [CONTRACTORS]), 40)).toMatchObject({
      of: "accounts",
      people: 38,
      withPasskey: 4,
      outside: 1,
    });
  });

  it("leaves guests out, who cannot register a passkey, and says how many those are", async () => {
    const withGuests = (names: readonly string[], guests: readonly string[]) =>
      Object.assign(new Set(names.map(personId)), { guests: new Set(guests.map(personId)) });
    const known = new Map([
      [PILOT, withGuests(["alan", "barbara", "mary", "gus"], ["gus"])],
      [CONTRACTORS, withGuests(["tony", "zoe", "gil"], ["zoe", "gil"])],
    ]);
    const scope = (includes: readonly string[], excludes: readonly string[] = []) =>
      scopeOf(policyFor(includes, excludes), known);
    const accounts = { enabled: 40, disabled: 3, guests: 10 };
    expect(sizeOf(scope([PILOT]), {})).toEqual({ people: 3, guests: 1 });
    // Of three who are excluded two are guests, who are not taken off twice.
    expect(sizeOf(scope(["all_users"], [CONTRACTORS]), { accounts })).toEqual({ people: 29, guests: 8 });
    expect(sizeOf(scope(["all_users"]), { accounts: { enabled: 40, disabled: 3 } })).toEqual({ people: 40 });
    // Of one group it is not known: then they are among the others.
    expect(sizeOf(scopeIn([PILOT]), {})).toEqual({ people: 4 });
  });

  it("names no total where accounts were not counted", async () => {
    expect(await adoptionOf(scopeIn(["all_users"]))).not.toHaveProperty("people");
  });

  it("of nobody is nobody", async () => {
    expect(await adoptionOf(scopeIn([]))).toMatchObject({ people: 0, withPasskey: 0, outside: 5 });
  });
});
