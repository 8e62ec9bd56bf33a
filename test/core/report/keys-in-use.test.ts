import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { keysInUse } from "../../../src/core/report/keys-in-use.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { FakeReports, inventory, model, scan, use } from "./fake-reports.js";

const [NFC, NANO, NEO, STRANGE] = ["aa", "bb", "cc", "dd"].map(
  (start) => `${start}000000-0000-4000-8000-000000000000`,
) as [string, string, string, string];

let world: FakeReports;
beforeEach(() => {
  world = new FakeReports();
  world.models = [
    model(NFC, "YubiKey 5 NFC"),
    model(NANO, "YubiKey 5C Nano"),
    model(NEO, "YubiKey NEO", { warnings: [{ status: "REVOKED" }] }),
  ];
  world.latest = inventory([use(NFC, 112, { passkeys: 120 }), use(NANO, 61), use(STRANGE, 2), use(NEO, 1)]);
});

const report = async (scanId?: string) => {
  const made = await keysInUse(world.ports, world.rules, scanId);
  if (made.kind !== "keys-in-use") throw new Error(made.kind);
  return made;
};

describe("the report of keys in use", () => {
  it("puts models with warnings and unknown ones first, then those that most people use", async () => {
    const { rows } = await report();
    expect(rows.map((row) => [row.model.name, row.people])).toEqual([
      ["YubiKey NEO", 1],
      ["Unknown model", 2],
      ["YubiKey 5 NFC", 112],
      ["YubiKey 5C Nano", 61],
    ]);
  });

  it("says of each model whether today's policy allows it", async () => {
    world.policy = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [NFC] },
    });
    const { rows, policy } = await report();
    expect(policy).toBe("read");
    expect(rows.map((row) => [row.aaguid, row.allowed])).toEqual([
      [NEO, "no"],
      [STRANGE, "no"],
      [NFC, "yes"],
      [NANO, "no"],
    ]);
  });

  it.each([
    ["Graph does not give it", new Fault("graph-unavailable", "503")],
    ["it cannot be understood", { state: "sometimes" }],
  ])("is made without the policy when %s, and admits it", async (_, policy) => {
    world.policy = policy as typeof world.policy;
    const { rows, policy: read } = await report();
    expect(read).toBe("unreadable");
    expect(new Set(rows.map((row) => row.allowed))).toEqual(new Set(["unknown"]));
  });

  it("hides no mistake of ours behind an unreadable policy", async () => {
    world.policy = new TypeError("a mistake");
    await expect(report()).rejects.toThrow("a mistake");
  });

  it("adds up the passkeys, and says when a newer scan is being made", async () => {
    expect(await report()).toMatchObject({ passkeys: 184, scanRunning: false });
    world.running = scan();
    expect(await report()).toMatchObject({ scanRunning: true });
  });

  it("is made of a scan that was shown before, as long as that is kept", async () => {
    world.before = inventory([use(NANO, 7)], { scanId: "scan-0" });
    expect((await report("scan-0")).rows).toMatchObject([{ aaguid: NANO, people: 7 }]);
    expect(await keysInUse(world.ports, world.rules, "scan-older")).toEqual({ kind: "no-scan" });
  });

  it("cannot be made before the first scan", async () => {
    world.latest = undefined;
    expect(await keysInUse(world.ports, world.rules)).toEqual({ kind: "no-scan" });
  });
});
