import { describe, expect, it } from "vitest";
import { profileMembers } from "../../../src/core/impact/profile-members.js";
import type { PersonId } from "../../../src/core/person.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { type Memberships, rulesFor } from "../../../src/core/policy/who-may-use.js";
import { BARE } from "../../../src/core/words/medium.js";
import { profileMemberWords } from "../../../src/core/words/profile-member-words.js";
import { fc } from "../../setup/drawn.js";
import { anyPolicy, GROUPS } from "../policy/arbitrary-policy.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../policy/sample-policies.js";

const [HELPDESK = "", PILOT = ""] = GROUPS;
const crowd = (from: number, count: number): ReadonlySet<PersonId> =>
  new Set(Array.from({ length: count }, (_, nth) => `person ${from + nth}` as PersonId));
const MEMBERSHIPS: Memberships = new Map([
  [HELPDESK, crowd(0, 36)],
  [PILOT, crowd(30, 12)],
]);
const NAMED = {
  groupNames: { [HELPDESK]: "Helpdesk", [PILOT]: "Pilot" },
  groupFacts: { [HELPDESK]: { people: 36 }, [PILOT]: { people: 12 } },
};

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  allowedPasskeyProfiles,
});
const policy = (includeTargets: ReturnType<typeof target>[], more: object = {}) =>
  parsePolicy(profilesPolicy({ includeTargets, ...more }));
const words = (...sides: [ReturnType<typeof policy>, ReturnType<typeof policy>]) =>
  profileMembers(...sides, MEMBERSHIPS).map((change) => profileMemberWords(change, NAMED, BARE, 4));

describe("who gains and who loses which profile", () => {
  it("is told by group and by people: a group that goes out of a profile is no secret", () => {
    const before = policy([target(PILOT, SYNCED_PROFILE), target("all_users", DEFAULT_PROFILE)]);
    const after = policy([target(HELPDESK, SYNCED_PROFILE), target("all_users", DEFAULT_PROFILE)]);
    expect(words(before, after)).toEqual([
      expect.stringMatching(
        /: given to Helpdesk \(36 people, 11111111\), taken from Pilot \(12 people, 22222222\)\. 30 people gain it, 6 people lose it\.$/,
      ),
    ]);
  });

  it("is told of everybody else where all users are a target, and of people who have it anyway", () => {
    const before = policy([target("all_users", DEFAULT_PROFILE)]);
    const after = policy([target(PILOT, DEFAULT_PROFILE)]);
    expect(words(before, after)).toEqual([
      expect.stringMatching(/given to Pilot .*, taken from all users\. everybody else loses it\.$/),
    ]);
    const both = policy([target("all_users", DEFAULT_PROFILE), target(PILOT, DEFAULT_PROFILE)]);
    expect(words(before, both)).toEqual([expect.stringMatching(/Nobody gains or loses it by that\.$/)]);
  });

  it("counts who is excluded", () => {
    const include = [target(HELPDESK, SYNCED_PROFILE)];
    const excluded = policy(include, { excludeTargets: [{ id: PILOT, targetType: "group" }] });
    expect(words(policy(include), excluded)).toEqual([expect.stringMatching(/: 6 people lose it\.$/)]);
  });

  it("is nothing where there are no profiles", () => {
    const legacy = parsePolicy(legacyPolicy());
    expect(profileMembers(legacy, policy([]), MEMBERSHIPS)).toEqual([]);
    expect(profileMembers(policy([]), legacy, MEMBERSHIPS)).toEqual([]);
  });

  it("names every person who gains or loses one, and no other, whatever the policies", () => {
    const people = [...crowd(0, 45), "in no group" as PersonId];
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (from, to) => {
        const [before, after] = [parsePolicy(from), parsePolicy(to)];
        fc.pre(before.shape === "profiles" && after.shape === "profiles");
        const held = (side: typeof before, person: PersonId) =>
          rulesFor({ ...side, state: "enabled" }, person, MEMBERSHIPS).map((rules) =>
            "id" in rules ? String(rules.id) : "",
          );
        const gains = new Map<string, number>();
        const losses = new Map<string, number>();
        for (const person of people) {
          const [had, has] = [held(before, person), held(after, person)];
          for (const id of has) if (!had.includes(id)) gains.set(id, (gains.get(id) ?? 0) + 1);
          for (const id of had) if (!has.includes(id)) losses.set(id, (losses.get(id) ?? 0) + 1);
        }
        const told = profileMembers(before, after, MEMBERSHIPS);
        for (const { profile, gaining, losing, others } of told) {
          // People of groups that neither policy names are among the others.
          if (others !== "gain") expect(gaining).toBe(gains.get(profile.id) ?? 0);
          if (others !== "lose") expect(losing).toBe(losses.get(profile.id) ?? 0);
        }
        const ids = told.map(({ profile }) => profile.id);
        expect([...gains.keys(), ...losses.keys()].filter((id) => !ids.includes(id))).toEqual([]);
      }),
    );
  });
});
