import { beforeEach, describe, expect, it } from "vitest";
import { conversationId, type Person } from "../../../src/core/person.js";
import type { Ports } from "../../../src/core/ports.js";
import { cancelScan } from "../../../src/core/scan/cancel-scan.js";
import type { Scan } from "../../../src/core/scan/scan.js";
import { ADA, FakeWorld, GRACE, LINUS } from "../fake-world.js";
import { scan } from "../report/fake-reports.js";

const conversation = conversationId("room");
let running: Scan | undefined;
let cancelled: Person[];
beforeEach(() => {
  running = scan({ scanId: "scan-2", askers: [{ person: ADA, conversation, shows: "at-once" }] });
  cancelled = [];
});

const world = new FakeWorld();
const cancel = (person: Person, scanId = "scan-2") => {
  const scans = { running: async () => running } as unknown as Ports["scans"];
  const scanner = {
    cancel: async (_: string, by: Person) => {
      cancelled.push(by);
      return running;
    },
  } as unknown as Ports["scanner"];
  return cancelScan({ scans, scanner, directory: world.ports.directory }, world.rules, { scanId, person });
};

describe("cancelling a scan", () => {
  it.each([
    ["somebody who asked for it", ADA],
    ["an approver", GRACE],
  ])("may be done by %s", async (_, person) => {
    expect(await cancel(person)).toMatchObject({ kind: "scan-cancelled", scan: { scanId: "scan-2" } });
    expect(cancelled).toEqual([person]);
  });

  it("is refused to anybody else", async () => {
    expect(await cancel(LINUS)).toMatchObject({ code: "not-scan-asker" });
    expect(cancelled).toEqual([]);
  });

  it("ends no other scan than the one on the card", async () => {
    expect(await cancel(ADA, "scan-1")).toMatchObject({ code: "scan-not-running" });
    expect(cancelled).toEqual([]);
  });

  it("says so when the scan ended in the meantime", async () => {
    running = undefined;
    expect(await cancel(ADA)).toMatchObject({ code: "scan-not-running" });
  });
});
