import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inventory, Keyholder } from "../../../src/core/inventory/inventory.js";
import type { JsonObject } from "../../../src/core/json.js";
import { type PersonId, personId } from "../../../src/core/person.js";
import { assessImpact } from "../../../src/core/plan/assess-impact.js";
import { narrows } from "../../../src/core/policy/narrows.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid, PasskeyType } from "../../../src/core/policy/policy.js";
import { anyPolicy, GROUPS, MODELS } from "../policy/arbitrary-policy.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../policy/sample-policies.js";

const PILOT = GROUPS[0] as string;
const EXCLUDED = GROUPS[1] as string;

function keyholder(
  name: string,
  passkeys: readonly [model: string, type?: PasskeyType][],
  isAdmin = false,
): Keyholder {
  const made = passkeys.map(([aaguid, type]) => ({
    aaguid: aaguid as Aaguid,
    model: undefined,
    type,
    attested: undefined,
  }));
  return { id: personId(name), name, isAdmin, passkeys: made };
}

function inventory(keyholders: readonly Keyholder[]): Inventory {
  const at = "2026-11-22T10:00:00.000Z";
  return {
    scanId: "scan",
    startedAt: at,
    finishedAt: at,
    path: "report",
    keyholders,
    asked: 3,
    gone: 0,
    unread: [],
  };
}

function impact(
  before: JsonObject,
  after: JsonObject,
  people: readonly Keyholder[],
  members: Record<string, string[]> = {},
) {
  const memberships = new Map<string, ReadonlySet<PersonId>>(
    Object.entries(members).map(([id, names]) => [id, new Set(names.map(personId))]),
  );
  return assessImpact({
    before: parsePolicy(before),
    after: parsePolicy(after),
    inventory: inventory(people),
    memberships,
  });
}

const allow = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});
const block = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "block", aaGuids },
});
const names = (people: readonly { name: string }[]) => people.map((person) => person.name);

describe("who loses passkey sign-in", () => {
  const people = [
    keyholder("zoe", [[YUBIKEY_5C, "deviceBound"]]),
    keyholder("amy", [[YUBIKEY_5C, "deviceBound"]], true),
    keyholder("bob", [
      [YUBIKEY_5C, "deviceBound"],
      [YUBIKEY_5_NFC, "deviceBound"],
    ]),
    keyholder("cat", [[YUBIKEY_5_NFC, "deviceBound"]]),
  ];

  it("names those left without a passkey, administrators first, and tells apart who keeps another", () => {
    const result = impact(legacyPolicy(), legacyPolicy(allow(YUBIKEY_5_NFC)), people);
    expect(names(result.losing)).toEqual(["amy", "zoe"]);
    expect(names(result.keepingAnother)).toEqual(["bob"]);
    expect(result.modelsCutOff).toEqual([{ aaguid: YUBIKEY_5C, people: 3 }]);
    expect(result.narrows).toBe(true);
  });

  it("is everybody who has one when passkeys are turned off", () => {
    const result = impact(legacyPolicy(), legacyPolicy({ state: "disabled" }), people);
    expect(names(result.losing)).toEqual(["amy", "bob", "cat", "zoe"]);
  });

  it("is nobody when passkeys were off, and counts those who can sign in again", () => {
    const result = impact(legacyPolicy({ state: "disabled" }), legacyPolicy(allow(YUBIKEY_5_NFC)), people);
    expect(result).toMatchObject({ losing: [], keepingAnother: [], regaining: 2, narrows: false });
  });

  it("counts a person by the groups they are in, and an exclusion wins", () => {
    const pilotOnly = legacyPolicy({ includeTargets: [{ id: PILOT.toUpperCase(), targetType: "group" }] });
    const members = { [PILOT]: ["amy", "cat"], [EXCLUDED]: ["cat"] };
    expect(names(impact(legacyPolicy(), pilotOnly, people, members).losing)).toEqual(["bob", "zoe"]);
    const excluded = legacyPolicy({ excludeTargets: [{ id: EXCLUDED, targetType: "group" }] });
    const result = impact(legacyPolicy(), excluded, people, members);
    expect(names(result.losing)).toEqual(["cat"]);
    expect(result.narrows).toBe(true);
  });

  it("sees a person who is targeted or excluded by name", () => {
    const zoeOnly = legacyPolicy({ includeTargets: [{ id: "ZOE", targetType: "user" }] });
    expect(names(impact(zoeOnly, legacyPolicy({ state: "disabled" }), people).losing)).toEqual(["zoe"]);
    const notZoe = legacyPolicy({ excludeTargets: [{ id: "zoe", targetType: "user" }] });
    expect(names(impact(legacyPolicy(), notZoe, people).losing)).toEqual(["zoe"]);
  });

  it("asks one matching profile, not all of them", () => {
    const synced = keyholder("sue", [[YUBIKEY_5C, "synced"]]);
    const device = keyholder("dan", [[YUBIKEY_5_NFC, "deviceBound"]]);
    const after = profilesPolicy({}, block(YUBIKEY_5C, YUBIKEY_5_NFC));
    const result = impact(profilesPolicy(), after, [synced, device]);
    expect(names(result.losing)).toEqual(["dan"]);
  });

  it("does not count attestation: it is checked when a passkey is registered, not when it is used", () => {
    const result = impact(legacyPolicy({ isAttestationEnforced: false }), legacyPolicy(), people);
    expect(result).toMatchObject({ losing: [], narrows: false });
  });

  it("fears the worst where Graph did not say whether a passkey is synced", () => {
    const unknown = keyholder("una", [[YUBIKEY_5_NFC]]);
    const after = profilesPolicy({}, { passkeyTypes: "synced", ...allow(YUBIKEY_5_NFC) });
    const only = {
      includeTargets: [{ id: "all_users", allowedPasskeyProfiles: ["00000000-0000-0000-0000-000000000001"] }],
    };
    const result = impact(profilesPolicy(only), { ...after, ...only }, [unknown]);
    expect(names(result.losing)).toEqual(["una"]);
  });
});

describe("widening", () => {
  const anyKeyholder = fc
    .array(
      fc.tuple(
        fc.constantFrom(...MODELS),
        fc.constantFrom<PasskeyType | undefined>("deviceBound", "synced", undefined),
      ),
      {
        maxLength: 3,
      },
    )
    .map((passkeys) => keyholder("eve", passkeys as [string, PasskeyType?][]));
  const anyGroups = fc.subarray([...GROUPS]).map((ids) => Object.fromEntries(ids.map((id) => [id, ["eve"]])));

  it("never cuts anyone off: whoever loses something is in a plan that says it narrows", () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyKeyholder, anyGroups, (before, after, person, members) => {
        const result = impact(before, after, [person], members);
        if (result.losing.length + result.keepingAnother.length > 0) expect(result.narrows).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is not narrowing: a policy does not narrow to itself", () => {
    fc.assert(
      fc.property(anyPolicy, (raw) => {
        expect(narrows(parsePolicy(raw), parsePolicy(raw))).toBe(false);
      }),
    );
  });
});
