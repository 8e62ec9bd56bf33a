import { describe, expect, it } from "vitest";
import { retainHead } from "../../../src/core/duties/retain-head.js";
import { FakeWorld } from "../fake-world.js";

const HOUR = 3_600_000;

describe("the end of the record in the log", () => {
  it("is written at once, and then once a day, whatever the time of day does", async () => {
    const world = new FakeWorld();
    const lines: object[] = [];
    let elapsed = 5;
    const log = {
      ...world.ports.log,
      info: (event: string, detail?: object) => lines.push({ event, ...detail }),
    };
    const retain = retainHead(
      { ...world.ports, log, clock: { ...world.ports.clock, elapsed: () => elapsed } },
      world.rules,
    );
    await retain();
    await world.store.audit.append({
      tenantId: world.rules.tenantId,
      at: "2026-11-22T10:00:00.000Z",
      event: "approval-room-set",
      detail: {},
    });
    world.advance(-72 * HOUR);
    for (let hour = 0; hour < 25; hour++) {
      await retain();
      elapsed += HOUR;
    }
    const [first] = world.store.records;
    expect(lines).toEqual([
      { event: "audit-head", tenant: "tenant", sequence: 0, hash: "0".repeat(64) },
      { event: "audit-head", tenant: "tenant", sequence: 1, hash: first?.hash },
    ]);
  });

  it("is tried again when it could not be read", async () => {
    const world = new FakeWorld();
    let fails = true;
    const lines: string[] = [];
    const audit = {
      ...world.ports.audit,
      head: async () => {
        if (fails) throw new Error("not now");
        return { sequence: 0, hash: "" };
      },
    };
    const log = { ...world.ports.log, info: (event: string) => lines.push(event) };
    const retain = retainHead({ ...world.ports, audit, log }, world.rules);
    await expect(retain()).rejects.toThrow("not now");
    fails = false;
    await retain();
    expect(lines).toEqual(["audit-head"]);
  });
});
