import { describe, expect, it } from "vitest";
import { readArguments } from "../../src/lab/arguments.js";

const APP = "11111111-2222-3333-4444-555555555555";

describe("how the lab is called", () => {
  it("without a word is a run, by Microsoft's own app, with nothing allowed that has no way back", () => {
    expect(readArguments([])).toEqual({
      kind: "run",
      isDry: false,
      tenantName: undefined,
      allowsMigration: false,
      allowsLeftover: false,
      auditWaitMinutes: 10,
      common: { folder: "lab", clientId: "14d82eec-204b-4c2f-b7e8-296a70dab67e", isAgreed: false },
    });
  });

  it("takes what is allowed, and by which app to sign in", () => {
    const given = ["--allow-migration", "--allow-leftover", "--client-id", APP.toUpperCase(), "--yes"];
    expect(readArguments([...given, "--tenant-name", "Test", "--audit-wait", "0"])).toMatchObject({
      allowsMigration: true,
      allowsLeftover: true,
      tenantName: "Test",
      auditWaitMinutes: 0,
      common: { clientId: APP, isAgreed: true },
    });
  });

  it("knows restore and help", () => {
    expect(readArguments(["restore", "--folder", "there"])).toMatchObject({
      kind: "restore",
      common: { folder: "there" },
    });
    for (const given of [["help"], ["--help"], ["restore", "-h"]])
      expect(readArguments(given)).toEqual({ kind: "help" });
  });

  it.each([
    [["run", "again"], '"again" means nothing here'],
    [["undo"], 'there is no command "undo"'],
    [["--loud"], "Unknown option"],
    [["--audit-wait", "61"], "from 0 to 60"],
    [["--audit-wait", "-1"], "ambiguous"],
    [["--client-id", "Latchkey"], "a GUID"],
    [["restore", "--dry-run"], "restore takes no --dry-run"],
    [["restore", "--tenant-name", "Test"], "restore takes no --tenant-name"],
  ])("says of %j what is wrong with it", (given, why) => {
    expect(readArguments(given)).toEqual({ kind: "wrong", why: expect.stringContaining(why) });
  });
});
