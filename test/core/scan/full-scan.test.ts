import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import { FakeWorld } from "../fake-world.js";
import { crowd, DAY, FEITIAN, keyholders, scanned, YUBIKEY } from "./scan-story.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

describe("a full scan", () => {
  it("reads everybody once and counts each model by people and by passkeys", async () => {
    world.passkeys.set("one", [YUBIKEY, YUBIKEY]).set("two", [YUBIKEY, FEITIAN]).set("three", []);
    world.passkeys.set("four", "gone");
    const inventory = await scanned(world);
    expect(inventory).toMatchObject({
      kind: "full",
      path: "report",
      asked: 3,
      carried: 0,
      keyholders: 2,
      gone: 1,
      unreadCount: 0,
      methods: ["passKeyDeviceBound"],
      recentIncluded: true,
    });
    expect(inventory.models.map(({ aaguid, people, passkeys }) => [aaguid, people, passkeys])).toEqual([
      [YUBIKEY, 2, 3],
      [FEITIAN, 1, 1],
    ]);
    expect(world.asked).toHaveLength(new Set(world.asked).size);
  });

  it("asks about more and more people at once, and all are read whatever the pages", async () => {
    world.pageSize = 37;
    crowd(world, 2_000);
    const inventory = await scanned(world);
    expect(inventory.keyholders).toBe(2_000);
    expect(world.asked).toHaveLength(2_000);
    expect(world.mostAtOnce).toBe(320);
  });

  it("asks in whole batches while people are still being listed", async () => {
    world.pageSize = 33;
    crowd(world, 400);
    const sizes: number[] = [];
    world.onAsk = async (people) => {
      sizes.push(people.length);
      return undefined;
    };
    await scanned(world);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(400);
    expect(sizes.every((size) => size === 20)).toBe(true);
  });

  it("asks about somebody who is listed on two pages once", async () => {
    crowd(world, 5);
    world.pageSize = 2;
    world.onList = (which, next) => {
      if (which === "report" && next === "2") world.passkeys.delete("p0");
      if (which === "report" && next === "4") world.passkeys.set("p0", [YUBIKEY]);
    };
    await scanned(world);
    expect(world.asked.filter((id) => id === "p0")).toHaveLength(1);
  });

  it("asks everybody where the tenant has no licence for the report", async () => {
    world.premium = false;
    crowd(world, 3);
    expect(await scanned(world)).toMatchObject({ path: "all-users", asked: 3, keyholders: 3 });
  });

  it("asks for emergency accounts and for those the audit log names, whatever the report lists", async () => {
    crowd(world, 3);
    world.passkeys.set("emergency", [FEITIAN]).set("new", [FEITIAN]).set("long ago", [FEITIAN]);
    for (const name of ["emergency", "new", "long ago"]) world.unreported.add(name);
    world.rules = { ...world.rules, emergencyAccounts: [personId("emergency")] };
    world.audited = [
      { name: "new", at: world.time - DAY },
      { name: "long ago", at: world.time - 3 * DAY },
    ];
    const inventory = await scanned(world);
    expect(await keyholders(world, inventory)).toEqual([
      "Emergency account emergency",
      "new",
      "p0",
      "p1",
      "p2",
    ]);
  });

  it("says that lately registered people are not in it when the audit log cannot be read", async () => {
    crowd(world, 3);
    world.audited = new Fault("graph-denied", "no AuditLog.Read.All", { status: 403 });
    expect(await scanned(world)).toMatchObject({ kind: "full", keyholders: 3, recentIncluded: false });
  });
});
