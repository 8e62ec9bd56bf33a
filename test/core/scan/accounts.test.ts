import { beforeEach, describe, expect, it } from "vitest";
import { leftOut } from "../../../src/core/impact/left-out.js";
import { impact } from "../../teams/cards/plan/sample-plans.js";
import { FakeWorld } from "../fake-world.js";
import { crowd, scanned } from "./scan-story.js";

const HOURS_6 = 6 * 3_600_000;
let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  crowd(world, 5);
});

describe("the accounts of the tenant", () => {
  it("are counted with a full scan, beside the rows of the report, and recorded with it", async () => {
    world.accounts = { enabled: 4_900, disabled: 12 };
    world.reportRows = 4_812;
    const counted = { accounts: { enabled: 4_900, disabled: 12 }, reportRows: 4_812 };
    expect(await scanned(world)).toMatchObject({ kind: "full", ...counted });
    expect(world.store.records.at(-1)).toMatchObject({ event: "scan-finished", detail: counted });
  });

  it("are those of the last full scan in a scan of what changed, which carries its people over", async () => {
    world.accounts = { enabled: 10, disabled: 1 };
    world.reportRows = 8;
    await scanned(world);
    world.advance(HOURS_6);
    world.accounts = { enabled: 99, disabled: 9 };
    expect(await scanned(world)).toMatchObject({
      kind: "changes",
      accounts: { enabled: 10, disabled: 1 },
      reportRows: 8,
    });
  });

  it("that cannot be counted cost no scan: it is logged, and the scan says nothing of them", async () => {
    const inventory = await scanned(world);
    expect(inventory).toMatchObject({ kind: "full", unreadCount: 0, keyholders: 5 });
    expect(inventory).not.toHaveProperty("accounts");
    expect(world.noted).toContainEqual(expect.objectContaining({ event: "accounts-not-counted" }));
  });
});

describe("whom the report leaves out", () => {
  const { coverage } = impact();
  const accounts = { enabled: 4_900, disabled: 0 };

  it("are as many as it has rows fewer than there are enabled accounts", () => {
    expect(leftOut({ ...coverage, accounts, reportRows: 4_812 })).toEqual({
      rows: 4_812,
      enabled: 4_900,
      missing: 88,
    });
    expect(leftOut({ ...coverage, accounts, reportRows: 4_950 })?.missing).toBe(0);
  });

  it("are not known where either was not counted, or every account was asked about", () => {
    expect(leftOut(coverage)).toBeUndefined();
    expect(leftOut({ ...coverage, accounts })).toBeUndefined();
    expect(leftOut({ ...coverage, accounts, reportRows: 4_812, path: "all-users" })).toBeUndefined();
  });
});
