import { beforeEach, describe, expect, it } from "vitest";
import { whoUses } from "../../../src/core/report/who-uses.js";
import { FakeReports, inventory, keyholder, model, use } from "./fake-reports.js";

const [NFC, NFC_2, NANO, TITAN] = ["aa", "bb", "cc", "dd"].map(
  (start) => `${start}000000-0000-4000-8000-000000000000`,
) as [string, string, string, string];

let world: FakeReports;
beforeEach(() => {
  world = new FakeReports();
  world.models = [
    model(NFC, "YubiKey 5 NFC"),
    model(NFC_2, "YubiKey 5 NFC"),
    model(NANO, "YubiKey 5C Nano"),
    model(TITAN, "Titan v2"),
  ];
  world.latest = inventory([use(NFC, 2), use(NFC_2, 1), use(NANO, 1)]);
  world.keyholders.set("scan-1", [
    keyholder("Alan", [NFC, NFC]),
    keyholder("Barbara", [NANO]),
    keyholder("Mary", [NFC_2, NANO], true),
    keyholder("Ada", [NFC]),
  ]);
});

const ask = (words: string, scanId?: string) => whoUses(world.ports, world.rules, words, scanId);

describe("who uses a model", () => {
  it("counts everybody with a passkey of any model of that name, administrators first, then by name", async () => {
    const report = await ask("yubikey 5 nfc");
    if (report.kind !== "who-uses") throw new Error(report.kind);
    expect(report.people.map(({ name }) => name)).toEqual(["Mary", "Ada", "Alan"]);
    expect(report.passkeys).toBe(4);
    expect(report.models.map(({ aaguid }) => aaguid)).toEqual([NFC, NFC_2]);
  });

  it("by its AAGUID is only that model", async () => {
    const report = await ask(NFC);
    expect(report).toMatchObject({ kind: "who-uses", people: [{ name: "Ada" }, { name: "Alan" }] });
  });

  it("takes the one model in use of several with a similar name", async () => {
    world.latest = inventory([use(NANO, 1)]);
    expect(await ask("yubikey")).toMatchObject({ kind: "who-uses", models: [{ aaguid: NANO }] });
  });

  it("asks back when similar names leave several, those in use first", async () => {
    world.latest = inventory([use(NANO, 1), use(NFC_2, 1)]);
    const report = await ask("yubikey");
    expect(report).toMatchObject({
      code: "ambiguous-model",
      verb: "who uses",
      candidates: [{ aaguid: NFC_2 }, { aaguid: NANO }, { aaguid: NFC }],
      inUse: [NFC_2, NANO],
    });
  });

  it("says that nobody does without reading anybody", async () => {
    world.ports.scans.keyholders = () => {
      throw new Error("read for nothing");
    };
    expect(await ask("titan v2")).toMatchObject({ kind: "who-uses", people: [], passkeys: 0 });
  });

  it("is counted by the scan that was shown before, as long as that is kept", async () => {
    world.before = inventory([use(NFC, 1)], { scanId: "scan-0" });
    world.keyholders.set("scan-0", [keyholder("Old", [NFC])]);
    expect(await ask(NFC, "scan-0")).toMatchObject({ people: [{ name: "Old" }] });
    expect(await ask(NFC, "scan-older")).toEqual({ kind: "no-scan" });
  });

  it("has no answer for words that name no model, nor before the first scan", async () => {
    expect(await ask("feitian")).toMatchObject({ code: "unknown-model", typed: "feitian" });
    world.latest = undefined;
    expect(await ask(NFC)).toEqual({ kind: "no-scan" });
  });
});
