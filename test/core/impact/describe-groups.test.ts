import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { describeGroups } from "../../../src/core/impact/describe-groups.js";
import { groupId, type PersonId } from "../../../src/core/person.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { FakeWorld } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

const group = (id: string) => ({ id, targetType: "group" });

function world() {
  const made = new FakeWorld();
  made.addGroup("pilot", "Pilot", "ada", "grace");
  made.addGroup("sales", "Sales", "joan");
  const policy = parsePolicy(
    legacyPolicy({ includeTargets: [group("pilot"), group("gone")], excludeTargets: [group("sales")] }),
  );
  return { ports: made.ports, policies: [policy], noted: made.noted };
}

describe("the groups of policies", () => {
  it("are named and counted, whether included or excluded; those that no longer exist are left out", async () => {
    const { ports, policies, noted } = world();
    expect(await describeGroups(ports, { policies })).toEqual({
      groupNames: { pilot: "Pilot", sales: "Sales" },
      groupFacts: { pilot: { people: 2 }, sales: { people: 1 } },
    });
    expect(noted).not.toContainEqual(expect.objectContaining({ event: "group-not-counted" }));
  });

  it("are counted by the members that the impact rests on, where these were read", async () => {
    const { ports, policies } = world();
    const memberships = new Map([["pilot", new Set(["a", "b", "c"] as PersonId[])]]);
    const { groupFacts } = await describeGroups(ports, { policies, memberships });
    expect(groupFacts).toEqual({ pilot: { people: 3 }, sales: { people: 1 } });
  });

  it("include those that were asked for, by the name they had then", async () => {
    const { ports } = world();
    const intent = {
      kind: "enable",
      restriction: "as-fits",
      authenticators: [],
      targets: { kind: "groups", groups: [{ id: groupId("sales"), name: "Sales then" }] },
    } as const;
    expect(await describeGroups(ports, { policies: [], intent })).toEqual({
      groupNames: { sales: "Sales then" },
      groupFacts: { sales: { people: 1 } },
    });
  });

  it("have no number where it cannot be read, which is logged; without a name nothing is told", async () => {
    const { ports, policies, noted } = world();
    const fails = async () => {
      throw new Fault("graph-denied", "no");
    };
    const uncounted = { ...ports, directory: { ...ports.directory, countMembers: fails } };
    expect((await describeGroups(uncounted, { policies })).groupFacts).toEqual({ pilot: {}, sales: {} });
    expect(noted).toContainEqual({ event: "group-not-counted", code: "graph-denied" });
    const unnamed = { ...ports, directory: { ...ports.directory, group: fails } };
    await expect(describeGroups(unnamed, { policies })).rejects.toMatchObject({ code: "graph-denied" });
  });
});
