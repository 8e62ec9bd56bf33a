import { describe, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import { legacyPolicy, YUBIKEY_5_NFC, YUBIKEY_5C, ZERO } from "../policy/sample-policies.js";
import { impactOf, inventory, keyholder, names, passkey } from "./sample-keyholders.js";

const allow = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});

describe("the impact of a change", () => {
  const people = [
    keyholder("zoe", [passkey(YUBIKEY_5C)]),
    keyholder("amy", [passkey(YUBIKEY_5C)], { isAdmin: true }),
    keyholder("bob", [passkey(YUBIKEY_5C), passkey(YUBIKEY_5_NFC), passkey(ZERO)]),
    keyholder("cat", [passkey(YUBIKEY_5_NFC)]),
    keyholder("glass", [passkey(ZERO)]),
  ];
  const narrowing = [legacyPolicy(), legacyPolicy(allow(YUBIKEY_5_NFC))] as const;

  it("names those left without a passkey, and tells apart who keeps another", async () => {
    const impact = await impactOf(...narrowing, people);
    expect(names(impact.losing)).toEqual(["amy", "glass", "zoe"]);
    expect(names(impact.keepingAnother)).toEqual(["bob"]);
    expect(impact.narrows).toBe(true);
  });

  it("puts emergency accounts first and marks them, then administrators, then goes by name", async () => {
    const { losing } = await impactOf(...narrowing, people, { emergency: ["zoe", "somebody-else"] });
    expect(losing).toEqual([
      { id: "zoe", name: "zoe", isAdmin: false, emergency: true, models: [YUBIKEY_5C] },
      { id: "amy", name: "amy", isAdmin: true, models: [YUBIKEY_5C] },
      { id: "glass", name: "glass", isAdmin: false, models: [ZERO] },
    ]);
  });

  it("marks an emergency account that keeps another passkey, too", async () => {
    const { keepingAnother } = await impactOf(...narrowing, people, { emergency: ["bob"] });
    expect(keepingAnother).toMatchObject([{ name: "bob", emergency: true }]);
  });

  it("says for each person which models they lose, each once, and counts people for each model", async () => {
    const twins = keyholder("ann", [passkey(YUBIKEY_5C), passkey(YUBIKEY_5C)]);
    const impact = await impactOf(...narrowing, [...people, twins]);
    expect(impact.keepingAnother).toMatchObject([{ name: "bob", models: [YUBIKEY_5C, ZERO] }]);
    expect(impact.losing.find((person) => person.name === "ann")?.models).toEqual([YUBIKEY_5C]);
    expect(impact.modelsCutOff).toEqual([
      { aaguid: YUBIKEY_5C, people: 4 },
      { aaguid: ZERO, people: 2 },
    ]);
  });

  it("counts those who can sign in again", async () => {
    const off = legacyPolicy({ state: "disabled" });
    const impact = await impactOf(off, legacyPolicy(allow(YUBIKEY_5_NFC)), people);
    expect(impact).toMatchObject({ losing: [], keepingAnother: [], regaining: 2, narrows: false });
  });

  it("orders people of the same name by id, so that there is one order", async () => {
    const john = (id: string) => keyholder("John", [passkey(YUBIKEY_5C)], { id: personId(id) });
    const { losing } = await impactOf(...narrowing, [john("2"), john("1")]);
    expect(losing.map((person) => person.id)).toEqual(["1", "2"]);
  });
});

describe("the coverage of an impact", () => {
  it("is the scan's: when it began and ended, how it went, and who was not read", async () => {
    const unread = [{ id: personId("eve"), name: "eve", isAdmin: false, why: "Graph said 403" }];
    const scan = { kind: "changes", carried: 2, gone: 1, unreadCount: 7, unread } as const;
    const { coverage } = await impactOf(legacyPolicy(), legacyPolicy(), [], { scan });
    const { startedAt, finishedAt, fullSince, asked, keyholders } = inventory();
    expect(coverage).toEqual({
      ...scan,
      scanId: "scan",
      from: startedAt,
      at: finishedAt,
      fullSince,
      path: "report",
      complete: false,
      asked,
      keyholders,
      recentIncluded: true,
    });
  });

  it("is complete when nobody is left unread, whoever was deleted meanwhile", async () => {
    const { coverage } = await impactOf(legacyPolicy(), legacyPolicy(), [], { scan: { gone: 3 } });
    expect(coverage.complete).toBe(true);
  });
});
