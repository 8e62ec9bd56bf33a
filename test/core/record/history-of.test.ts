import { beforeEach, describe, expect, it } from "vitest";
import { groupId, personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { PolicyChange } from "../../../src/core/policy/change.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { historyOf } from "../../../src/core/record/history-of.js";
import { enablePlan } from "../../teams/cards/plan/sample-plans.js";
import { ADA, FakeWorld, GRACE, JOAN, ROOM } from "../fake-world.js";
import { profilesPolicy } from "../policy/sample-policies.js";

const PILOT = groupId("11111111-0000-4000-8000-000000000000");
const NFC = "aa000000-0000-4000-8000-000000000000" as Aaguid;

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.policy = profilesPolicy();
});

function planned(number: number, changes: readonly PolicyChange[], more: Partial<Plan> = {}): void {
  const plan = enablePlan({ number, ...more });
  const groupNames = { [PILOT]: "Pilot" };
  world.store.plansByNumber.set(number, {
    ...plan,
    tenantId: world.rules.tenantId,
    proposal: { ...plan.proposal, changes, groupNames },
  });
}
const excluded: PolicyChange = { setting: "exclude", before: [], after: [PILOT] };
const gained: PolicyChange = {
  setting: "restriction",
  profile: { id: "p-board", name: "Board" },
  before: { mode: "allow", aaguids: [] },
  after: { mode: "allow", aaguids: [NFC] },
  added: [NFC],
  removed: [],
};

const numbers = async (typed: string, sort?: "group" | "profile" | "model" | "person") => {
  const found = await historyOf(world.ports, world.rules, {
    by: ADA,
    conversation: ROOM,
    typed,
    ...(sort === undefined ? {} : { sort }),
  });
  if (found?.kind !== "history-of") return found?.kind;
  return found.events.map((event) => (event.kind === "plan" ? event.plan.number : event.kind));
};

describe("the history of one thing", () => {
  beforeEach(() => {
    planned(1, [excluded], { createdAt: "2026-11-01T00:00:00.000Z", requester: JOAN });
    planned(2, [gained], { createdAt: "2026-11-02T00:00:00.000Z", requester: GRACE });
  });

  it("is found by the name that a group or a profile had, though it was deleted since", async () => {
    expect(await numbers("pilot")).toEqual([1]);
    expect(await numbers("Board")).toEqual([2]);
    expect(await numbers("Board", "profile")).toEqual([2]);
    expect(await numbers("Board", "group")).toBeUndefined();
    expect(await numbers("Nothing")).toBeUndefined();
  });

  it("of a person has what they asked for, and who looked is on record, but not who looks at themselves", async () => {
    world.roles.set(personId("grace"), []);
    const before = world.store.records.length;
    expect(await numbers("Grace", "person")).toEqual([2]);
    expect(world.store.records.slice(before)).toMatchObject([
      { event: "person-looked-at", by: ADA, detail: { person: { id: "grace" }, looked: "history" } },
    ]);
    await numbers("Ada", "person");
    expect(world.store.records.slice(before)).toHaveLength(1);
  });

  it("reads no plan by itself, and says how many were not looked at", async () => {
    const one = world.store.plansByNumber.get(1) as Plan;
    for (let number = 3; number <= 1_001; number += 1)
      world.store.plansByNumber.set(number, { ...one, number });
    let calls = 0;
    const counting = <T extends object>(store: T): T =>
      new Proxy(store, {
        get: (target, name, receiver) => {
          calls += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const ports = {
      ...world.ports,
      plans: counting(world.ports.plans),
      watch: counting(world.ports.watch),
      modelNotices: counting(world.ports.modelNotices),
    };
    const asked = { by: ADA, conversation: ROOM, typed: "pilot" };
    const found = await historyOf(ports, world.rules, asked);
    expect(found).toMatchObject({ kind: "history-of", plans: { of: 1_001, lookedAt: 1_000 } });
    expect(found?.kind === "history-of" && found.events.length).toBe(999);
    expect(calls).toBeLessThan(10);
  });

  it("looks at another person on record only: where that fails nothing is shown", async () => {
    world.store.auditBroken = true;
    await expect(numbers("Grace", "person")).rejects.toThrow();
  });
});
