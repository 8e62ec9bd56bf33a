import { describe, expect, it } from "vitest";
import type { GroupId } from "../../../src/core/person.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { isAbout } from "../../../src/core/record/concerns.js";
import type { Subject } from "../../../src/core/record/subject.js";
import { model } from "../report/fake-reports.js";

const NFC = "aa000000-0000-4000-8000-000000000000";
const NANO = "bb000000-0000-4000-8000-000000000000";
const PILOT = "11111111-0000-4000-8000-000000000000";
const IT = "22222222-0000-4000-8000-000000000000";
const DEFAULT = "00000000-0000-0000-0000-000000000001";
const BOARD = "33333333-0000-4000-8000-000000000000";

const group = (id: string): Subject => ({
  kind: "group",
  group: { id: id as GroupId, name: "x" },
});
const models = (...ids: readonly string[]): Subject => ({
  kind: "model",
  models: ids.map((id) => model(id as Aaguid, "x")),
  called: "x",
});
const profile = (id: string): Subject => ({ kind: "profile", id, name: "x" });

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});
const set = (id: string, aaGuids: readonly string[], name = id) => ({
  id,
  name,
  passkeyTypes: "deviceBound",
  attestationEnforcement: "disabled",
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [...aaGuids] },
});
const policy = (changes: object = {}) =>
  parsePolicy({
    id: "Fido2",
    state: "enabled",
    isSelfServiceRegistrationAllowed: true,
    defaultPasskeyProfile: DEFAULT,
    includeTargets: [target(PILOT, DEFAULT)],
    excludeTargets: [],
    passkeyProfiles: [set(DEFAULT, [NFC]), set(BOARD, [NFC])],
    ...changes,
  });
const touches = (changes: object, subject: Subject): boolean => {
  if (subject.kind === "person") throw new Error("a person is in no change");
  const [before, after] = [policy(), policy(changes)];
  const difference = { before: before.raw, after: after.raw, changes: diffPolicies(before, after) };
  return isAbout(difference, subject);
};

describe("what a change of the policy is about", () => {
  it.each([
    ["added", { includeTargets: [target(PILOT, DEFAULT), target(IT, DEFAULT)] }, IT, PILOT],
    ["removed", { includeTargets: [target(IT, DEFAULT)] }, PILOT, BOARD],
    ["given another profile", { includeTargets: [target(PILOT, DEFAULT, BOARD)] }, PILOT, IT],
    ["excluded", { excludeTargets: [{ id: IT, targetType: "group" }] }, IT, PILOT],
  ])("is a group that is %s, and no other", (_, changes, meant, other) => {
    expect(touches(changes, group(meant))).toBe(true);
    expect(touches(changes, group(other))).toBe(false);
  });

  it("is a model that a list gained or lost, in whichever profile", () => {
    const changes = { passkeyProfiles: [set(DEFAULT, [NFC]), set(BOARD, [NANO])] };
    expect(touches(changes, models(NANO))).toBe(true);
    expect(touches(changes, models(NFC))).toBe(true);
    expect(touches({ passkeyProfiles: [set(DEFAULT, [NFC, NANO]), set(BOARD, [NFC])] }, models(NFC))).toBe(
      false,
    );
  });

  it("is a profile whose rules, name or people changed, or that came or went", () => {
    const renamed = { passkeyProfiles: [set(DEFAULT, [NFC]), set(BOARD, [NFC], "Executives")] };
    expect(touches(renamed, profile(BOARD))).toBe(true);
    expect(touches(renamed, profile(DEFAULT))).toBe(false);
    expect(touches({ passkeyProfiles: [set(DEFAULT, [NFC])] }, profile(BOARD))).toBe(true);
    expect(touches({ passkeyProfiles: [set(DEFAULT, [NANO]), set(BOARD, [NFC])] }, profile(BOARD))).toBe(
      false,
    );
    const given = { includeTargets: [target(PILOT, DEFAULT, BOARD)] };
    expect(touches(given, profile(BOARD))).toBe(true);
    expect(touches(given, profile(DEFAULT))).toBe(false);
  });

  it("is a group that passkeys are turned off for, and no other group, model or profile", () => {
    expect(touches({ state: "disabled" }, group(PILOT))).toBe(true);
    for (const subject of [group(IT), models(NFC), profile(BOARD)])
      expect(touches({ state: "disabled" }, subject)).toBe(false);
  });
});
