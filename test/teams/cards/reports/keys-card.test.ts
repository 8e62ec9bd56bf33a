import { describe, expect, it } from "vitest";
import { keysCard } from "../../../../src/teams/cards/reports/keys-card.js";
import { cardProblems, elementsOf } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import { found, keys, manyKeys, NEO } from "../scan/sample-scans.js";

describe("the card of keys in use", () => {
  it("looks like this", async () => {
    await expect(pretty(keysCard(keys()))).toMatchFileSnapshot("../snapshots/keys-in-use.snap");
    expect(cardProblems(keysCard(keys()))).toEqual([]);
  });

  it("says of each model how many use it, of which kind, and whether it is allowed", () => {
    const said = words(keysCard(keys()));
    expect(said).toContain("YubiKey 5 NFC\n");
    expect(said).toContain("60 device-bound, 1 synced · 59 attested, 1 not attested, 1 attestation not said");
    expect(said).toContain("kind not said · attestation not said · 11111111-2222-4333-8444-555555555555");
    expect(said).toContain("YubiKey NEO (⚠ revoked)");
    expect(said).toMatch(/112\n120\nyes/);
    expect(said).toContain("in some profiles");
  });

  it("tells models of one name apart by their AAGUIDs", () => {
    const [first, , third] = keys().rows;
    if (first === undefined || third === undefined) throw new Error("no rows");
    const said = words(
      keysCard(keys({ rows: [first, { ...third, model: { ...third.model, name: first.model.name } }] })),
    );
    expect(said).toContain(` · ${first.aaguid}`);
    expect(said).toContain(` · ${third.aaguid}`);
    expect(words(keysCard(keys({ rows: [first] })))).not.toContain(` · ${first.aaguid}`);
  });

  it("shows the most used models as bars, which clients that know none leave out", () => {
    const [chart] = elementsOf(keysCard(keys()), "Chart.HorizontalBar");
    expect(chart).toMatchObject({ fallback: "drop" });
    expect(chart?.data).toMatchObject([{ x: "YubiKey 5 NFC", y: 112 }, { y: 61 }, { y: 2 }, { y: 1 }]);
  });

  it("leads to the model that matters most", () => {
    expect(words(keysCard(keys()))).toContain("what is YubiKey NEO");
    expect(words(keysCard(keys()))).toContain("allow keys in use");
    const [, strange] = keys().rows;
    expect(words(keysCard(keys({ rows: strange === undefined ? [] : [strange] })))).toContain(
      "what is 11111111-2222-4333-8444-555555555555",
    );
    expect(words(keysCard(keys()))).not.toContain(NEO);
  });

  it("comes in pages, and stays small with 300 models of the longest names", () => {
    const many = manyKeys(300);
    const pages = [1, 2, 15].map((page) => keysCard(many, page));
    for (const card of pages) {
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
      expect(cardProblems(card)).toEqual([]);
    }
    expect(pages.map(titles)).toEqual([["Next page"], ["Previous page", "Next page"], ["Previous page"]]);
    expect(pages.map((card) => words(card).match(/Models (.*)/)?.[1])).toEqual([
      "1 to 20 of 300",
      "21 to 40 of 300",
      "281 to 300 of 300",
    ]);
    expect(pages[1]?.actions?.[1]).toMatchObject({
      verb: "keysInUse",
      data: { scanId: "scan-1", page: 3 },
      fallback: { data: { verb: "keysInUse", scanId: "scan-1", page: 3 } },
    });
  });

  it("has no pages when it fits, and the last one when asked for one that is not there", () => {
    expect(titles(keysCard(keys()))).toEqual([]);
    expect(words(keysCard(manyKeys(30), 99))).toContain("Models 21 to 30 of 30");
  });

  it("admits what it does not know", () => {
    const said = words(
      keysCard(keys({ inventory: found({ unreadCount: 3 }), policy: "unreadable", scanRunning: true })),
    );
    expect(said).toContain("3 people could not be read, so models may be missing.");
    expect(said).toContain("The policy could not be read");
    expect(said).toContain("A newer scan is being made");
    expect(words(keysCard(keys()))).not.toMatch(/could not be read|newer scan/);
  });

  it("says so when nobody has a passkey", () => {
    const none = keysCard(keys({ rows: [], passkeys: 0, inventory: found({ keyholders: 0, models: [] }) }));
    expect(words(none)).toContain("Nobody has registered a passkey.");
    expect(words(none)).toContain("enable passkeys");
    expect(cardProblems(none)).toEqual([]);
  });
});
