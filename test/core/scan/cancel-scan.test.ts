import { beforeEach, describe, expect, it } from "vitest";
import { refuse } from "../../../src/core/errors.js";
import { conversationId, type Person } from "../../../src/core/person.js";
import type { Ports } from "../../../src/core/ports.js";
import { cancelScan } from "../../../src/core/scan/cancel-scan.js";
import type { Scan } from "../../../src/core/scan/scan.js";
import { ADA, FakeWorld, GRACE, JOAN, LINUS } from "../fake-world.js";
import { scan } from "../report/fake-reports.js";

const conversation = conversationId("room");
const asker = (person: Person) => ({ person, conversation, shows: "at-once" }) as const;
let running: Scan | undefined;
let cancelled: { scanId: string; by: Person }[];
let ended: Scan | undefined;
beforeEach(() => {
  running = scan({ scanId: "scan-2", askers: [asker(JOAN), asker(ADA)] });
  ended = running;
  cancelled = [];
});

const world = new FakeWorld();
const cancel = (person: Person, scanId = "scan-2") => {
  const scans = { running: async () => running } as unknown as Ports["scans"];
  const scanner = {
    cancel: async (id: string, by: Person) => {
      cancelled.push({ scanId: id, by });
      return ended;
    },
  } as unknown as Ports["scanner"];
  return cancelScan({ scans, scanner, directory: world.ports.directory }, world.rules, { scanId, person });
};
const NOT_RUNNING = refuse({ code: "scan-not-running" });

describe("cancelling a scan", () => {
  it.each([
    ["somebody who asked for it", ADA],
    ["an approver", GRACE],
  ])("may be done by %s", async (_, person) => {
    expect(await cancel(person)).toEqual({ kind: "scan-cancelled", scan: running });
    expect(cancelled).toEqual([{ scanId: "scan-2", by: person }]);
  });

  it("is refused to anybody else", async () => {
    expect(await cancel(LINUS)).toEqual(refuse({ code: "not-scan-asker" }));
    expect(cancelled).toEqual([]);
  });

  it("ends no other scan than the one on the card", async () => {
    expect(await cancel(ADA, "scan-1")).toEqual(NOT_RUNNING);
    expect(cancelled).toEqual([]);
  });

  it("says so when the scan ended in the meantime", async () => {
    ended = undefined;
    expect(await cancel(ADA)).toEqual(NOT_RUNNING);
    running = undefined;
    expect(await cancel(ADA)).toEqual(NOT_RUNNING);
  });
});
