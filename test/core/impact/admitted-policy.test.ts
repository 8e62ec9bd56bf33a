import { describe, expect, it } from "vitest";
import { admittedPolicy } from "../../../src/core/impact/admitted-policy.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { EnableIntent, Intent } from "../../../src/core/policy/intent.js";
import type { Model } from "../../../src/core/policy/model.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { ModelInUse } from "../../../src/core/scan/inventory.js";
import {
  ANDROID,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
} from "../policy/sample-policies.js";

const UNKNOWN = "7b1d4a90-1111-4111-8111-111111111111";
const HELLO = "08987058-cadc-4b81-b6e1-30de50dcbe96";
const KINDS: Readonly<Record<string, Model["kind"]>> = {
  [YUBIKEY_5C]: "security-key",
  [YUBIKEY_5_NFC]: "security-key",
  [ICLOUD]: "synced-provider",
  [HELLO]: "platform",
};
const model = (aaguid: Aaguid): Model => ({
  aaguid,
  name: aaguid.slice(0, 4),
  kind: KINDS[aaguid] ?? "unknown",
  warnings: [],
  source: "fido",
});
const catalogue = {
  model,
  modelName: (aaguid: Aaguid) => aaguid,
  metadataNumber: () => undefined,
  search: () => [],
};

/** A model that one person has, by what Graph says of the passkey. */
function used(aaguid: string, said?: "deviceBound" | "synced" | "unsaid"): ModelInUse {
  const types = { deviceBound: 0, synced: 0, unsaid: 0 };
  const type = said ?? (aaguid === ICLOUD ? "synced" : "deviceBound");
  return {
    aaguid: aaguid as Aaguid,
    people: 1,
    passkeys: 1,
    types: { ...types, [type]: 1 },
    attested: { yes: 1, no: 0, unsaid: 0 },
  };
}

const listed = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });
const blocked = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "block", aaGuids });
const UNRESTRICTED = { isEnforced: false, enforcementType: "allow", aaGuids: [] };

function policyOf(passkeyTypes: string, keyRestrictions: JsonObject = listed(YUBIKEY_5_NFC)) {
  return profilesPolicy({}, { passkeyTypes, keyRestrictions });
}

function admitted(raw: JsonObject, intent: Intent, ...inUse: readonly ModelInUse[]) {
  return admittedPolicy({ catalogue }, parsePolicy(raw), intent, inUse);
}

/** The list of the default profile, and what was left out of it. */
function lists(raw: JsonObject, intent: Intent, ...inUse: readonly ModelInUse[]) {
  const result = admitted(raw, intent, ...inUse);
  if ("kind" in result) throw new Error(result.code);
  const { after, leftOut } = result;
  const rules = after.shape === "legacy" ? after : after.profiles[0];
  const list = rules?.restriction.mode === "any" ? "any" : rules?.restriction.aaguids;
  return { list, out: leftOut?.models.map(({ aaguid }) => aaguid) ?? [] };
}

const allow = (...models: string[]): Intent => ({ kind: "allow", aaguids: models as Aaguid[] });
const IN_USE: Intent = { kind: "allow-in-use" };
const enable = (rest: Partial<EnableIntent> = {}): Intent => ({
  kind: "enable",
  restriction: "as-fits",
  authenticators: ["ios", "android"],
  ...rest,
});

describe("a model that is allowed by name in a profile", () => {
  it.each([
    ["synced", YUBIKEY_5C, "deviceBound", []],
    ["synced", IOS, "deviceBound", []],
    ["deviceBound", ICLOUD, "synced", ["synced"]],
  ])("is refused where the profile admits %s only: %s", (types, aaguid, type, others) => {
    expect(admitted(policyOf(types), allow(aaguid))).toEqual({
      kind: "refusal",
      code: "kind-not-admitted",
      models: [model(aaguid as Aaguid)],
      type,
      profile: "Default passkey profile",
      others,
    });
  });

  it.each([
    ["deviceBound", YUBIKEY_5C],
    ["synced", ICLOUD],
    ["deviceBound,synced", ICLOUD],
    ["synced", UNKNOWN],
    ["synced", HELLO],
  ])("is fine where the profile admits %s, or its kind is not known: %s", (types, aaguid) => {
    expect(lists(policyOf(types), allow(aaguid))).toEqual({ list: [YUBIKEY_5_NFC, aaguid], out: [] });
  });

  it("is no matter where the list has it already", () => {
    const { list } = lists(policyOf("synced"), allow(YUBIKEY_5_NFC, ICLOUD));
    expect(list).toEqual([YUBIKEY_5_NFC, ICLOUD]);
  });

  it("is not called usable where nothing is restricted but its kind", () => {
    const code = "kind-not-admitted";
    expect(admitted(policyOf("synced", UNRESTRICTED), allow(YUBIKEY_5C))).toMatchObject({ code });
    expect(admitted(policyOf("synced", blocked(YUBIKEY_5C)), allow(YUBIKEY_5C))).toMatchObject({ code });
  });

  it("is fine where Graph calls a registered passkey of it what the profile admits, or does not say", () => {
    const { list } = lists(policyOf("synced"), allow(YUBIKEY_5C), used(YUBIKEY_5C, "synced"));
    expect(list).toContain(YUBIKEY_5C);
    expect(lists(policyOf("synced"), allow(YUBIKEY_5C), used(YUBIKEY_5C, "unsaid")).list).toContain(
      YUBIKEY_5C,
    );
  });
});

describe("a model that is allowed together with its kind", () => {
  const withKind = (admits: "deviceBound" | "synced", ...models: string[]): Intent => ({
    kind: "allow",
    aaguids: models as Aaguid[],
    admits,
  });
  const profileAfter = (raw: JsonObject, intent: Intent) => {
    const result = admitted(raw, intent);
    if ("kind" in result) throw new Error(result.code);
    const { after } = result;
    if (after.shape === "legacy") throw new Error("no profiles");
    return after.profiles[0];
  };

  it.each([
    ["synced", "deviceBound", YUBIKEY_5C],
    ["deviceBound", "synced", ICLOUD],
  ] as const)(
    "is on the list of a profile that admitted %s only, and the profile admits both",
    (types, admits, aaguid) => {
      const result = admitted(policyOf(types), withKind(admits, aaguid));
      if ("kind" in result) throw new Error(result.code);
      expect(result.changes.map(({ setting }) => setting)).toEqual(["types", "restriction"]);
      const raw = JSON.stringify(result.after.raw);
      expect(raw).toContain('"passkeyTypes":"deviceBound,synced"');
      expect(raw).toContain(aaguid);
    },
  );

  it("needs no list: its kind alone kept it out", () => {
    const after = profileAfter(policyOf("synced", UNRESTRICTED), withKind("deviceBound", YUBIKEY_5C));
    expect(after).toMatchObject({ types: ["deviceBound", "synced"], restriction: { mode: "any" } });
  });

  it("may be on the list already", () => {
    const after = profileAfter(policyOf("synced"), withKind("deviceBound", YUBIKEY_5_NFC));
    expect(after).toMatchObject({
      types: ["deviceBound", "synced"],
      restriction: { aaguids: [YUBIKEY_5_NFC] },
    });
  });

  it("changes nothing but the list where the kind is admitted, and in a tenant without profiles", () => {
    const both = policyOf("synced,deviceBound");
    expect(admitted(both, withKind("synced", ICLOUD))).toMatchObject({
      changes: [{ setting: "restriction" }],
    });
    const legacy = legacyPolicy({ keyRestrictions: listed(YUBIKEY_5_NFC) });
    expect(lists(legacy, withKind("synced", ICLOUD)).list).toEqual([YUBIKEY_5_NFC, ICLOUD]);
    expect(admitted(both, withKind("synced", YUBIKEY_5_NFC))).toMatchObject({ changes: [] });
    const free = policyOf("deviceBound", UNRESTRICTED);
    expect(admitted(free, withKind("deviceBound", YUBIKEY_5C))).toMatchObject({ code: "not-restricted" });
  });

  it("is refused where it is of the other kind", () => {
    expect(admitted(policyOf("synced"), withKind("synced", YUBIKEY_5C))).toMatchObject({
      code: "kind-not-admitted",
    });
  });
});

describe("models in use, allowed together", () => {
  it("leave out those whose kind the profile does not admit", () => {
    expect(lists(policyOf("synced"), IN_USE, used(YUBIKEY_5C), used(ICLOUD), used(IOS))).toEqual({
      list: [YUBIKEY_5_NFC, ICLOUD],
      out: [YUBIKEY_5C, IOS],
    });
    expect(lists(policyOf("deviceBound"), IN_USE, used(YUBIKEY_5C), used(ICLOUD))).toEqual({
      list: [YUBIKEY_5_NFC, YUBIKEY_5C],
      out: [ICLOUD],
    });
  });

  it("leave out one of no known kind, or of a platform, whose passkeys are all of the other kind", () => {
    expect(lists(policyOf("synced"), IN_USE, used(ICLOUD), used(UNKNOWN), used(HELLO))).toEqual({
      list: [YUBIKEY_5_NFC, ICLOUD],
      out: [UNKNOWN, HELLO],
    });
    const synced = used(UNKNOWN, "synced");
    expect(lists(policyOf("deviceBound"), IN_USE, used(YUBIKEY_5C), synced).out).toEqual([UNKNOWN]);
  });

  it("keep one of no known kind whose passkeys are of both, or Graph did not say", () => {
    const both = { ...used(UNKNOWN), types: { deviceBound: 1, synced: 1, unsaid: 0 } };
    const unsaid = { ...used(UNKNOWN), types: { deviceBound: 1, synced: 0, unsaid: 1 } };
    for (const use of [both, unsaid]) expect(lists(policyOf("synced"), IN_USE, use).out).toEqual([]);
  });

  it.each(["synced", "unsaid"] as const)(
    "keep a model whose passkeys are, or may be, admitted: %s",
    (said) => {
      expect(lists(policyOf("synced"), IN_USE, used(YUBIKEY_5C, said))).toEqual({
        list: [YUBIKEY_5_NFC, YUBIKEY_5C],
        out: [],
      });
    },
  );

  it("are refused when none of them could work there", () => {
    expect(admitted(policyOf("synced"), IN_USE, used(YUBIKEY_5C))).toMatchObject({
      code: "kind-not-admitted",
      models: [{ aaguid: YUBIKEY_5C }],
    });
  });

  it("are all allowed where both kinds are admitted, and in a tenant without profiles", () => {
    const people = [used(YUBIKEY_5C), used(ICLOUD)];
    expect(lists(policyOf("deviceBound,synced"), IN_USE, ...people).out).toEqual([]);
    const legacy = legacyPolicy({ keyRestrictions: listed(YUBIKEY_5_NFC) });
    expect(lists(legacy, IN_USE, ...people).list).toEqual([YUBIKEY_5_NFC, YUBIKEY_5C, ICLOUD]);
  });
});

describe("turning passkeys on with a list", () => {
  it("leaves Authenticator and security keys out where only synced passkeys are admitted", () => {
    const raw = policyOf("synced", UNRESTRICTED);
    expect(lists(raw, enable(), used(YUBIKEY_5C), used(ICLOUD))).toEqual({
      list: [ICLOUD],
      out: [IOS, ANDROID, YUBIKEY_5C],
    });
  });

  it("leaves on the list what was written on it before", () => {
    const prepared = { ...UNRESTRICTED, aaGuids: [YUBIKEY_5_NFC, IOS] };
    expect(lists(policyOf("synced", prepared), enable(), used(YUBIKEY_5C))).toEqual({
      list: [YUBIKEY_5_NFC, IOS],
      out: [ANDROID, YUBIKEY_5C],
    });
  });

  it("is refused when nothing would be on the list", () => {
    expect(admitted(policyOf("synced", UNRESTRICTED), enable(), used(YUBIKEY_5C))).toMatchObject({
      code: "kind-not-admitted",
      models: [{ aaguid: IOS }, { aaguid: ANDROID }, { aaguid: YUBIKEY_5C }],
      leavesListEmpty: true,
    });
  });

  it("is refused when nothing but what is left out would change", () => {
    const result = admitted(policyOf("synced", listed(ICLOUD)), enable());
    expect(result).toMatchObject({
      code: "kind-not-admitted",
      models: [{ aaguid: IOS }, { aaguid: ANDROID }],
    });
    expect(result).not.toHaveProperty("leavesListEmpty");
  });

  it("is fine without a list, or with a block list: nothing is left out of those", () => {
    expect(lists(policyOf("synced"), enable({ restriction: "any" }))).toEqual({ list: "any", out: [] });
    const block = policyOf("synced", blocked(IOS, YUBIKEY_5C));
    expect(lists(block, enable(), used(YUBIKEY_5C))).toEqual({ list: [YUBIKEY_5C], out: [] });
  });
});
