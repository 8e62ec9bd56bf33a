import { describe, expect, it } from "vitest";
import { readPress } from "../../../src/teams/incoming/read-press.js";

const AAGUID = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
const read = (verb: string, data: object) => readPress({ action: { verb, data } });

describe("a button of a scan's card", () => {
  it.each([
    ["cancelScan", { scanId: "s-1" }],
    ["keysInUse", { scanId: "s-1", page: 2 }],
    ["whoUses", { scanId: "s-1", page: 3, model: AAGUID }],
    ["withoutPasskey", { scanId: "s-1", page: 2 }],
  ])("is read with what it names and nothing else: %s", (verb, data) => {
    expect(read(verb, { ...data, extra: 1, planId: 12 })).toEqual({ verb, ...data });
  });

  it("is read from a message, too, where the verb is in the data", () => {
    const data = { verb: "cancelScan", scanId: "s-1" };
    expect(readPress({ action: { data } })).toEqual(data);
  });

  it.each<[string, string, object]>([
    ["no scan", "cancelScan", {}],
    ["an empty scan", "cancelScan", { scanId: "" }],
    ["a scan that is no text", "cancelScan", { scanId: { $ne: 1 } }],
    ["a scan's id that is too long", "cancelScan", { scanId: "s".repeat(65) }],
    ["no page", "keysInUse", { scanId: "s-1" }],
    ["page zero", "keysInUse", { scanId: "s-1", page: 0 }],
    ["half a page", "keysInUse", { scanId: "s-1", page: 1.5 }],
    ["a page far off", "keysInUse", { scanId: "s-1", page: 1e9 }],
    ["no model", "whoUses", { scanId: "s-1", page: 1 }],
    ["a blank model", "whoUses", { scanId: "s-1", page: 1, model: "  " }],
    ["a model that is too long", "whoUses", { scanId: "s-1", page: 1, model: "m".repeat(161) }],
    ["another verb", "delete", { scanId: "s-1", page: 1 }],
  ])("is no button of ours with %s", (_, verb, data) => {
    expect(read(verb, data)).toBeUndefined();
  });
});
