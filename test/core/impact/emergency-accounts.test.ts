import { beforeEach, describe, expect, it } from "vitest";
import type { EmergencyProblem } from "../../../src/core/access/emergency-people.js";
import { Fault, refuse } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import type { FakeWorld } from "../fake-world.js";
import { KEY, OTHER_KEY, ProposalStory } from "../plan/proposal-story.js";
import { legacyPolicy } from "../policy/sample-policies.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("an emergency account", () => {
  beforeEach(async () => {
    world.policy = legacyPolicy();
    await world.scan();
    story.rules = { ...story.rules, emergencyAccounts: [personId("breakglass")] };
    world.unreported.add("breakglass");
  });

  it("is read at the moment of the proposal, because the scan may not know it", async () => {
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await story.propose("disable")).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ id: "breakglass" }],
    });
  });

  it("is read once more at the moment of the approval", async () => {
    world.passkeys.set("breakglass", []);
    const plan = await story.planned("disable");
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await story.approve(plan)).toMatchObject({ code: "emergency-account-cut-off" });
    expect(world.patches).toHaveLength(0);
  });

  it("counts as cut off while it cannot be read", async () => {
    world.passkeys.set("breakglass", "throttled");
    expect(await story.propose("disable")).toMatchObject({ code: "emergency-account-not-read" });
  });

  it("whose groups keep its passkey allowed does not stand in the way", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot", "breakglass");
    world.policy = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [KEY, OTHER_KEY] },
    });
    world.passkeys.set("breakglass", [KEY]);
    const pilot = { kind: "groups", names: ["Pilot"], only: true } as const;
    expect(await story.propose({ targets: pilot })).toMatchObject({ number: 1 });
  });
});

describe("whom the installation protects", () => {
  const GROUP = "99999999-2222-4222-8222-222222222222";
  const protect = (...emergencyAccounts: string[]) => {
    story.rules = { ...story.rules, emergencyAccounts };
  };
  beforeEach(async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", []);
    await world.scan();
    world.unreported.add("breakglass");
  });

  it.each<[string, string[], EmergencyProblem[]]>([
    ["an id that is nobody's", ["breakgloss"], [{ id: "breakgloss", why: "unknown" }]],
    ["one of several", ["breakglass", "breakgloss"], [{ id: "breakgloss", why: "unknown" }]],
    ["a group that is not there", [GROUP], [{ id: GROUP, why: "unknown" }]],
  ])("is not certain with %s: a plan that narrows is refused", async (_, ids, problems) => {
    protect(...ids);
    expect(await story.propose("disable")).toEqual(refuse({ code: "emergency-accounts-unsure", problems }));
    expect(world.store.plansByNumber.size).toBe(0);
  });

  it("is not certain with a group that has nobody in it, or far too many", async () => {
    world.addGroup(GROUP, "Break glass");
    protect(GROUP);
    const empty = [{ id: GROUP, why: "empty" }] as const;
    expect(await story.propose("disable")).toEqual(
      refuse({ code: "emergency-accounts-unsure", problems: empty }),
    );
    world.addGroup(GROUP, "Everybody", ...Array.from({ length: 101 }, (_, at) => `person ${at}`));
    const tooMany = [{ id: GROUP, why: "too-many", people: 101 }] as const;
    expect(await story.propose("disable")).toEqual(
      refuse({ code: "emergency-accounts-unsure", problems: tooMany }),
    );
  });

  it("are the people of a group, each by the passkeys they have now", async () => {
    world.addGroup(GROUP, "Break glass", "breakglass");
    protect(GROUP);
    const plan = await story.planned("disable");
    world.passkeys.set("breakglass", [OTHER_KEY]);
    const refusal = refuse({
      code: "emergency-account-cut-off",
      people: [{ id: personId("breakglass"), name: "breakglass" }],
    });
    expect(await story.approve(plan)).toEqual(refusal);
    expect(await story.propose("disable")).toEqual(refusal);
    expect(world.patches).toHaveLength(0);
  });

  it("is looked up again at the approval: an account that is gone by then stops the write", async () => {
    protect("breakglass");
    const plan = await story.planned("disable");
    world.passkeys.set("breakglass", "gone");
    expect(await story.approve(plan)).toEqual(
      refuse({ code: "emergency-accounts-unsure", problems: [{ id: "breakglass", why: "unknown" }] }),
    );
    expect(world.patches).toHaveLength(0);
  });

  it("counts as gone also when only its passkeys are not there any more", async () => {
    world.addGroup(GROUP, "Break glass", "deleted");
    protect(GROUP);
    expect(await story.propose("disable")).toEqual(
      refuse({ code: "emergency-accounts-unsure", problems: [{ id: "deleted", why: "unknown" }] }),
    );
  });

  it("that Graph does not let the app read is told from what passes", async () => {
    protect("breakglass");
    world.onAsk = async (people) => ({
      answers: people.map((account) => ({ kind: "failed", account, why: "Graph said 403" })),
      later: [],
    });
    const people = [{ id: personId("breakglass"), name: "breakglass" }];
    expect(await story.propose("disable")).toEqual(
      refuse({ code: "emergency-account-not-read", why: "declined", people }),
    );
  });

  it("that cannot be looked up is a fault, and not an account that is not there", async () => {
    protect("breakglass");
    world.directoryFault = new Fault("graph-unreachable", "no answer");
    await expect(story.propose("disable")).rejects.toMatchObject({ code: "graph-unreachable" });
  });

  it("does not matter to a plan that takes a passkey from no person", async () => {
    protect("breakgloss");
    world.policy = legacyPolicy({ state: "disabled" });
    expect(await story.propose()).toMatchObject({ number: 1 });
  });

  it("leaves a plan open that is made anew meanwhile, and does not end it", async () => {
    protect("breakglass");
    const plan = await story.planned("disable");
    const { plans } = world.ports;
    // Something is recorded since the press, so the policy is read again once the intent is stored.
    const replace: typeof plans.replace = async (...change) => {
      const { tenantId } = plan;
      const at = world.ports.clock.now().toISOString();
      await world.store.audit.append({ tenantId, at, event: "evidence-given", detail: {} });
      const stored = await plans.replace(...change);
      world.passkeys.set("breakglass", "gone");
      world.policy = { ...world.policy, isSelfServiceRegistrationAllowed: false };
      return stored;
    };
    Object.assign(world.ports, { plans: { ...plans, replace } });
    await story.approve(plan);
    expect(world.store.plansByNumber.get(plan.number)).toMatchObject({
      revision: 1,
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", fault: "emergency-accounts-unsure" },
    });
    expect(world.patches).toHaveLength(0);
  });
});
