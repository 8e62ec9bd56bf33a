import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import type { PersonId } from "../../../../src/core/person.js";
import { type MayApprove, recentApprovers } from "../../../../src/teams/board/approvers/recent-approvers.js";
import { ADA, FakeWorld, GRACE } from "../../../core/fake-world.js";

let world: FakeWorld;
let now: number;
let lookedUp: PersonId[];
let fault: Fault | undefined;
let mayApprove: MayApprove;

beforeEach(() => {
  world = new FakeWorld();
  now = 0;
  lookedUp = [];
  fault = undefined;
  mayApprove = recentApprovers({ elapsed: () => now });
});

function ask(person: PersonId): Promise<boolean> {
  const { directory } = world.ports;
  const watched = {
    ...directory,
    activeRoles: async (id: PersonId) => {
      lookedUp.push(id);
      if (fault !== undefined) throw fault;
      return directory.activeRoles(id);
    },
  };
  return mayApprove({ directory: watched }, world.rules, person);
}

describe("who gets the card of a plan", () => {
  it("is looked up once for plans that come within five seconds, and then again", async () => {
    expect([await ask(GRACE.id), await ask(ADA.id)]).toEqual([true, false]);
    now = 4_999;
    expect([await ask(GRACE.id), await ask(ADA.id)]).toEqual([true, false]);
    expect(lookedUp).toEqual([GRACE.id, ADA.id]);
    world.roles.delete(GRACE.id);
    now = 5_000;
    expect(await ask(GRACE.id)).toBe(false);
  });

  it("is looked up once by plans that come at the same moment", async () => {
    expect(await Promise.all([ask(GRACE.id), ask(GRACE.id)])).toEqual([true, true]);
    expect(lookedUp).toEqual([GRACE.id]);
  });

  it("is not forgotten by an older look-up that failed meanwhile", async () => {
    let fail = (_: Error): void => {};
    const { directory } = world.ports;
    const slow = { ...directory, activeRoles: () => new Promise<never>((_, reject) => (fail = reject)) };
    const older = mayApprove({ directory: slow }, world.rules, GRACE.id);
    now = 5_000;
    expect(await ask(GRACE.id)).toBe(true);
    fail(new Fault("graph-unavailable", "busy"));
    await expect(older).rejects.toThrow("busy");
    expect(await ask(GRACE.id)).toBe(true);
    expect(lookedUp).toEqual([GRACE.id]);
  });

  it("is asked again at once when it could not be found out", async () => {
    fault = new Fault("graph-unavailable", "busy");
    await expect(ask(GRACE.id)).rejects.toBe(fault);
    fault = undefined;
    expect(await ask(GRACE.id)).toBe(true);
  });
});
