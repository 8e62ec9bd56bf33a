import { describe, expect, it } from "vitest";
import { readFidoMetadata } from "../../src/catalogue/fido-metadata.js";
import { fidoModel } from "../../src/catalogue/fido-model.js";

const reports = (...statuses: readonly (string | readonly [string, string])[]) =>
  statuses.map((each) =>
    typeof each === "string" ? { status: each } : { status: each[0], effectiveDate: each[1] },
  );
const entry = (statusReports: unknown, statement: Record<string, unknown> = {}) => ({
  metadataStatement: { description: "Acme Key", ...statement },
  statusReports,
});

describe("what the FIDO metadata says of a model", () => {
  it.each([
    ["REVOKED"],
    ["USER_VERIFICATION_BYPASS"],
    ["ATTESTATION_KEY_COMPROMISE"],
    ["USER_KEY_REMOTE_COMPROMISE"],
    ["USER_KEY_PHYSICAL_COMPROMISE"],
    ["RETIRED"],
    ["SOMETHING_FIDO_HAS_YET_TO_INVENT"],
  ])("%s is a warning, also when reports came after it", (status) => {
    const model = fidoModel(
      entry(reports("FIDO_CERTIFIED_L1", [status, "2025-03-04"], "UPDATE_AVAILABLE", "FIDO_CERTIFIED_L2")),
    );
    expect(model?.warnings).toEqual([{ status, since: "2025-03-04" }]);
  });

  it("says each warning once, since its first day", () => {
    const model = fidoModel(
      entry(
        reports(["REVOKED", "2025-03-04"], ["REVOKED", "2024-01-01"], "REVOKED", "USER_VERIFICATION_BYPASS"),
      ),
    );
    expect(model?.warnings).toEqual([
      { status: "REVOKED", since: "2024-01-01" },
      { status: "USER_VERIFICATION_BYPASS" },
    ]);
  });

  it.each([
    "FIDO_CERTIFIED",
    "NOT_FIDO_CERTIFIED",
    "SELF_ASSERTION_SUBMITTED",
    "UPDATE_AVAILABLE",
    "FIDO_CERTIFIED_L3plus",
    "FIPS140_CERTIFIED_L2",
  ])("%s is no warning", (status) => {
    expect(fidoModel(entry(reports(status)))?.warnings).toEqual([]);
  });

  it("takes a report without a status for a warning", () => {
    expect(fidoModel(entry([{}]))?.warnings).toEqual([{ status: "no status" }]);
  });

  it.each([
    [["FIDO_CERTIFIED_L2", "FIDO_CERTIFIED", "FIDO_CERTIFIED_L1plus"], "FIDO Certified L2"],
    [["FIDO_CERTIFIED_L1", "FIDO_CERTIFIED_L1plus"], "FIDO Certified L1+"],
    [["FIDO_CERTIFIED"], "FIDO Certified"],
    [["NOT_FIDO_CERTIFIED"], undefined],
    [["FIDO_CERTIFIED_L1", "REVOKED"], undefined],
    [["FIDO_CERTIFIED_L1", "USER_VERIFICATION_BYPASS"], "FIDO Certified L1"],
  ])("says the highest certification of %j: %s", (statuses, words) => {
    expect(fidoModel(entry(reports(...statuses)))?.certification).toBe(words);
  });

  it.each([
    ["a key that is plugged in", { attachmentHint: ["external", "wired"] }, "security-key"],
    ["a card", { attachmentHint: ["nfc"] }, "security-key"],
    ["a part of the device", { attachmentHint: ["internal"] }, "platform"],
    ["a platform by its own word", { authenticatorGetInfo: { options: { plat: true } } }, "platform"],
    ["an app on a phone", { description: "Acme for Android", attachmentHint: ["external"] }, "unknown"],
    ["something on the network", { attachmentHint: ["external", "network"] }, "unknown"],
    ["what says nothing", {}, "unknown"],
  ])("tells %s", (_what, statement, kind) => {
    expect(fidoModel(entry([], statement))?.kind).toBe(kind);
  });

  it("has no answer for an entry without a name", () => {
    expect(fidoModel(entry([], { description: "  " }))).toBeUndefined();
    expect(fidoModel({})).toBeUndefined();
  });
});

describe("reading FIDO metadata", () => {
  const AAGUID = "11111111-2222-4333-8444-555555555555";
  const read = (...entries: readonly unknown[]) =>
    readFidoMetadata({ no: 1, nextUpdate: "2026-12-01", entries });

  it("leaves out what has no AAGUID or cannot be read, and keeps the rest", () => {
    const good = { aaguid: AAGUID.toUpperCase(), ...entry([]) };
    const models = read(null, "x", { aaid: "4e4e#4005", ...entry([]) }, { aaguid: "no guid" }, good)?.models;
    expect([...(models?.keys() ?? [])]).toEqual([AAGUID]);
  });

  it("loses no warning when a model is listed twice", () => {
    const models = read(
      { aaguid: AAGUID, ...entry(reports("REVOKED")) },
      { aaguid: AAGUID, ...entry(reports("FIDO_CERTIFIED")) },
    )?.models;
    expect([...(models?.values() ?? [])].map(({ warnings }) => warnings)).toEqual([[{ status: "REVOKED" }]]);
  });

  it.each([
    [{ no: -1, nextUpdate: "2026-12-01", entries: [] }],
    [{ no: 1.5, nextUpdate: "2026-12-01", entries: [] }],
    [{ no: 1, nextUpdate: "2026-13-45", entries: [] }],
    [{ no: 1, nextUpdate: "2026-12-01", entries: {} }],
  ])("has no answer for %j", (wrong) => {
    expect(readFidoMetadata(wrong)).toBeUndefined();
  });
});
