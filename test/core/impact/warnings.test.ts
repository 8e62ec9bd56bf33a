import { describe, expect, it } from "vitest";
import { findWarnings, type PlanWarning, standingFacts } from "../../../src/core/impact/warnings.js";
import type { JsonObject } from "../../../src/core/json.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { type Aaguid, NO_AAGUID } from "../../../src/core/policy/policy.js";
import { impact, policy } from "../../teams/cards/plan/sample-plans.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../policy/sample-policies.js";

const ANY: JsonObject = { isEnforced: false, enforcementType: "allow", aaGuids: [] };
const list = (enforcementType: string, ...aaGuids: string[]): JsonObject => ({
  isEnforced: true,
  enforcementType,
  aaGuids,
});
const rules = (keyRestrictions: JsonObject, more: JsonObject = {}) => policy({ keyRestrictions, ...more });

type Circumstances = Partial<Omit<Parameters<typeof findWarnings>[0], "before" | "after" | "changes">>;

function warningsOf(before: JsonObject, after: JsonObject, more: Circumstances = {}): readonly PlanWarning[] {
  const changes = diffPolicies(parsePolicy(before), parsePolicy(after));
  const usual = { impact: impact(), usage: [], modelWarnings: {}, bytes: 2_000 };
  return findWarnings({ ...usual, ...more, before: parsePolicy(before), after: parsePolicy(after), changes });
}

describe("what an approver is warned of", () => {
  it("is nothing where attestation proves a list that only grows", () => {
    const before = rules(list("allow", YUBIKEY_5C), { isAttestationEnforced: true });
    const after = rules(list("allow", YUBIKEY_5C, YUBIKEY_5_NFC), { isAttestationEnforced: true });
    expect(warningsOf(before, after)).toEqual([]);
    expect(warningsOf(rules(ANY), rules(ANY, { isSelfServiceRegistrationAllowed: false }))).toEqual([]);
  });

  it("is that passkeys are turned off", () => {
    expect(warningsOf(rules(ANY), rules(ANY, { state: "disabled" }))).toEqual([{ kind: "turned-off" }]);
  });

  it("is what a list loses for later, while passkeys are off or are turned off, and only models in use", () => {
    const usage = [{ aaguid: YUBIKEY_5C as Aaguid, people: 3 }];
    const [both, one] = [list("allow", YUBIKEY_5C, YUBIKEY_5_NFC), list("allow", YUBIKEY_5_NFC)];
    const off = { state: "disabled" };
    expect(warningsOf(rules(both, off), rules(one, off), { usage })).toEqual([
      { kind: "matters-once-on", turnsOff: false, models: [YUBIKEY_5C] },
    ]);
    expect(warningsOf(rules(both), rules(one, off), { usage })).toEqual([
      { kind: "turned-off" },
      { kind: "matters-once-on", turnsOff: true, models: [YUBIKEY_5C] },
    ]);
    expect(warningsOf(rules(both, off), rules(one, off), { usage: [] })).toEqual([]);
  });

  it("is that a list begins to restrict, in other words where passkeys are only now turned on", () => {
    const starts = { kind: "starts-to-restrict" };
    const listed = rules(list("allow", YUBIKEY_5C));
    const others = [{ kind: "list-not-proven" }, { kind: "campaign-passes-over" }];
    expect(warningsOf(rules(ANY), listed)).toEqual([starts, ...others]);
    expect(warningsOf(rules(ANY, { state: "disabled" }), listed)).toEqual([
      { ...starts, turnsOn: true },
      ...others,
    ]);
    expect(warningsOf(rules(ANY), rules(list("block", YUBIKEY_5C)))).toContainEqual({
      ...starts,
      list: "block",
    });
  });

  it("is nothing that was so before, which the policy's own card says", () => {
    const unproven = (...models: string[]) => rules(list("allow", ...models));
    const modelWarnings = { [YUBIKEY_5C]: "REVOKED", [YUBIKEY_5_NFC]: "REVOKED" };
    const usage = [{ aaguid: NO_AAGUID, people: 2 }];
    const [one, both] = [unproven(YUBIKEY_5C), unproven(YUBIKEY_5C, YUBIKEY_5_NFC)];
    expect(warningsOf(one, both, { modelWarnings, usage })).toEqual([
      { kind: "models-warned-of", models: [YUBIKEY_5_NFC] },
    ]);
    const off = { ...one, state: "disabled" };
    expect(warningsOf(off, one).map(({ kind }) => kind)).toEqual(["list-not-proven", "campaign-passes-over"]);
    expect(standingFacts(parsePolicy(both), { modelWarnings, bytes: 18_000 })).toEqual([
      { kind: "list-not-proven" },
      { kind: "models-warned-of", models: [YUBIKEY_5C, YUBIKEY_5_NFC] },
      { kind: "little-room", bytes: 18_000 },
    ]);
  });

  it("is what becomes so in one profile, though it was so in another", () => {
    const first = (change: JsonObject) => profilesPolicy({}, change);
    const open = { attestationEnforcement: "disabled" };
    expect(warningsOf(first({ ...open, keyRestrictions: ANY }), first(open)).map(({ kind }) => kind)).toEqual(
      ["starts-to-restrict", "list-not-proven", "campaign-passes-over"],
    );
  });

  it("is what a block list lets in", () => {
    const blocked = rules(list("block", YUBIKEY_5C), { isAttestationEnforced: true });
    expect(warningsOf(rules(ANY), blocked)).toContainEqual({ kind: "block-list" });
  });

  it("is how many people use a passkey that names no model, under an allow list only", () => {
    const usage = [{ aaguid: NO_AAGUID, people: 2 }];
    const nameless = { kind: "nameless-in-use", people: 2 };
    expect(warningsOf(rules(ANY), rules(list("allow", YUBIKEY_5C)), { usage })).toContainEqual(nameless);
    expect(warningsOf(rules(ANY), rules(list("block", YUBIKEY_5C)), { usage })).not.toContainEqual(nameless);
  });

  it("is each model on an allow list that the FIDO metadata warns of, once", () => {
    const modelWarnings = { [YUBIKEY_5C]: "REVOKED", [YUBIKEY_5_NFC]: "REVOKED" };
    const after = rules(list("allow", YUBIKEY_5C));
    expect(warningsOf(rules(ANY), after, { modelWarnings })).toContainEqual({
      kind: "models-warned-of",
      models: [YUBIKEY_5C],
    });
  });

  it("is the size from 18,000 bytes on", () => {
    const room = (bytes: number) => warningsOf(rules(ANY), rules(ANY, { includeTargets: [] }), { bytes });
    expect(room(17_999)).toEqual([]);
    expect(room(18_000)).toEqual([{ kind: "little-room", bytes: 18_000 }]);
  });

  it("is what the scan cannot know, where the plan rests on it", () => {
    const lagging = { ...impact().coverage, recentIncluded: false };
    const counting = (disabled: number) => ({ ...impact().coverage, accounts: { enabled: 9, disabled } });
    const of = (changes: Parameters<typeof impact>[0]) =>
      warningsOf(rules(ANY), rules(ANY, { includeTargets: [] }), { impact: impact(changes) });
    expect(of({ narrows: true })).toEqual([{ kind: "disabled-not-scanned" }]);
    expect(of({ narrows: true, coverage: counting(2) })).toEqual([
      { kind: "disabled-not-scanned", count: 2 },
    ]);
    expect(of({ narrows: true, coverage: counting(0) })).toEqual([]);
    expect(of({ narrows: true, coverage: lagging })).toEqual([
      { kind: "disabled-not-scanned" },
      { kind: "lately-registered-not-scanned" },
    ]);
    expect(of({ narrows: false, coverage: lagging })).toEqual([]);
  });

  it("is about the profiles that change, not about others", () => {
    const open = profilesPolicy({}, { attestationEnforcement: "disabled" });
    expect(warningsOf(open, profilesPolicy())).toEqual([{ kind: "attestation-excludes" }]);
    expect(warningsOf(profilesPolicy(), profilesPolicy({}, { keyRestrictions: ANY }))).toEqual([]);
  });

  it("is that attestation keeps synced passkeys out where a profile is to admit them", () => {
    const [one, both] = ["deviceBound", "deviceBound,synced"].map((types) =>
      profilesPolicy({}, { passkeyTypes: types }),
    );
    if (one === undefined || both === undefined) throw new Error("two policies");
    expect(warningsOf(one, both)).toEqual([{ kind: "attestation-excludes" }]);
    expect(warningsOf(both, one)).not.toContainEqual({ kind: "attestation-excludes" });
  });

  it("is the same for the legacy shape", () => {
    expect(warningsOf(legacyPolicy(), legacyPolicy({ state: "disabled" }))).toContainEqual({
      kind: "turned-off",
    });
  });
});
