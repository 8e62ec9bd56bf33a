import { describe, expect, it } from "vitest";
import { checkFor } from "../../../src/core/check/check-for.js";
import { works } from "../../../src/core/check/finding.js";
import { ADA, FakeWorld, GRACE, LINUS } from "../fake-world.js";

describe("a check in the chat", () => {
  it("is for who may approve", async () => {
    const world = new FakeWorld();
    world.findings = [works({ id: "store", title: "The store" }, "It is there.")];
    expect(await checkFor(world.ports, world.rules, GRACE)).toEqual({
      kind: "checked",
      findings: world.findings,
      at: "2026-11-22T10:00:00.000Z",
    });
    expect(world.checkedFor).toEqual([GRACE.id]);
  });

  it("is for who administers something, and looks at nothing for who only reads", async () => {
    const world = new FakeWorld();
    world.roles.set(ADA.id, [{ templateId: "x", name: "Helpdesk Administrator" }]);
    expect(await checkFor(world.ports, world.rules, ADA)).toMatchObject({ kind: "checked" });
    expect(await checkFor(world.ports, world.rules, LINUS)).toEqual({ kind: "not-for-you" });
    expect(world.checkedFor).toEqual([ADA.id]);
  });

  it("is for an approver by list without any role", async () => {
    const world = new FakeWorld();
    world.roles.clear();
    world.rules = { ...world.rules, approvers: [LINUS.id] };
    expect(await checkFor(world.ports, world.rules, LINUS)).toMatchObject({ kind: "checked" });
    expect(await checkFor(world.ports, world.rules, GRACE)).toEqual({ kind: "not-for-you" });
  });
});
