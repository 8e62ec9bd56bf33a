import { describe, expect, it } from "vitest";
import { groupId } from "../../../../src/core/person.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { reportStages } from "../../../../src/core/report/rollout/stage-report.js";
import type { Stage } from "../../../../src/core/stores/stage-store.js";
import { FakeWorld } from "../../fake-world.js";
import { legacyPolicy } from "../../policy/sample-policies.js";

const [PILOT, IT] = [groupId("pilot"), groupId("it")];
const STAGES: readonly Stage[] = [
  { kind: "group", group: { id: PILOT, name: "Pilot" } },
  { kind: "group", group: { id: IT, name: "IT" } },
];
const memberships = new Map([
  [PILOT, new Set<never>()],
  [IT, new Set<never>()],
]);
const targets = (ids: readonly string[]) =>
  ids.map((id) => ({ id, targetType: "group", isRegistrationRequired: false }));
const policyFor = (include: readonly string[], exclude: readonly string[] = []) =>
  parsePolicy(legacyPolicy({ includeTargets: targets(include), excludeTargets: targets(exclude) }));

async function standings(now: ReturnType<typeof policyFor>, recorded?: ReturnType<typeof policyFor>) {
  const { ports, rules } = new FakeWorld();
  const material = { policy: now, recorded, inventory: undefined, memberships };
  const { stages } = await reportStages(ports, rules, { stages: STAGES }, material);
  return stages.map(({ reach, recorded: was }) => [reach, was]);
}

describe("the stages of a rollout", () => {
  it("tell what they were by what was decided last, where the policy says otherwise", async () => {
    const decided = policyFor([PILOT]);
    expect(await standings(policyFor([IT]), decided)).toEqual([
      ["not-yet", "reached"],
      ["reached", "not-yet"],
    ]);
    expect(await standings(policyFor([PILOT], [PILOT, IT]), decided)).toEqual([
      ["excluded", "reached"],
      ["excluded", "not-yet"],
    ]);
    const asDecided = [
      ["reached", undefined],
      ["not-yet", undefined],
    ];
    expect(await standings(decided, decided)).toEqual(asDecided);
    expect(await standings(decided)).toEqual(asDecided);
  });
});
