import { beforeEach, describe, expect, it } from "vitest";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import { type Refusal, refuse } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Plan, PlanState } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import type { RevertIntent } from "../../../src/core/policy/intent.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { ADA, ASSERTION, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import {
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
} from "../policy/sample-policies.js";
import { pressed } from "../pressed-cards.js";

const GROUP = "11111111-2222-4222-8222-222222222222";
const list = (...aaGuids: string[]): JsonObject => ({ isEnforced: true, enforcementType: "allow", aaGuids });
let world: FakeWorld;

beforeEach(async () => {
  world = new FakeWorld();
  world.passkeys.set("bob", [YUBIKEY_5C as Aaguid]).set("eve", [YUBIKEY_5_NFC as Aaguid]);
  world.policy = legacyPolicy({ keyRestrictions: list(YUBIKEY_5C) });
  await world.scan();
});

function ask(command: ChangeCommand) {
  const request = { command, typed: "typed", requester: ADA, conversation: ROOM };
  return proposeChange(world.ports, world.rules, request);
}

async function propose(command: ChangeCommand): Promise<Plan | Refusal> {
  const result = await ask(command);
  if (!("kind" in result) || result.kind === "refusal") return result;
  throw new Error(result.kind);
}

const allow = (...models: string[]) => propose({ kind: "allow", models });
const undo = (planNumber: number) => propose({ kind: "undo", planNumber });

async function planned(plan: Promise<Plan | Refusal>): Promise<Plan> {
  const made = await plan;
  if ("kind" in made) throw new Error(made.code);
  return made;
}

/** On the card of the plan as it is stored. */
const pressedAnew = (number: number) => pressed(world.store.plansByNumber.get(number) as Plan);

async function approved(plan: Promise<Plan | Refusal>): Promise<Plan> {
  const answer = await approvePlan(world.ports, world.rules, pressed(await planned(plan)), ASSERTION);
  if (answer.kind !== "decided") throw new Error(JSON.stringify(answer));
  return answer.plan;
}

/** Somebody changes the policy elsewhere. */
const edit = (change: JsonObject) => {
  world.policy = { ...world.policy, ...change };
};

describe("undoing a plan", () => {
  it("refuses one that is not in the store as it was recorded, and proposes nothing", async () => {
    const { number } = await approved(allow(YUBIKEY_5_NFC));
    world.store.altered.set(number, "proposal");
    expect(await undo(number)).toEqual(refuse({ code: "plan-altered", planNumber: number, why: "proposal" }));
    expect(world.store.plansByNumber.size).toBe(1);
    expect(world.errors).toMatchObject([{ event: "plan-altered", plan: number }]);
  });

  it("proposes the policy from before, approved and written like any other change", async () => {
    const before = world.policy;
    const plan = await approved(allow(IOS));
    expect(policyFingerprint(world.policy)).not.toBe(policyFingerprint(before));
    const proposed = await planned(undo(plan.number));
    expect(proposed).toMatchObject({
      number: 2,
      intent: {
        kind: "revert",
        of: { kind: "plan", planNumber: 1, undone: { kind: "allow", aaguids: [IOS] } },
      },
      proposal: {
        changes: [{ setting: "restriction", added: [], removed: [IOS] }],
        impact: { narrows: true },
      },
      state: { kind: "waiting" },
    });
    expect(proposed.proposal).not.toHaveProperty("overlaps");
    expect(proposed.proposal.modelNames).toHaveProperty(IOS);
    expect(world.store.records.at(-1)).toMatchObject({
      event: "plan-proposed",
      detail: { command: "typed", takesBack: { plan: 1 } },
    });
    expect(await approved(Promise.resolve(proposed))).toMatchObject({ state: { kind: "applied" } });
    expect(policyFingerprint(world.policy)).toBe(policyFingerprint(before));
  });

  it("can be undone itself", async () => {
    await approved(allow(IOS));
    const after = world.policy;
    await approved(undo(1));
    const again = await planned(undo(2));
    expect(again).toMatchObject({
      intent: { of: { planNumber: 2, undone: { kind: "revert", of: { planNumber: 1 } } } },
    });
    expect(again.intent).not.toHaveProperty("of.undone.from");
    await approved(Promise.resolve(again));
    expect(policyFingerprint(world.policy)).toBe(policyFingerprint(after));
  });

  it("keeps what was changed elsewhere since, and says nothing about it", async () => {
    await approved(allow(IOS));
    edit({ excludeTargets: [{ id: GROUP, targetType: "group" }], isAttestationEnforced: false });
    const plan = await approved(undo(1));
    expect(plan.proposal).not.toHaveProperty("overlaps");
    expect(world.policy).toMatchObject({
      keyRestrictions: list(YUBIKEY_5C),
      excludeTargets: [{ id: GROUP }],
      isAttestationEnforced: false,
    });
  });

  it("tells what was changed again since, with names for all it mentions", async () => {
    world.addGroup(GROUP, "Pilot");
    await approved(allow(IOS));
    edit({ keyRestrictions: list(IOS, ICLOUD) });
    const { proposal } = await planned(undo(1));
    expect(proposal.overlaps).toMatchObject([
      { fate: "kept", since: { setting: "restriction", added: [ICLOUD], removed: [YUBIKEY_5C] } },
    ]);
    expect(proposal.modelNames).toHaveProperty(YUBIKEY_5C);
    expect(proposal.after.keyRestrictions).toEqual(list(ICLOUD));
    expect(world.store.records.at(-1)).toMatchObject({ detail: { overlaps: [{ fate: "kept" }] } });
  });

  it("tells so anew when the policy moves while the plan waits", async () => {
    await approved(allow(IOS));
    const plan = await planned(undo(1));
    edit({ keyRestrictions: list(YUBIKEY_5C, IOS, ICLOUD) });
    const answer = await approvePlan(world.ports, world.rules, pressed(plan), ASSERTION);
    expect(answer).toMatchObject({
      plan: {
        revision: 2,
        state: { kind: "waiting" },
        note: { kind: "policy-moved" },
        proposal: { overlaps: [{ fate: "kept", since: { added: [ICLOUD] } }] },
      },
    });
  });

  it("ends when somebody takes it back by hand while the plan waits", async () => {
    const before = world.policy;
    await approved(allow(IOS));
    const plan = await planned(undo(1));
    world.policy = before;
    const answer = await approvePlan(world.ports, world.rules, pressed(plan), ASSERTION);
    expect(answer).toMatchObject({ plan: { state: { kind: "superseded", why: "already-in-force" } } });
  });

  it("is not called applied while Graph ignores a property it would put back", async () => {
    await approved(allow(IOS));
    const plan = await planned(undo(1));
    // As if the plan had been about something nobody here knows, and nothing else.
    const [from, to] = [
      { ...world.policy, later: 2 },
      { ...world.policy, later: 1 },
    ];
    world.policy = from;
    world.store.plansByNumber.set(2, { ...plan, intent: { ...(plan.intent as RevertIntent), from, to } });
    const revised = await approvePlan(world.ports, world.rules, pressedAnew(2), ASSERTION);
    expect(revised).toMatchObject({ plan: { revision: 2, proposal: { changes: [{ path: "later" }] } } });
    world.nextPatch = { effect: false, answer: { kind: "accepted" } };
    expect(await approvePlan(world.ports, world.rules, pressedAnew(2), ASSERTION)).toMatchObject({
      plan: { state: { kind: "waiting" }, note: { kind: "no-effect" } },
    });
    world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await approvePlan(world.ports, world.rules, pressedAnew(2), ASSERTION)).toMatchObject({
      plan: { state: { kind: "applied" } },
    });
    expect(world.policy.later).toBe(1);
  });

  it("waits for a scan where there is none that is complete", async () => {
    await approved(allow(IOS));
    world.passkeys.set("mary", "throttled");
    await world.scan();
    world.passkeys.set("mary", [IOS as Aaguid]);
    const ended = world.scanEnd();
    expect(await ask({ kind: "undo", planNumber: 1 })).toMatchObject({ kind: "scan-started" });
    await ended;
    expect(world.announced.at(-1)).toMatchObject({
      intent: { kind: "revert" },
      proposal: { impact: { losing: [{ name: "mary" }], coverage: { complete: true } } },
    });
  });
});

describe("undoing is refused", () => {
  it("for a plan that is not there", async () => {
    expect(await undo(7)).toMatchObject({ code: "unknown-plan", planNumber: 7 });
  });

  it("for a plan that was never in force, with how it stands", async () => {
    const plan = await planned(allow(IOS));
    expect(await undo(1)).toMatchObject({ code: "not-applied", planNumber: 1, state: "waiting" });
    await rejectPlan(world.ports, world.rules, pressed(plan), "no");
    expect(await undo(1)).toMatchObject({ code: "not-applied", state: "rejected" });
    const { number: planNumber } = await planned(allow(IOS));
    await cancelPlan(world.ports, world.rules, { planNumber, person: ADA, conversation: ROOM });
    expect(await undo(2)).toMatchObject({ code: "not-applied", state: "cancelled" });
  });

  it("for a plan of which it is not known whether it was written", async () => {
    const plan = await planned(allow(IOS));
    const state: PlanState = {
      kind: "unknown",
      by: GRACE,
      at: plan.createdAt,
      lostSight: { replica: world.ports.replicas.self, elapsed: world.ports.clock.elapsed() },
      clientRequestId: "c",
      seen: "nothing",
    };
    world.store.plansByNumber.set(plan.number, { ...plan, state });
    expect(await undo(1)).toMatchObject({ code: "not-applied", state: "unknown" });
  });

  it("when nothing of it is left in force", async () => {
    const before = world.policy;
    await approved(allow(IOS));
    world.policy = before;
    expect(await undo(1)).toMatchObject({ code: "nothing-to-change", of: { kind: "plan", planNumber: 1 } });
  });

  it("when the tenant moved to passkey profiles in between", async () => {
    await approved(allow(IOS));
    world.policy = profilesPolicy();
    expect(await undo(1)).toMatchObject({ code: "cannot-revert", why: "migrated", of: { planNumber: 1 } });
  });
});
