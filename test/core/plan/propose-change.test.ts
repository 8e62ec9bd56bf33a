import { beforeEach, describe, expect, it } from "vitest";
import { resumeScans } from "../../../src/core/apply/answer-waiting.js";
import { approvePlan } from "../../../src/core/apply/approve-plan.js";
import { rejectPlan } from "../../../src/core/approval/close-plan.js";
import { scanForPlan } from "../../../src/core/approval/scan-for-plan.js";
import type { ChangeCommand, EnableOptions } from "../../../src/core/command/command.js";
import { Fault, type Refusal } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, ASSERTION, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5C } from "../policy/sample-policies.js";

const KEY = YUBIKEY_5C as Aaguid;
const OTHER_KEY = "833b721a-ff5f-4d00-bb2e-bdda3ec01e29" as Aaguid;
let world: FakeWorld;
let rules: Rules;

beforeEach(() => {
  world = new FakeWorld();
  rules = world.rules;
});

/** What comes of it, also when a scan has to come first. */
async function propose(change: Partial<EnableOptions> | "disable" = {}): Promise<Plan | Refusal> {
  world.rules = rules;
  const ended = world.scanEnd();
  const result = await ask(change);
  if (!("kind" in result) || result.kind === "refusal") return result;
  await ended;
  const failure = world.failed.at(-1);
  if (failure !== undefined) throw failure.error;
  const [answer] = [...world.refused.map(({ refusal }) => refusal), ...world.announced.slice(-1)];
  if (answer === undefined) throw new Error("nobody was answered");
  return answer;
}

function ask(change: Partial<EnableOptions> | "disable" = {}) {
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
const clickOn = (plan: Plan) => ({
  planNumber: plan.number,
  revision: plan.revision,
  person: GRACE,
  conversation: ROOM,
});
const approve = (plan: Plan) => approvePlan(world.ports, rules, clickOn(plan), ASSERTION);

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

describe("the scan a plan rests on", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
  });

  it("comes first when there is none, and the plan follows when it ends", async () => {
    const ended = world.scanEnd();
    expect(await ask()).toMatchObject({ kind: "scan-started", joined: false });
    expect(world.announced).toEqual([]);
    await ended;
    expect(world.announced).toMatchObject([
      { number: 1, command: "typed", requester: ADA, conversation: ROOM },
    ]);
    expect(world.store.waiting.waiting).toEqual([]);
  });

  it("is the last complete one, which is not made again", async () => {
    await world.scan();
    world.asked.length = 0;
    expect(await ask()).toMatchObject({ number: 1 });
    expect(world.asked).toEqual([]);
  });

  it("comes first again when the last one was incomplete", async () => {
    world.passkeys.set("eve", "throttled");
    await propose();
    world.passkeys.set("eve", [KEY]);
    expect(await propose()).toMatchObject({
      proposal: { impact: { coverage: { complete: true, keyholders: 2 } } },
    });
  });

  it("is never an older complete one when the latest was incomplete and may know more", async () => {
    await world.scan();
    world.passkeys.set("eve", "throttled").set("new", [OTHER_KEY]);
    await world.scan();
    world.passkeys.set("eve", [KEY]);
    const plan = await propose();
    expect(plan).toMatchObject({ proposal: { impact: { coverage: { complete: true, keyholders: 3 } } } });
    expect(JSON.stringify((plan as Plan).proposal.after)).toContain(OTHER_KEY);
  });

  it("is one for all who ask meanwhile, and each gets a plan", async () => {
    const ended = world.scanEnd();
    await ask();
    expect(await ask("disable")).toMatchObject({ kind: "scan-started", joined: true });
    await ended;
    expect(world.announced.map((plan) => plan.intent.kind).sort()).toEqual(["disable", "enable"]);
    expect(world.asked).toEqual(["bob"]);
  });

  it("refuses at once what no scan could make possible", async () => {
    expect(await forGroup("Nobody")).toMatchObject({ code: "unknown-group" });
    expect(world.asked).toEqual([]);
  });

  it("tells whoever waits when it fails, and why", async () => {
    world.onList = (which) => {
      if (which === "report") throw new Fault("graph-denied", "Graph said no", { status: 403 });
    };
    await expect(propose()).rejects.toMatchObject({ code: "graph-denied" });
    expect(world.store.waiting.waiting).toEqual([]);
  });

  it("tells whoever waits when somebody cancels it", async () => {
    const ended = world.scanEnd();
    const started = await ask();
    if (!("kind" in started) || started.kind !== "scan-started") throw new Error("no scan was started");
    await world.ports.scanner.cancel(started.scan.scanId, GRACE);
    await ended;
    expect(world.refused).toMatchObject([{ refusal: { code: "scan-cancelled", by: GRACE } }]);
    expect(world.announced).toEqual([]);
  });

  it("is made anew after a crash between its end and the plan, and there is one plan", async () => {
    await world.scan();
    const [first] = await leftWaiting();
    const ended = world.scanEnd();
    await resumeScans(world.ports, rules);
    await ended;
    expect(world.announced).toHaveLength(1);
    // The crash came after the plan was stored: it is not made twice.
    expect(await world.store.plans.createFor(first?.id ?? "", {} as never, [])).toBeUndefined();
    await resumeScans(world.ports, rules);
    expect(world.announced).toHaveLength(1);
  });

  async function leftWaiting() {
    await world.ports.waiting.add({
      id: "left",
      kind: "propose",
      tenantId: rules.tenantId,
      person: ADA,
      conversation: ROOM,
      askedAt: "2026-11-22T09:59:00.000Z",
      command: { kind: "disable" },
      typed: "disable passkeys",
    });
    return world.ports.waiting.all(rules.tenantId);
  }
});

describe("scanning for a plan", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
    rules = { ...rules, planTtlMinutes: 6_000 };
  });
  const scanFor = (plan: Plan) =>
    scanForPlan(world.ports, rules, { planNumber: plan.number, person: GRACE, conversation: ROOM });

  it("makes a new revision on the new scan, which can be approved", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    world.passkeys.set("new", [OTHER_KEY]);
    const ended = world.scanEnd();
    expect(await scanFor(plan)).toEqual({ kind: "scan-started" });
    await ended;
    const revised = world.announced.at(-1) as Plan;
    expect(revised).toMatchObject({
      number: 1,
      revision: 2,
      approvals: [],
      note: { kind: "scanned-anew" },
      proposal: { impact: { coverage: { keyholders: 2 } } },
    });
    expect(await approve(plan)).toMatchObject({ code: "stale-revision" });
    expect(await approve(revised)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.policy.keyRestrictions).toMatchObject({ aaGuids: expect.arrayContaining([OTHER_KEY]) });
  });

  it("is refused on a card whose plan can be approved by now", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    expect(await scanFor(plan)).toMatchObject({ code: "stale-revision" });
  });

  it("says so when the plan ran out meanwhile", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    world.advance(100 * 3_600_000);
    await ended;
    expect(world.refused).toMatchObject([{ refusal: { code: "plan-expired", planNumber: 1 } }]);
  });

  it("is one scan and one new revision when several press the button", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await Promise.all([scanFor(plan), scanFor(plan)]);
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ revision: 2 });
  });

  it("is refused for a plan that is decided, and leaves one alone that is decided meanwhile", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    await rejectPlan(world.ports, rules, { ...clickOn(plan), person: GRACE }, "no");
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ revision: 1, state: { kind: "rejected" } });
    expect(await scanFor(plan)).toMatchObject({ code: "already-decided" });
    expect(world.store.waiting.waiting).toEqual([]);
  });

  it("ends a plan that the new scan leaves nothing to do for", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(25 * 3_600_000);
    world.policy = { ...plan.proposal.after };
    const ended = world.scanEnd();
    await scanFor(plan);
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ state: { kind: "superseded", why: "already-in-force" } });
  });
});

describe("an emergency account", () => {
  beforeEach(async () => {
    world.policy = legacyPolicy();
    await world.scan();
    rules = { ...rules, emergencyAccounts: [personId("breakglass")] };
    world.unreported.add("breakglass");
  });

  it("is read at the moment of the proposal, because the scan may not know it", async () => {
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await propose("disable")).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ id: "breakglass" }],
    });
  });

  it("is read once more at the moment of the approval", async () => {
    const plan = await propose("disable");
    if ("kind" in plan) throw new Error(plan.code);
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await approve(plan)).toMatchObject({ code: "emergency-account-cut-off" });
    expect(world.patches).toHaveLength(0);
  });

  it("counts as cut off while it cannot be read", async () => {
    world.passkeys.set("breakglass", "throttled");
    expect(await propose("disable")).toMatchObject({ code: "emergency-account-not-read" });
  });

  it("whose groups keep its passkey allowed does not stand in the way", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot", "breakglass");
    world.policy = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [KEY, OTHER_KEY] },
    });
    world.passkeys.set("breakglass", [KEY]);
    const pilot = { kind: "groups", names: ["Pilot"] } as const;
    expect(await propose({ targets: pilot })).toMatchObject({ number: 1 });
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
      coverage: { complete: false, asked: 2, unread: [{ name: "eve", why: "Graph said 429, 12 times" }] },
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

  it("is made anew instead of applied when there is a newer scan by then", async () => {
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.passkeys.set("new", [OTHER_KEY]);
    await world.scan();
    const result = await approve(plan);
    expect(result).toMatchObject({
      plan: { state: { kind: "waiting" }, revision: 2, approvals: [], note: { kind: "scanned-anew" } },
    });
    expect(world.patches).toHaveLength(0);
    const revised = world.announced.at(-1) as Plan;
    expect(await approve(revised)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(JSON.stringify(world.policy)).toContain(OTHER_KEY);
  });

  it("cannot be approved on a scan of the future", async () => {
    world.advance(3_600_000);
    const plan = await propose();
    if ("kind" in plan) throw new Error(plan.code);
    world.advance(-3_600_000);
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
