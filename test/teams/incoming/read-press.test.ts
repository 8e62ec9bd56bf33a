import { describe, expect, it } from "vitest";
import { readPress } from "../../../src/teams/incoming/read-press.js";

const DIGEST = "0123456789abcdef01234567";

const press = (verb: string, data: Record<string, unknown>) =>
  readPress({ action: { verb, data: { planId: 12, revision: 2, ...data } } });

describe("a button of a plan's card", () => {
  it.each([
    ["a number no plan can have", { planId: Number.MAX_SAFE_INTEGER }],
    ["a revision none can have", { revision: 2_147_483_648 }],
    ["a number that is text", { planId: "12" }],
    ["an object", { planId: { $ne: null } }],
    ["a drift", { planId: undefined, driftId: 3 }],
  ])("is none of ours when it names %s", (_, data) => {
    expect(press("approve", data)).toBeUndefined();
  });

  it("may ask for a scan, by plan and revision like any other", () => {
    const read = { verb: "scan", planNumber: 12, revision: 2, reason: "", page: 1 };
    expect(press("scan", { digest: DIGEST })).toEqual({ ...read, digest: DIGEST });
  });

  it.each([
    ["none", undefined],
    ["a shorter one", DIGEST.slice(1)],
    ["a longer one", `${DIGEST}0`],
    ["one in capitals", DIGEST.toUpperCase()],
    ["one with a line after it", `${DIGEST}\n`],
    ["no text", { $ne: 1 }],
  ])("has shown nothing when the digest is %s", (_, digest) => {
    expect(press("approve", { digest })).toMatchObject({ planNumber: 12, digest: "" });
  });

  it("may name a page of Show all", () => {
    expect(press("showAll", { page: 7 })).toMatchObject({ verb: "showAll", page: 7 });
  });

  it.each([
    ["nothing", undefined],
    ["zero", 0],
    ["a negative number", -3],
    ["half a page", 1.5],
    ["a text", "7"],
    ["more pages than can be", 1_000_000],
    ["an object", { $gt: 0 }],
    ["no number", Number.NaN],
  ])("means the first page when it names %s", (_, page) => {
    expect(press("showAll", { page })).toMatchObject({ verb: "showAll", planNumber: 12, page: 1 });
  });
});
