import { describe, expect, it } from "vitest";
import { groupId } from "../../../src/core/person.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { groupWordsIn } from "../../../src/core/words/group-words.js";
import { BARE } from "../../../src/core/words/medium.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../policy/sample-policies.js";

const PILOT = "1a2b3c4d-1111-4111-8111-111111111111";
const SALES = "5e6f7a8b-1111-4111-8111-111111111111";
const GONE = "99999999-1111-4111-8111-111111111111";
const GROUPS = {
  groupNames: { [PILOT]: "Pilot", [SALES]: "Sales" },
  groupFacts: { [PILOT]: { people: 36 }, [SALES]: {} },
};
const { groupWords, groupRefWords, groupsWords, meantWords, targetWords } = groupWordsIn(BARE);

describe("a group in words", () => {
  it("has its name, how many people are in it, and the beginning of its object id", () => {
    expect(groupWords(PILOT, GROUPS)).toBe("Pilot (36 people, 1a2b3c4d)");
    const one = { ...GROUPS, groupFacts: { [PILOT]: { people: 1 } } };
    expect(groupWords(PILOT, one)).toBe("Pilot (1 person, 1a2b3c4d)");
    const none = { ...GROUPS, groupFacts: { [PILOT]: { people: 0 } } };
    expect(groupWords(PILOT, none)).toBe("Pilot (0 people, 1a2b3c4d)");
  });

  it("says when the number of people is not known: that is not none", () => {
    expect(groupWords(SALES, GROUPS)).toBe("Sales (number of people unknown, 5e6f7a8b)");
    const { groupNames } = GROUPS;
    expect(groupWords(PILOT, { groupNames })).toBe("Pilot (number of people unknown, 1a2b3c4d)");
  });

  it("says that it is gone only when it was looked up", () => {
    expect(groupWords(GONE, GROUPS)).toBe(`a group that no longer exists (${GONE})`);
    expect(groupWords(GONE, { groupNames: {} })).toBe(`a group whose name is not known (${GONE})`);
  });

  it("keeps the name by which it was asked for", () => {
    expect(groupRefWords({ id: PILOT, name: "The pilot" }, GROUPS)).toBe("The pilot (36 people, 1a2b3c4d)");
  });

  it("has everything that tells it from another one of its name, where a person has to choose", () => {
    const sales = {
      id: groupId(SALES),
      name: "Sales",
      kind: "microsoft-365",
      securityEnabled: false,
    } as const;
    expect(meantWords({ ...sales, mail: "sales@x.test", people: 3 })).toBe(
      `Sales (3 people, Microsoft 365 group (a team's, for example) that is not a security group, sales@x.test): ${SALES}`,
    );
    expect(meantWords({ ...sales, securityEnabled: true })).toBe(
      `Sales (number of people unknown, security group): ${SALES}`,
    );
  });

  it("stands among others, or is all users", () => {
    expect(groupsWords([PILOT, SALES], GROUPS)).toBe(
      "Pilot (36 people, 1a2b3c4d) and Sales (number of people unknown, 5e6f7a8b)",
    );
    expect(groupsWords([], GROUPS)).toBe("nobody");
    const legacy = parsePolicy(legacyPolicy());
    expect(targetWords([{ id: "all_users", profiles: [] }], legacy, GROUPS)).toBe("all users");
  });

  it("stands with its profiles where there are profiles", () => {
    const targets = [
      { id: "all_users", profiles: [SYNCED_PROFILE, DEFAULT_PROFILE] },
      { id: PILOT, profiles: [] },
    ];
    expect(targetWords(targets, parsePolicy(profilesPolicy()), GROUPS)).toBe(
      "all users (synced, Default passkey profile) and Pilot (36 people, 1a2b3c4d) (no profile)",
    );
  });
});
