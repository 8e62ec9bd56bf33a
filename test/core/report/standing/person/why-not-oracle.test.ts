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

const POLICIES: readonly JsonObject[] = [
  ...new Map(
    IMPACT_TABLE.flatMap(([, rows]) => rows.flatMap(([, before, after]) => [before, after])).map((policy) => [
      JSON.stringify(policy),
      policy,
    ]),
  ).values(),
];
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

describe.each(POLICIES.map((raw, at) => [at, raw] as const))(
  "why a passkey does not work, policy %i",
  (_, raw) => {
    it.each(PEOPLE.map((person) => [person.name, person] as const))("of %s", (_name, person) => {
      const who = namesOf(person);
      for (const passkey of person.passkeys) {
        const { usable, verdicts } = judged(raw, person, passkey);
        const works = verdicts.map(({ type }) =>
          canUse(configuration(raw), who, { aaguid: passkey.aaguid, type }),
        );
        expect(verdicts.map(({ type }) => type)).toEqual(
          passkey.type === undefined ? ["deviceBound", "synced"] : [passkey.type],
        );
        expect(verdicts.map(({ obstacles }) => obstacles.length === 0)).toEqual(works);
        expect(usable).toBe(works.every(Boolean) ? "yes" : works.some(Boolean) ? "depends" : "no");
        for (const verdict of verdicts) tryOut(verdict, passkey.aaguid, who);
      }
    });

    function tryOut(verdict: Verdict, aaguid: string, who: readonly string[]): void {
      if (verdict.obstacles.length === 0) return;
      const passkey = { aaguid, type: verdict.type };
      const policy = configuration(raw);
      const said = verdict.obstacles.map(({ kind }) => kind);
      const targets = policy.includeTargets.filter(({ id }) => who.includes(id));
      expect(said.includes("outside")).toBe(targets.length === 0);
      expect(said.includes("no-profile")).toBe(
        hasProfiles(policy) && targets.length > 0 && profilesOf(policy, who).length === 0,
      );
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
  },
);

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
