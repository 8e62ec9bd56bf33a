import { beforeEach, describe, expect, it } from "vitest";
import { approvePlan } from "../../../src/core/apply/approve-plan.js";
import type { ChangeCommand, EnableOptions } from "../../../src/core/command/command.js";
import { personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, ASSERTION, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5C } from "../policy/sample-policies.js";

const KEY = YUBIKEY_5C as Aaguid;
let world: FakeWorld;
let rules: Rules;

beforeEach(() => {
  world = new FakeWorld();
  rules = world.rules;
});

function propose(change: Partial<EnableOptions> | "disable" = {}) {
  const command: ChangeCommand =
    change === "disable"
      ? { kind: "disable" }
      : {
          kind: "enable",
          options: { restriction: "as-fits", authenticators: ["ios", "android"], ...change },
        };
  return proposeChange(world.ports, rules, { command, typed: "typed", requester: ADA, conversation: ROOM });
}

const forGroup = (name: string) => propose({ targets: { kind: "groups", names: [name] } });
const approve = (plan: Plan) =>
  approvePlan(
    world.ports,
    rules,
    { planNumber: plan.number, revision: plan.revision, person: GRACE, conversation: ROOM },
    ASSERTION,
  );

describe("proposing a change", () => {
  it("shows a numbered plan that expires, and writes nothing", async () => {
    const plan = await propose();
    expect(plan).toMatchObject({ number: 1, revision: 1, expiresAt: "2026-11-22T11:00:00.000Z" });
    expect(await propose()).toMatchObject({ number: 2 });
    expect(world.patches).toHaveLength(0);
    expect(world.announced).toHaveLength(2);
  });

  it("finds the one group of a name, ignoring case, or by its id", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot");
    const wanted = { intent: { targets: { groups: [{ name: "Pilot" }] } } };
    expect(await forGroup("pilot")).toMatchObject(wanted);
    expect(await forGroup("11111111-2222-4222-8222-222222222222")).toMatchObject(wanted);
  });

  it("asks when a group does not exist or two have the name", async () => {
    world.addGroup("a", "Contractors");
    world.addGroup("b", "contractors");
    expect(await forGroup("Nobody")).toMatchObject({ code: "unknown-group", name: "Nobody" });
    expect(await forGroup("Contractors")).toMatchObject({ code: "ambiguous-group", ids: ["a", "b"] });
    expect(await forGroup("99999999-2222-4222-8222-222222222222")).toMatchObject({ code: "unknown-group" });
  });

  it("can plan on a policy that names a group somebody deleted", async () => {
    world.policy = legacyPolicy({ excludeTargets: [{ id: "deleted", targetType: "group" }] });
    expect(await propose()).toMatchObject({ number: 1 });
  });

  it("says so when there is nothing to change", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    await approve(plan);
    expect(await propose()).toMatchObject({ code: "nothing-to-change" });
  });

  it("refuses what Graph's size limit would refuse, before anyone is asked to approve", async () => {
    const aaGuids = Array.from(
      { length: 510 },
      (_, at) => `${String(at).padStart(8, "0")}-1111-4111-8111-111111111111`,
    );
    world.policy = legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids } });
    expect(await propose()).toMatchObject({ code: "policy-too-large", limit: 20_000 });
  });

  it("refuses more than three profiles", async () => {
    const profiles = profilesPolicy().passkeyProfiles as readonly object[];
    const more = ["3", "4"].map((digit) => ({
      ...profiles[1],
      id: `${digit.repeat(8)}-1111-4111-8111-111111111111`,
    }));
    world.policy = profilesPolicy({ passkeyProfiles: [...profiles, ...more] as never });
    expect(await propose()).toMatchObject({ code: "too-many-profiles", count: 4 });
  });

  it("asks for an emergency account's passkeys also when the report does not list it", async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", [KEY]);
    world.unreported.add("breakglass");
    rules = { ...rules, emergencyAccounts: [personId("breakglass")] };
    expect(await propose("disable")).toMatchObject({ code: "emergency-account-cut-off" });
  });

  it("refuses to cut off an emergency account", async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", [KEY]);
    rules = { ...rules, emergencyAccounts: [personId("breakglass")] };
    expect(await propose("disable")).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ name: "breakglass" }],
    });
  });
});

describe("a plan that narrows", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
  });

  it("cannot be approved on an incomplete scan, and says who was not read", async () => {
    world.passkeys.set("eve", "throttled");
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    expect(plan.proposal.impact).toMatchObject({
      narrows: true,
      coverage: { complete: false, asked: 2, unread: [{ name: "eve", why: "Graph said 429" }] },
    });
    expect(await approve(plan)).toMatchObject({ code: "scan-needed", why: "incomplete" });
    expect(world.patches).toHaveLength(0);
  });

  it("cannot be approved on an old scan", async () => {
    rules = { ...rules, planTtlMinutes: 6_000 };
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    expect(await approve(plan)).toMatchObject({ code: "scan-needed", why: "too-old" });
  });

  it("keeps every model in use, so that nobody loses sign-in", async () => {
    world.passkeys.set("gone", "gone");
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    expect(plan.proposal.impact).toMatchObject({
      losing: [],
      coverage: { complete: true, gone: 1, keyholders: 1 },
    });
    expect(plan.proposal.usage).toEqual([{ aaguid: KEY, people: 1 }]);
    expect(await approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.policy.keyRestrictions).toMatchObject({
      enforcementType: "allow",
      aaGuids: expect.arrayContaining([KEY]),
    });
  });

  it("asks every enabled account when the tenant has no licence for the report", async () => {
    world.premium = false;
    expect(await propose()).toMatchObject({
      proposal: { impact: { coverage: { path: "all-users", keyholders: 1 } } },
    });
  });
});
