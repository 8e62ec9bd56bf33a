import { describe, expect, it } from "vitest";
import { refuseKinds } from "../../../src/core/impact/refuse-kinds.js";
import type { JsonObject } from "../../../src/core/json.js";
import { desiredPolicy } from "../../../src/core/policy/desired/desired-policy.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import type { Intent } from "../../../src/core/policy/intent.js";
import type { Model } from "../../../src/core/policy/model.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { ICLOUD, IOS, profilesPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../policy/sample-policies.js";

const KINDS: Readonly<Record<string, Model["kind"]>> = {
  [YUBIKEY_5C]: "security-key",
  [YUBIKEY_5_NFC]: "security-key",
  [ICLOUD]: "synced-provider",
};
const model = (aaguid: Aaguid): Model => ({
  aaguid,
  name: aaguid.slice(0, 4),
  kind: KINDS[aaguid] ?? "unknown",
  warnings: [],
  source: "fido",
});
const catalogue = { model, modelName: (aaguid: Aaguid) => aaguid, search: () => [] };
const profiles = (types: string): JsonObject => {
  const raw = profilesPolicy({}, { passkeyTypes: types });
  return raw;
};

function refusalOf(types: string, kind: "allow" | "remove", ...models: string[]) {
  const before = parsePolicy(profiles(types));
  const intent: Intent = { kind, aaguids: models as Aaguid[] };
  const after = desiredPolicy(before, intent, []);
  if ("kind" in after) throw new Error(after.code);
  return refuseKinds({ catalogue }, intent, after, diffPolicies(before, after));
}

describe("a model that is allowed in a profile", () => {
  it.each([
    ["synced", YUBIKEY_5C, "deviceBound", []],
    ["synced", IOS, "deviceBound", []],
    ["deviceBound", ICLOUD, "synced", ["synced"]],
  ])("is refused where the profile admits %s only: %s", (types, aaguid, type, others) => {
    expect(refusalOf(types, "allow", aaguid)).toMatchObject({
      code: "kind-not-admitted",
      models: [{ aaguid }],
      type,
      profile: "Default passkey profile",
      others,
    });
  });

  it.each([
    ["deviceBound", YUBIKEY_5C],
    ["synced", ICLOUD],
    ["deviceBound,synced", ICLOUD],
    ["synced", "7b1d4a90-1111-4111-8111-111111111111"],
  ])("is fine where the profile admits %s, or its kind is not known: %s", (types, aaguid) => {
    expect(refusalOf(types, "allow", aaguid)).toBeUndefined();
  });

  it("is no matter where the list has it already", () => {
    expect(refusalOf("synced", "allow", YUBIKEY_5_NFC, ICLOUD)).toBeUndefined();
  });
});
