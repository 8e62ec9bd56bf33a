import { beforeEach, describe, expect, it } from "vitest";
import { refuse } from "../../../../src/core/errors.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { proposeChange } from "../../../../src/core/plan/propose-change.js";
import type { Inventory, Keyholder } from "../../../../src/core/scan/inventory.js";
import { PlanStory } from "../../apply/plan-story.js";
import { ADA, GRACE, ROOM } from "../../fake-world.js";

let story: PlanStory;
let plan: Plan;
beforeEach(async () => {
  story = new PlanStory();
  plan = await story.propose();
});

const EXTRA: Keyholder = { id: GRACE.id, name: "Grace", isAdmin: false, passkeys: [] };

function editPeople(): void {
  const { scans } = story.world.store;
  const { keyholders } = scans;
  scans.keyholders = async function* edited(...which) {
    yield* keyholders.apply(scans, which);
    yield [EXTRA];
  };
}
function editScan(change: Partial<Inventory>): void {
  const { scans } = story.world.store;
  const { finished, latest } = scans;
  scans.finished = async (...which) => ({ ...(await finished.apply(scans, which)), ...change }) as Inventory;
  scans.latest = async (...which) => ({ ...(await latest.apply(scans, which)), ...change }) as Inventory;
}

describe("a plan on a scan that was edited since", () => {
  it.each<[string, () => void]>([
    ["its people", editPeople],
    ["how many of them could not be read", () => editScan({ unreadCount: 0, asked: 99 })],
    ["the hash over its people", () => editScan({ peopleHash: "0".repeat(64) })],
    ["which record it names", () => editScan({ recordedAs: 2 })],
  ])("is not approved: %s", async (_, edit) => {
    edit();
    expect(await story.approve(plan)).toEqual(refuse({ code: "scan-altered", planNumber: plan.number }));
    expect(story.world.patches).toEqual([]);
    expect(story.stored(plan)).toEqual(plan);
    expect(story.world.errors).toMatchObject([{ event: "scan-altered", plan: plan.number }]);
  });

  it("is approved when the scan is not kept any more, and does not narrow", async () => {
    story.world.store.scans.finished = async () => undefined;
    expect(await story.approve(plan)).toMatchObject({
      kind: "decided",
      plan: { state: { kind: "applied" } },
    });
  });

  it("is not approved, and none is made, when a newer scan on record was removed", async () => {
    const { scans } = story.world.store;
    const [older, finished] = [await scans.latest(story.rules.tenantId), scans.finished];
    await story.world.scan();
    await expect(story.propose()).rejects.toThrow("same-plan");
    scans.latest = async () => older;
    scans.finished = async (tenant, scanId) =>
      scanId === older?.scanId ? finished.call(scans, tenant, scanId) : undefined;
    expect(await story.approve(plan)).toEqual(refuse({ code: "scan-altered", planNumber: plan.number }));
    const asked = { command: { kind: "disable" }, typed: "disable passkeys", requester: ADA } as const;
    const proposed = await proposeChange(story.world.ports, story.rules, { ...asked, conversation: ROOM });
    expect(proposed).toEqual(refuse({ code: "scan-altered" }));
    expect(story.world.patches).toEqual([]);
  });

  it("is not made", async () => {
    editScan({ keyholders: 7 });
    await expect(story.propose()).rejects.toThrow("scan-altered");
  });

  it("is not made of other people than were read", async () => {
    editPeople();
    const proposing = proposeChange(story.world.ports, story.rules, {
      command: { kind: "enable", options: { restriction: "any", authenticators: ["ios"] } },
      typed: "disable passkeys",
      requester: ADA,
      conversation: ROOM,
    });
    await expect(proposing).rejects.toMatchObject({ code: "store-altered" });
  });
});
