import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { whatIs } from "../../../src/core/report/what-is.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { FakeReports, inventory, model, use } from "./fake-reports.js";

const [NFC, NFC_2, NANO] = ["aa", "bb", "cc"].map(
  (start) => `${start}000000-0000-4000-8000-000000000000`,
) as [string, string, string];

let world: FakeReports;
beforeEach(() => {
  world = new FakeReports();
  world.models = [model(NFC, "YubiKey 5 NFC"), model(NFC_2, "YubiKey 5 NFC"), model(NANO, "YubiKey 5C Nano")];
  world.policy = legacyPolicy({
    keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [NFC] },
  });
  world.latest = inventory([use(NFC, 12)]);
});

const ask = (words: string) => whatIs(world.ports, world.rules, words);

describe("what a model is", () => {
  it("is told of each model of that name, with what it means in this tenant", async () => {
    expect(await ask("yubikey 5 nfc")).toMatchObject({
      kind: "what-is",
      models: [
        { model: { aaguid: NFC }, allowed: "yes", use: { people: 12 } },
        { model: { aaguid: NFC_2 }, allowed: "no" },
      ],
      inventory: { scanId: "scan-1" },
    });
  });

  it("is asked back when the words may mean several models", async () => {
    world.latest = undefined;
    expect(await ask("yubikey")).toMatchObject({
      code: "ambiguous-model",
      verb: "what is",
      candidates: [{}, {}, {}],
    });
  });

  it("is told without a scan and without a policy, as far as it can be", async () => {
    world.latest = undefined;
    world.policy = new Fault("graph-denied", "403");
    expect(await ask(NANO)).toEqual({
      kind: "what-is",
      models: [{ model: world.models[2], allowed: "unknown" }],
    });
  });

  it("is told of an AAGUID that nobody knows, however it is written", async () => {
    const strange = "dd000000-0000-4000-8000-000000000000";
    expect(await ask(` ${strange.toUpperCase()} `)).toMatchObject({
      models: [{ model: { aaguid: strange, source: "nobody" }, allowed: "no" }],
    });
  });

  it("finds a model that only Graph has words for", async () => {
    const strange = "dd000000-0000-4000-8000-000000000000";
    world.latest = inventory([use(strange, 3, { hint: "ACME Key" })]);
    expect(await ask("acme key")).toMatchObject({
      models: [{ model: { aaguid: strange, source: "graph" }, use: { people: 3 } }],
    });
  });

  it("has no answer for words that name no model", async () => {
    expect(await ask("feitian")).toMatchObject({ code: "unknown-model", typed: "feitian" });
  });
});
