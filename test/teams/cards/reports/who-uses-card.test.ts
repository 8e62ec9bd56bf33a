import { describe, expect, it } from "vitest";
import { personId } from "../../../../src/core/person.js";
import type { WhoUses } from "../../../../src/core/report/who-uses.js";
import type { AccountRef } from "../../../../src/core/scan/inventory.js";
import { whoUsesCount, whoUsesNames } from "../../../../src/teams/cards/reports/who-uses-card.js";
import { model } from "../../../core/report/fake-reports.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { titles, words } from "../card-words.js";
import { found, NEO, NFC } from "../scan/sample-scans.js";

const people = (count: number, name = "Mary *Shelley*"): readonly AccountRef[] =>
  Array.from({ length: count }, (_, at) => ({
    id: personId(`p${at}`),
    name: `${name} ${at}`,
    isAdmin: at === 0,
  }));
const report = (changes: Partial<WhoUses> = {}): WhoUses => ({
  kind: "who-uses",
  models: [model(NFC, "YubiKey 5 NFC")],
  people: people(3),
  passkeys: 4,
  byModel: [{ model: model(NFC, "YubiKey 5 NFC"), people: 3 }],
  inventory: found(),
  ...changes,
});

describe("the card of who uses a model", () => {
  it("counts people and names nobody, but offers the names to whoever presses", () => {
    const card = whoUsesCount(report());
    expect(words(card)).toContain("**3 people** with 4 passkeys, 1 administrator among them");
    expect(words(card)).not.toContain("Shelley");
    expect(JSON.stringify(card)).not.toContain("Shelley");
    expect(titles(card)).toEqual(["Show names"]);
    expect(card.actions?.[0]).toMatchObject({
      verb: "whoUses",
      data: { scanId: "scan-1", model: NFC, page: 1 },
    });
    expect(cardProblems(card)).toEqual([]);
  });

  it("names them where that may be, administrators marked", () => {
    const card = whoUsesNames(report());
    expect(words(card)).toContain(
      "Mary \\*Shelley\\* 0 (administrator) · Mary \\*Shelley\\* 1 · Mary \\*Shelley\\* 2",
    );
    expect(titles(card)).toEqual([]);
  });

  it("names 50 on a page, and stays small with the longest names", () => {
    const many = report({ people: people(5_020, "Ж".repeat(300)) });
    const pages = [1, 2, 101].map((page) => whoUsesNames(many, page));
    for (const card of pages) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
    expect(pages.map(titles)).toEqual([["Next page"], ["Previous page", "Next page"], ["Previous page"]]);
    expect(words(whoUsesNames(many, 101))).toContain("People 5,001 to 5,020 of 5,020");
    expect(words(whoUsesNames(many, 999))).toContain("People 5,001 to 5,020 of 5,020");
  });

  it("asks again by the name when several models have it, and by the AAGUID when one has", () => {
    const several = report({ models: [model(NFC, "YubiKey 5 NFC"), model(NEO, "YubiKey 5 NFC")] });
    expect(whoUsesCount(several).actions?.[0]).toMatchObject({ data: { model: "YubiKey 5 NFC" } });
    expect(words(whoUsesCount(several))).toContain(`${NFC} and ${NEO}`);
  });

  it("counts by model where one word means several, and asks again by that word", () => {
    const byModel = [
      { model: model(NFC, "YubiKey 5 NFC"), people: 3 },
      { model: model(NEO, "YubiKey NEO"), people: 1 },
    ];
    const card = whoUsesCount(
      report({ called: "yubikeys", models: byModel.map((each) => each.model), byModel }),
    );
    expect(words(card)).toContain("Who uses yubikeys");
    expect(words(card)).toContain("YubiKey 5 NFC: 3 people\n\nYubiKey NEO: 1 person");
    expect(card.actions?.[0]).toMatchObject({ data: { model: "yubikeys" } });
    expect(cardProblems(card)).toEqual([]);
  });

  it("says so when nobody does, with nothing to press", () => {
    const card = whoUsesCount(report({ people: [], passkeys: 0 }));
    expect(words(card)).toContain("Nobody has such a passkey.");
    expect(titles(card)).toEqual([]);
  });

  it("warns that people who could not be read may use it too", () => {
    expect(words(whoUsesCount(report({ inventory: found({ unreadCount: 2 }) })))).toContain(
      "2 people could not be read and may use it, too.",
    );
  });
});
