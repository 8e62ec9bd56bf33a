import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { personId, tenantId } from "../../../src/core/person.js";
import { makeProposal } from "../../../src/core/plan/make-proposal.js";
import type { Intent } from "../../../src/core/policy/intent.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Catalogue, Directory, Ports, Rules } from "../../../src/core/ports.js";
import type {
  AccountRef,
  Inventory,
  Keyholder,
  ModelInUse,
  PasskeyAnswer,
} from "../../../src/core/scan/inventory.js";
import { inventory, keyholder, passkey } from "../impact/sample-keyholders.js";
import {
  ANDROID,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
  ZERO,
} from "../policy/sample-policies.js";

const RULES: Rules = {
  tenantId: tenantId("tenant"),
  access: undefined,
  approvers: undefined,
  approvalsRequired: 1,
  allowSelfApproval: false,
  planTtlMinutes: 60,
  scanMaxAgeHours: 24,
  scanFullDays: 7,
  emergencyAccounts: [personId("breakglass")],
};

/** Knows the YubiKey 5C, which is revoked; names every other model by what Graph says. */
const catalogue: Catalogue = {
  model: (aaguid, hint) => ({
    aaguid,
    name: catalogue.modelName(aaguid, hint),
    kind: "security-key",
    warnings:
      aaguid === YUBIKEY_5C
        ? [
            { status: "USER_KEY_PHYSICAL_COMPROMISE" },
            { status: "REVOKED", since: "2026-01-01" },
            { status: "REVOKED" },
          ]
        : [],
    source: "fido",
  }),
  metadataNumber: () => undefined,
  modelName: (aaguid, hint) => (aaguid === YUBIKEY_5C ? "YubiKey 5C" : (hint ?? "Unknown model")),
  search: () => [],
};
/** A tenant without groups. */
const directory: Directory = {
  person: async (id) => ({ id, name: id }),
  people: async (ids) => new Map(ids.map((id) => [id, { id, name: id }])),
  signInName: async () => undefined,
  isMember: async () => true,
  peopleNamed: async () => [],
  activeRoles: async () => [],
  holdersOf: async () => new Set(),
  groupsOf: async () => new Set(),
  groupsNamed: async () => [],
  group: async () => undefined,
  membersOf: async () => new Set(),
  allGroups: async () => ({ groups: [], isComplete: true }),
  countMembers: async () => 0,
};

const used = (aaguid: string, people: number, hint?: string): ModelInUse => ({
  aaguid: aaguid as Aaguid,
  ...(hint === undefined ? {} : { hint }),
  people,
  passkeys: people,
  types: { deviceBound: people, synced: 0, unsaid: 0 },
  attested: { yes: people, no: 0, unsaid: 0 },
});
const MODELS = [used(YUBIKEY_5C, 2), used(YUBIKEY_5_NFC, 1, "NFC key"), used(ZERO, 1)];
const PEOPLE = [
  keyholder("ada", [passkey(YUBIKEY_5C)]),
  keyholder("breakglass", [passkey(YUBIKEY_5C), passkey(YUBIKEY_5_NFC)]),
  keyholder("cid", [passkey(ZERO)]),
];

/** Emergency accounts have no passkeys but those of the scan. */
const passkeys = {
  passkeysOf: async (people: readonly AccountRef[]) => ({
    answers: people.map((account): PasskeyAnswer => ({ kind: "read", account, passkeys: [] })),
    later: [],
  }),
} as unknown as Ports["passkeys"];
const log = { info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => new Date(0), elapsed: () => 0, sleep: async () => {}, newId: () => "id" };

const ENABLE: Intent = { kind: "enable", restriction: "as-fits", authenticators: ["ios", "android"] };
const OFF = legacyPolicy({ state: "disabled" });

function propose(
  intent: Intent,
  policy: JsonObject,
  scan: Partial<Inventory> = {},
  people: readonly Keyholder[] = PEOPLE,
) {
  return makeProposal({ catalogue, directory, passkeys, clock, log }, RULES, {
    intent,
    policy,
    inventory: inventory({ models: MODELS, ...scan }),
    async *people() {
      for (const person of people) yield [person];
    },
  });
}
async function proposed(...asked: Parameters<typeof propose>) {
  const result = await propose(...asked);
  if ("kind" in result) throw new Error(`refused: ${result.code}`);
  return result;
}

describe("a proposal", () => {
  it("allows the models in use by the scan's summary, and says how many people use each", async () => {
    const { after, usage } = await proposed(ENABLE, OFF);
    expect(JSON.stringify(after)).toContain(YUBIKEY_5C);
    expect(JSON.stringify(after)).not.toContain(ZERO);
    expect(usage).toEqual([
      { aaguid: YUBIKEY_5C, people: 2 },
      { aaguid: YUBIKEY_5_NFC, people: 1 },
      { aaguid: ZERO, people: 1 },
    ]);
  });

  it("names every model of policy and scan, with Graph's words where nothing better is known", async () => {
    const { modelNames } = await proposed(ENABLE, OFF);
    expect(modelNames).toMatchObject({ [YUBIKEY_5C]: "YubiKey 5C", [YUBIKEY_5_NFC]: "NFC key" });
    expect(Object.keys(modelNames)).toHaveLength(5);
  });

  it("keeps what the FIDO metadata warns of, for the models it warns of", async () => {
    const { modelWarnings } = await proposed(ENABLE, OFF);
    expect(modelWarnings).toEqual({ [YUBIKEY_5C]: "USER_KEY_PHYSICAL_COMPROMISE, REVOKED" });
  });

  it("names what it leaves out of a list because the profile does not admit it, with the people who have it", async () => {
    const raw = profilesPolicy({}, { passkeyTypes: "synced" });
    const synced = { ...used(ICLOUD, 4), types: { deviceBound: 0, synced: 4, unsaid: 0 } };
    const { after, warnings, modelNames, usage } = await proposed({ kind: "allow-in-use" }, raw, {
      models: [used(YUBIKEY_5C, 2), synced],
    });
    expect(JSON.stringify(after)).not.toContain(YUBIKEY_5C);
    expect(warnings[0]).toEqual({
      kind: "models-left-out",
      models: [YUBIKEY_5C],
      type: "deviceBound",
      profile: "Default passkey profile",
      others: [],
    });
    expect(modelNames[YUBIKEY_5C]).toBe("YubiKey 5C");
    expect(usage).toContainEqual({ aaguid: YUBIKEY_5C, people: 2 });
    // Authenticator is in use by no person, and is named all the same.
    const listed = { isEnforced: true, enforcementType: "allow", aaGuids: [] };
    const onlySynced = profilesPolicy({}, { passkeyTypes: "synced", keyRestrictions: listed });
    const enabled = await proposed(ENABLE, onlySynced, { models: [synced] });
    expect(enabled.warnings[0]).toMatchObject({ models: [IOS, ANDROID] });
    expect(Object.keys(enabled.modelNames)).toEqual(expect.arrayContaining([IOS, ANDROID]));
  });

  it("is refused when it would take a passkey from an emergency account, also where another one stays", async () => {
    const keyRestrictions = { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC] };
    // Turned off, nobody keeps any.
    expect(await propose({ kind: "disable" }, legacyPolicy())).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ id: "breakglass", name: "breakglass" }],
    });
    const unused = { models: [used(YUBIKEY_5_NFC, 1)] };
    const swapped = await propose(ENABLE, legacyPolicy(), unused);
    expect(swapped).toMatchObject({ code: "emergency-account-cut-off" });
    // Under the list of today they have lost nothing that works.
    expect(await propose(ENABLE, legacyPolicy({ keyRestrictions }), unused)).not.toHaveProperty("code");
  });

  it("is of the scan as well when it narrows, and of the policy alone when it does not", async () => {
    const others = PEOPLE.filter((person) => person.name !== "breakglass");
    const fingerprints = (intent: Intent, policy: JsonObject) =>
      Promise.all(
        ["one", "two"].map(
          async (scanId) => (await proposed(intent, policy, { scanId }, others)).fingerprint,
        ),
      );
    const [one, two] = await fingerprints({ kind: "disable" }, legacyPolicy());
    expect(one).not.toBe(two);
    const [same, again] = await fingerprints(ENABLE, OFF);
    expect(same).toBe(again);
  });
});
