import { describe, expect, it } from "vitest";
import { whyNotApprover } from "../../../src/core/access/standing.js";
import {
  asStrictAs,
  type DecidingRules,
  decidingRules,
  differences,
  readDecidingRules,
} from "../../../src/core/access/strictest-rules.js";
import type { Rules } from "../../../src/core/ports.js";
import { fc } from "../../setup/drawn.js";
import { FakeWorld, GRACE, JOAN } from "../fake-world.js";

const OWN: Rules = new FakeWorld().rules;
const ids = fc.uniqueArray(fc.constantFrom("grace", "joan", "linus", "ada"), { maxLength: 3 });
const deciding: fc.Arbitrary<DecidingRules> = fc.record({
  approvalsRequired: fc.integer({ min: 1, max: 5 }),
  allowSelfApproval: fc.boolean(),
  approvers: fc.array(fc.option(ids), { minLength: 1, maxLength: 2 }),
  emergencyAccounts: ids,
});

describe("the rules in force", () => {
  it("are at least as strict as each process's own, in every respect", async () => {
    const world = new FakeWorld();
    await fc.assert(
      fc.asyncProperty(fc.array(deciding, { maxLength: 4 }), async (others) => {
        const strict = asStrictAs(OWN, others);
        for (const one of [decidingRules(OWN), ...others]) {
          expect(strict.approvalsRequired).toBeGreaterThanOrEqual(one.approvalsRequired);
          expect(strict.allowSelfApproval && !one.allowSelfApproval).toBe(false);
          expect(strict.emergencyAccounts).toEqual(expect.arrayContaining([...one.emergencyAccounts]));
          for (const list of one.approvers) {
            for (const person of [GRACE, JOAN]) {
              const alone = await whyNotApprover(
                world.ports,
                { ...OWN, approvers: list ?? undefined },
                person.id,
              );
              const together = await whyNotApprover(world.ports, strict, person.id);
              expect(alone !== undefined && together === undefined).toBe(false);
            }
          }
        }
      }),
    );
  });

  it("are its own where all agree, and do not depend on the order in which ids were written", () => {
    const own: Rules = { ...OWN, approvers: ["b", "a"] };
    const same = { ...decidingRules(own), approvers: [["a", "b"]] };
    expect(asStrictAs(own, [same])).toMatchObject({ approvalsRequired: 1, furtherApprovers: [] });
    expect(differences([decidingRules(own), same])).toEqual([]);
  });

  it("name the settings in which processes differ", () => {
    const other: DecidingRules = {
      approvalsRequired: 2,
      allowSelfApproval: true,
      approvers: [[GRACE.id]],
      emergencyAccounts: ["x"],
    };
    expect(differences([decidingRules(OWN), other])).toEqual([
      "APPROVALS_REQUIRED",
      "ALLOW_SELF_APPROVAL",
      "APPROVERS",
      "EMERGENCY_ACCOUNTS",
    ]);
  });

  it("are read as they were told, and nothing is taken for rules that is none", () => {
    fc.assert(
      fc.property(deciding, (rules) => {
        expect(readDecidingRules(JSON.parse(JSON.stringify(rules)))).toEqual(rules);
      }),
    );
    const good = JSON.parse(JSON.stringify(decidingRules(OWN)));
    for (const wrong of [null, [], "x", {}, { ...good, approvers: [] }, { ...good, approvers: [7] }]) {
      expect(readDecidingRules(wrong)).toBeUndefined();
    }
    for (const member of Object.keys(good)) {
      expect(readDecidingRules({ ...good, [member]: "odd" })).toBeUndefined();
    }
  });
});
