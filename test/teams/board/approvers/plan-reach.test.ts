import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import type { Person } from "../../../../src/core/person.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import type { Rules } from "../../../../src/core/ports.js";
import { ADA, findAction, GRACE, GROUP, GUEST, LINUS, personal, TeamsWorld } from "../../teams-world.js";

let world: TeamsWorld;
const start = async (rules: Partial<Rules> = {}) => {
  world = await TeamsWorld.start(rules);
};
beforeEach(() => start());
afterEach(() => world.stop());

const shown = (place = personal(ADA)): string => JSON.stringify(world.card(place));
const stored = (): Plan => {
  const plan = world.tenant.store.plansByNumber.get(1);
  if (!plan) throw new Error("no plan");
  return plan;
};
const mayApprove = (...people: readonly Person[]): void => {
  const [role] = world.tenant.roles.get(GRACE.id) ?? [];
  if (role === undefined) throw new Error("no approver");
  for (const { id } of people) world.tenant.roles.set(id, [role]);
};
/** As every hour, and after a start. */
const announceAgain = async () => {
  await world.bot.announcer.planChanged(stored());
  await world.bot.idle();
};
const NOBODY = /No approver has this card.*approvals here.*show 1/;
const HERE_ONLY = /Only this conversation has this card.*approvals here.*show 1/;
const UNKNOWN = /It is not known which approvers have this card.*approvals here.*show 1/;
const TOO_FEW = /Too few approvers have this card/;

describe("the requester's card of a plan that waits", () => {
  it("says that no approver has it, and what to do", async () => {
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(NOBODY);
    expect(world.channel.calls.filter(({ method }) => method === "PUT")).toEqual([]);
  });

  it("says so when Teams lets nothing through to those who have Latchkey", async () => {
    await world.say(GRACE, "help");
    world.channel.teams.faults.next(
      { kind: "status", status: 403 },
      { method: "POST", conversation: personal(GRACE).id, times: 10 },
    );
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(NOBODY);
    expect(findAction(world.card(personal(ADA)), "Cancel")).toBeDefined();
  });

  it("says nothing of it when an approver has it", async () => {
    await world.say(GRACE, "help");
    await world.say(ADA, "enable passkeys");
    expect(shown()).not.toMatch(NOBODY);
    expect(shown(personal(GRACE))).not.toMatch(NOBODY);
  });

  it("says nothing of it when an approver has it among others who may not approve", async () => {
    for (const person of [LINUS, GRACE, GUEST]) await world.say(person, "help");
    await world.say(ADA, "enable passkeys");
    expect(shown()).not.toMatch(NOBODY);
  });

  it("says so no more as soon as one has it", async () => {
    await world.say(ADA, "enable passkeys");
    await world.say(GRACE, "help");
    await announceAgain();
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeDefined();
    expect(shown()).not.toMatch(NOBODY);
    const calls = world.channel.calls.length;
    await announceAgain();
    expect(world.channel.calls).toHaveLength(calls);
  });

  it("says so no more as soon as one has looked at it", async () => {
    await world.say(ADA, "enable passkeys");
    await world.say(GRACE, "show 1");
    expect(shown()).not.toMatch(NOBODY);
    expect(world.channel.posts(personal(GRACE).id)).toHaveLength(1);
    expect(findAction(world.card(personal(ADA)), "Cancel")).toBeDefined();
  });

  it("counts the person who asked only where self-approval is allowed", async () => {
    await world.say(GRACE, "enable passkeys");
    expect(shown(personal(GRACE))).toMatch(NOBODY);
    await world.stop();
    await start({ allowSelfApproval: true });
    await world.say(GRACE, "enable passkeys");
    expect(shown(personal(GRACE))).not.toMatch(NOBODY);
  });

  it("says so also where it takes long to find out, each time anew", async () => {
    await world.say(LINUS, "help");
    const { directory } = world.tenant.ports;
    const roles = directory.activeRoles;
    directory.activeRoles = async (person) => {
      // What was asked before is not believed any more.
      world.tenant.time += 10_000;
      if (person === LINUS.id) await new Promise((resolve) => setTimeout(resolve, 900));
      return roles(person);
    };
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(NOBODY);
  });

  it("says that it is not known where an approver cannot be looked up", async () => {
    await world.say(GRACE, "help");
    const roles = world.tenant.ports.directory.activeRoles;
    world.tenant.ports.directory.activeRoles = async (person) => {
      if (person === GRACE.id) throw new Error("no answer");
      return roles(person);
    };
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(UNKNOWN);
  });

  it("says that it is not known where it cannot be read who holds the roles and none known is reached", async () => {
    await world.say(LINUS, "help");
    world.tenant.holdersFault = new Fault("graph-throttled", "busy");
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(UNKNOWN);
    world.tenant.holdersFault = undefined;
    world.tenant.advance(5_000);
    await announceAgain();
    expect(shown()).toMatch(NOBODY);
  });

  it("says nothing of it where that cannot be read and an approver is found all the same", async () => {
    await world.say(GRACE, "help");
    world.tenant.holdersFault = new Fault("graph-denied", "no");
    await world.say(ADA, "enable passkeys");
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeDefined();
    expect(shown()).not.toMatch(UNKNOWN);
  });

  it("says that no approver has it where the only one has lost the role since the holders were read", async () => {
    await world.say(GRACE, "help");
    const { directory } = world.tenant.ports;
    directory.holdersOf = async () => new Set([GRACE.id]);
    world.tenant.roles.delete(GRACE.id);
    await world.say(ADA, "enable passkeys");
    expect(world.channel.posts(personal(GRACE).id).map((post) => JSON.stringify(post))).not.toContainEqual(
      expect.stringContaining("Plan #1"),
    );
    expect(shown()).toMatch(NOBODY);
  });

  it("says it no more once the plan is decided", async () => {
    await world.say(ADA, "enable passkeys");
    await world.press(ADA, "Cancel");
    expect(shown()).toContain("Cancelled by");
    expect(shown()).not.toMatch(NOBODY);
  });
});

describe("the card in a conversation of several", () => {
  it("says that only those who read there have it, unless plans are approved there", async () => {
    await world.say(ADA, "enable passkeys", GROUP);
    expect(shown(GROUP)).toMatch(HERE_ONLY);
    await world.say(GRACE, "approvals here", GROUP);
    await announceAgain();
    await world.say(ADA, "show 1", GROUP);
    expect(shown(GROUP)).not.toMatch(HERE_ONLY);
  });
});

describe("the card of a plan that needs two approvals", () => {
  beforeEach(async () => {
    await world.stop();
    await start({ approvalsRequired: 2 });
    mayApprove(LINUS);
  });

  it("says that one approver's chat is too few, and so no more when a second has it", async () => {
    await world.say(GRACE, "help");
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(/Too few approvers have this card.*lacks 2 approvals.*another approver.*show 1/);
    await world.say(LINUS, "show 1");
    expect(shown()).not.toMatch(TOO_FEW);
  });

  it("says it of an approval that is left where no other approver has it", async () => {
    await world.say(GRACE, "help");
    await world.say(ADA, "enable passkeys");
    await world.press(GRACE, "Approve", personal(GRACE), await world.signedIn(GRACE));
    expect(shown()).toMatch(/1 of 2 approvals.*Too few approvers have this card.*lacks 1 approval,/);
    expect(shown()).not.toMatch(NOBODY);
    await world.say(LINUS, "show 1");
    expect(shown()).not.toMatch(TOO_FEW);
  });

  it("says how many are asked for where no approver has it", async () => {
    await world.say(ADA, "enable passkeys");
    expect(shown()).toMatch(/No approver has this card.*Ask 2 approvers/);
  });

  it("says in a conversation of several that those who read there have to make up the number", async () => {
    await world.say(GRACE, "help");
    await world.say(ADA, "enable passkeys", GROUP);
    expect(shown(GROUP)).toMatch(
      /Too few approvers have this card in their own chats.*fewer than 2 read here/,
    );
  });

  it("says nothing of it where there is an approval room, in which any may read", async () => {
    await world.say(GRACE, "approvals here", GROUP);
    await world.say(ADA, "enable passkeys");
    expect(shown()).not.toMatch(TOO_FEW);
  });
});
