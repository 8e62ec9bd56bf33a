import { describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { describeGroups } from "../../../src/core/impact/describe-groups.js";
import { warnOfGroups } from "../../../src/core/impact/group-warnings.js";
import { groupId } from "../../../src/core/person.js";
import type { Intent } from "../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { FakeWorld } from "../fake-world.js";
import { legacyPolicy, profilesPolicy } from "../policy/sample-policies.js";

const target = (id: string) => ({ id, targetType: "group" });
const including = (...ids: string[]) => legacyPolicy({ includeTargets: ids.map(target) });
const DISABLE: Intent = { kind: "disable" };

function world(): FakeWorld {
  const made = new FakeWorld();
  made.addGroup("real", "Helpdesk", "ada", "grace");
  made.addGroup("fake", "Hеlpdesk", "linus");
  made.addGroup("sales", "Sales", "joan");
  return made;
}

async function warned(
  { ports }: Pick<FakeWorld, "ports">,
  [from, to]: readonly [Parameters<typeof parsePolicy>[0], Parameters<typeof parsePolicy>[0]],
  intent: Intent = DISABLE,
) {
  const [before, after] = [parsePolicy(from), parsePolicy(to)];
  const groups = await describeGroups(ports, { policies: [before, after], intent });
  return warnOfGroups(ports, { before, after, intent }, groups);
}

describe("a group that looks like another one", () => {
  it("is warned of, whichever of the two the plan names", async () => {
    const alike = (group: string, other: string) => ({
      kind: "group-looks-alike",
      group,
      others: [other],
      more: 0,
    });
    const added = await warned(world(), [including("sales"), including("sales", "fake")]);
    expect(added.warnings).toEqual([alike("fake", "real")]);
    expect(added.groups.groupNames).toEqual({ sales: "Sales", fake: "Hеlpdesk", real: "Helpdesk" });
    expect(added.groups.groupFacts?.real).toEqual({ people: 2 });
    const removed = await warned(world(), [including("sales", "real"), including("sales")]);
    expect(removed.warnings).toEqual([alike("real", "fake")]);
  });

  it("is not looked for under an id that every object seems to have", async () => {
    const { warnings, groups } = await warned(world(), [including("sales"), including("constructor")]);
    expect(warnings).toEqual([]);
    expect(groups.groupNames).toEqual({ sales: "Sales" });
  });

  it("is warned of when it is asked for, gets other profiles, or is excluded", async () => {
    const asked: Intent = {
      kind: "enable",
      restriction: "as-fits",
      authenticators: [],
      targets: { kind: "groups", groups: [{ id: groupId("real"), name: "Helpdesk" }] },
    };
    expect((await warned(world(), [including("real"), including("real")], asked)).warnings).toHaveLength(1);
    const excluded = legacyPolicy({ excludeTargets: [target("real")] });
    expect((await warned(world(), [legacyPolicy(), excluded])).warnings).toHaveLength(1);
    const inProfile = (...profiles: string[]) =>
      profilesPolicy({ includeTargets: [{ ...target("real"), allowedPasskeyProfiles: profiles }] });
    const changed = await warned(world(), [inProfile("a"), inProfile("a", "b")]);
    expect(changed.warnings).toHaveLength(1);
  });

  it("is not told of when the plan leaves it as it is, and nothing is read then", async () => {
    const made = world();
    const unasked = async () => {
      throw new Error("not asked for here");
    };
    const ports = { ...made.ports, directory: { ...made.ports.directory, allGroups: unasked } };
    const { warnings } = await warned({ ports }, [including("real"), including("real")]);
    expect(warnings).toEqual([]);
  });

  it("is named with at most four more, the rest counted", async () => {
    const made = world();
    for (let nth = 0; nth < 7; nth += 1) made.addGroup(`copy-${nth}`, "H\u200belpdesk");
    const { warnings } = await warned(made, [including("sales"), including("sales", "real")]);
    expect(warnings).toMatchObject([{ kind: "group-looks-alike", more: 3 }]);
  });

  it("may have been missed when not all groups were read, or none: that is said", async () => {
    const made = world();
    const some = async () => ({ groups: [{ id: groupId("sales"), name: "Sales" }], isComplete: false });
    const none = async () => {
      throw new Fault("graph-throttled", "slowly");
    };
    const sides = [including("sales"), including("sales", "real")] as const;
    const read = async (allGroups: typeof some) => {
      const ports = { ...made.ports, directory: { ...made.ports.directory, allGroups } };
      return (await warned({ ports }, sides)).warnings;
    };
    expect(await read(some)).toEqual([{ kind: "look-alikes-not-looked-for", lookedAt: 1 }]);
    expect(await read(none)).toEqual([{ kind: "look-alikes-not-looked-for", lookedAt: 0 }]);
    expect(made.noted).toContainEqual({ event: "look-alikes-not-looked-for", code: "graph-throttled" });
  });
});

describe("a group through which nobody can register", () => {
  it("is warned of where the plan makes it a target, not where it takes it away", async () => {
    const made = world();
    made.groups.set(groupId("team"), {
      name: "Marketing",
      members: ["ada"],
      kind: "microsoft-365",
      securityEnabled: false,
    });
    const added = await warned(made, [including("sales"), including("sales", "team")]);
    expect(added.warnings).toEqual([{ kind: "group-not-security", group: "team", is: "microsoft-365" }]);
    const removed = await warned(made, [including("sales", "team"), including("sales")]);
    expect(removed.warnings).toEqual([]);
  });
});
