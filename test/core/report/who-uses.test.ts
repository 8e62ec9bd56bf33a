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

  it.each(["yubikey", "YubiKeys", "old yubikeys"])(
    "by the family %j is every model of it in use, and how many each",
    async (words) => {
      const report = await ask(words);
      if (report.kind !== "who-uses") throw new Error(report.kind);
      expect(report.called).toBe(words);
      expect(report.people.map(({ name }) => name)).toEqual(["Mary", "Ada", "Alan", "Barbara"]);
      expect(report.byModel.map(({ model, people }) => [model.aaguid, people])).toEqual([
        [NFC, 2],
        [NANO, 2],
        [NFC_2, 1],
      ]);
    },
  );

  it("takes the one model in use of several with a similar name", async () => {
    world.latest = inventory([use(NANO, 1)]);
    expect(await ask("yubikey")).toMatchObject({ kind: "who-uses", models: [{ aaguid: NANO }] });
  });

  it("asks back when nobody uses any of several with a similar name", async () => {
    world.latest = inventory([use(TITAN, 1)]);
    expect(await ask("yubikey")).toMatchObject({ code: "ambiguous-model", verb: "who uses" });
  });

  it("by a kind is everybody with such a passkey, whatever the model", async () => {
    world.latest = inventory([
      use(NFC, 1, { types: { deviceBound: 0, synced: 1, unsaid: 0 } }),
      use(NANO, 2),
    ]);
    const synced = keyholder("Zoe", [NFC, NANO]);
    const passkeys = synced.passkeys.map((passkey, at) => ({
      ...passkey,
      type: at === 0 ? ("synced" as const) : ("deviceBound" as const),
    }));
    world.keyholders.set("scan-1", [{ ...synced, passkeys }, keyholder("Barbara", [NANO])]);
    expect(await ask("synced passkeys")).toMatchObject({
      called: "synced passkeys",
      people: [{ name: "Zoe" }],
      passkeys: 1,
      byModel: [{ model: { aaguid: NFC }, people: 1 }],
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
