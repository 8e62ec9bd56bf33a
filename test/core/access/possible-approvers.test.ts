import { beforeEach, describe, expect, it } from "vitest";
import { possibleApprovers } from "../../../src/core/access/possible-approvers.js";
import { whyNotApprover } from "../../../src/core/access/standing.js";
import { Fault } from "../../../src/core/errors.js";
import { groupId } from "../../../src/core/person.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, FakeWorld, GRACE, JOAN, LINUS } from "../fake-world.js";

let world: FakeWorld;
const STAFF = groupId("staff");
beforeEach(() => {
  world = new FakeWorld();
  world.groups.set(STAFF, {
    ...{ name: "Staff", kind: "security", securityEnabled: true },
    members: [ADA.id, JOAN.id],
  });
});

const possible = (rules: Partial<Rules> = {}) => possibleApprovers(world.ports, { ...world.rules, ...rules });

describe("people among whom the approvers are", () => {
  it("hold one of the roles", async () => {
    world.roles.set(LINUS.id, [{ templateId: "62e90394-69f5-4237-9190-012177145e10", name: "" }]);
    expect(await possible()).toEqual(new Set([GRACE.id, JOAN.id, LINUS.id]));
  });

  it("are named, or in a group that is named, where there is a list, whatever they hold", async () => {
    expect(await possible({ approvers: [LINUS.id, STAFF] })).toEqual(
      new Set([LINUS.id, STAFF, ADA.id, JOAN.id]),
    );
    expect(await possible({ approvers: [] })).toEqual(new Set());
  });

  it("satisfy every list of the processes on the store", async () => {
    expect(await possible({ approvers: [STAFF], furtherApprovers: [undefined] })).toEqual(new Set([JOAN.id]));
    expect(await possible({ furtherApprovers: [[]] })).toEqual(new Set());
  });

  it.each<[string, Partial<Rules>]>([
    ["by role", {}],
    ["by a list", { approvers: [GRACE.id, STAFF] }],
    ["by a list and by role", { approvers: [STAFF], furtherApprovers: [undefined, [JOAN.id, LINUS.id]] }],
  ])("leave out no person who may approve %s", async (_, rules) => {
    const found = await possible(rules);
    for (const { id } of [ADA, GRACE, JOAN, LINUS]) {
      const refusal = await whyNotApprover(world.ports, { ...world.rules, ...rules }, id);
      expect([id, found.has(id)]).toEqual([id, refusal === undefined]);
    }
  });

  it("are not known where a role or a group cannot be read", async () => {
    world.holdersFault = new Fault("graph-throttled", "busy");
    await expect(possible()).rejects.toBe(world.holdersFault);
    expect(await possible({ approvers: [STAFF] })).not.toEqual(new Set());
  });
});
