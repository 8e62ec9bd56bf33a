import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/core/json.js";
import { personId } from "../../../../../src/core/person.js";
import { parsePolicy } from "../../../../../src/core/policy/parse-policy.js";
import { judge, type Verdict } from "../../../../../src/core/report/standing/person/judged-passkey.js";
import { ownTargets, rulesOnceLetIn } from "../../../../../src/core/report/standing/person/obstacles.js";
import type { Keyholder, RegisteredPasskey } from "../../../../../src/core/scan/inventory.js";
import { FakeWorld } from "../../../fake-world.js";
import { EVERYONE, IMPACT_TABLE, MEMBERS } from "../../../impact/impact-cases.js";
import {
  type Configuration,
  canUse,
  configuration,
  hasProfiles,
  mend,
  type Passkey,
  profilesOf,
} from "./can-use.js";

// Each reason that the core gives is tried out on the configuration: with all of them mended the passkey works, and with
// one of them left it does not. So none is wrong, none is missing and none is beside the point.

const distinct = (policies: readonly JsonObject[]): readonly JsonObject[] => [
  ...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values(),
];

/** Each policy of the table. */
const POLICIES = distinct(
  IMPACT_TABLE.flatMap(([, rows]) => rows.flatMap(([, before, after]) => [before, after])),
);

const [PILOT = "", LEAVERS = ""] = Object.keys(MEMBERS);

/** A policy, and the same with passkeys off, with a group excluded, for one group only, and with all of that together. */
function variantsOf(policy: JsonObject): readonly JsonObject[] {
  const leavers = { id: LEAVERS, targetType: "group" };
  const includes = policy.includeTargets as readonly JsonObject[];
  const off = (raw: JsonObject): JsonObject => ({ ...raw, state: "disabled" });
  const excluded = (raw: JsonObject): JsonObject => ({ ...raw, excludeTargets: [leavers] });
  const only = (raw: JsonObject): JsonObject => ({
    ...raw,
    includeTargets: includes.map((target) => ({ ...target, id: PILOT })),
  });
  return distinct(
    [policy, off(policy)].flatMap((raw) => [raw, excluded(raw)]).flatMap((raw) => [raw, only(raw)]),
  );
}

const OUTSIDE = new FakeWorld().ports;
const PEOPLE: readonly Keyholder[] = Object.values(EVERYONE);

/** All that a target may name and that is this person. */
function namesOf({ name }: Keyholder): readonly string[] {
  const groups = Object.entries(MEMBERS).filter(([, members]) => members.includes(name));
  return ["all_users", name, ...groups.map(([id]) => id)];
}

function judged(raw: JsonObject, person: Keyholder, passkey: RegisteredPasskey) {
  const policy = parsePolicy(raw);
  const targets = ownTargets(policy, (target) => namesOf(person).includes(target));
  const rules = rulesOnceLetIn(policy, personId(person.name), targets);
  return judge(OUTSIDE, passkey, { policy, targets, rules, strengths: [] });
}

type Mending = (policy: Configuration) => void;

/** For each set of rules: what mends all that is said, one edit for each reason. */
function mendings({ type, obstacles }: Verdict, aaguid: string): readonly (readonly Mending[])[] {
  const passkey: Passkey = { aaguid, type };
  const common: Mending[] = [];
  let bySet: readonly (readonly Mending[])[] = [[]];
  for (const obstacle of obstacles) {
    if (obstacle.kind === "off")
      common.push((policy) => {
        policy.state = "enabled";
      });
    if (obstacle.kind === "excluded")
      for (const id of obstacle.by)
        common.push((policy) => {
          policy.excludeTargets = policy.excludeTargets.filter((target) => target.id !== id);
        });
    if (obstacle.kind === "outside")
      common.push((policy) => void policy.includeTargets.push({ id: "all_users" }));
    if (obstacle.kind === "rules")
      bySet = obstacle.sets.map(({ profile, faults }) =>
        faults.map((fault) => (policy: Configuration) => {
          const set = policy.passkeyProfiles?.find(({ id }) => id === profile?.id);
          mend(set ?? policy, fault, passkey);
        }),
      );
  }
  return bySet.map((edits) => [...common, ...edits]);
}

function mended(raw: JsonObject, edits: readonly Mending[]): Configuration {
  const policy = configuration(raw);
  for (const edit of edits) edit(policy);
  return policy;
}

describe.each(POLICIES.map((policy, at) => [at, policy] as const))(
  "why a passkey does not work, policy %i",
  (_, policy) => {
    it.each(variantsOf(policy).map((raw, at) => [at, raw] as const))("in its variant %i", (_at, raw) => {
      for (const person of PEOPLE) {
        const who = namesOf(person);
        for (const passkey of person.passkeys) {
          const { usable, verdicts } = judged(raw, person, passkey);
          const { aaguid } = passkey;
          const works = verdicts.map(({ type }) => canUse(configuration(raw), who, { aaguid, type }));
          expect(verdicts.map(({ type }) => type)).toEqual(
            passkey.type === undefined ? ["deviceBound", "synced"] : [passkey.type],
          );
          expect(verdicts.map(({ obstacles }) => obstacles.length === 0)).toEqual(works);
          expect(usable).toBe(works.every(Boolean) ? "yes" : works.some(Boolean) ? "depends" : "no");
          for (const verdict of verdicts) tryOut(raw, verdict, aaguid, who);
        }
      }
    });
  },
);

/** Mends what is said, all of it and all but one. */
function tryOut(raw: JsonObject, verdict: Verdict, aaguid: string, who: readonly string[]): void {
  if (verdict.obstacles.length === 0) return;
  const passkey = { aaguid, type: verdict.type };
  const policy = configuration(raw);
  const said = verdict.obstacles.map(({ kind }) => kind);
  const targets = policy.includeTargets.filter(({ id }) => who.includes(id));
  expect(said.includes("outside")).toBe(targets.length === 0);
  expect(said.includes("no-profile")).toBe(
    hasProfiles(policy) && targets.length > 0 && profilesOf(policy, who).length === 0,
  );
  expect(said.includes("off")).toBe(policy.state !== "enabled");
  expect(said.includes("excluded")).toBe(policy.excludeTargets.some(({ id }) => who.includes(id)));
  // Which profile a person would get who has none is not the policy's to say.
  if (hasProfiles(policy) && (said.includes("outside") || said.includes("no-profile"))) return;
  for (const edits of mendings(verdict, aaguid)) {
    expect(canUse(mended(raw, edits), who, passkey)).toBe(true);
    for (const left of edits) {
      const others = edits.filter((edit) => edit !== left);
      expect(canUse(mended(raw, others), who, passkey)).toBe(false);
    }
  }
}

describe("the table", () => {
  it("has every kind of reason, in both shapes", () => {
    const said = new Set(
      POLICIES.flatMap((raw) =>
        PEOPLE.flatMap((person) =>
          person.passkeys.flatMap((passkey) =>
            judged(raw, person, passkey).verdicts.flatMap(({ obstacles }) =>
              obstacles.flatMap((obstacle) =>
                obstacle.kind === "rules" ? obstacle.sets.flatMap(({ faults }) => faults) : [obstacle.kind],
              ),
            ),
          ),
        ),
      ),
    );
    expect([...said].sort()).toEqual(["blocked", "excluded", "kind", "not-listed", "off", "outside"]);
  });
});
