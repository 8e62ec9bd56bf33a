import { describe, expect, it } from "vitest";
import { readFidoMetadata } from "../../src/catalogue/fido-metadata.js";
import { fidoModel } from "../../src/catalogue/fido-model.js";
import { versionWords } from "../../src/catalogue/metadata-firmware.js";

const aaguid = (start: string) => `${start}000000-0000-4000-8000-000000000000`;
const entry = (start: string, description: string, authenticatorVersion: number, more: object = {}) => ({
  aaguid: aaguid(start),
  metadataStatement: { description, authenticatorVersion, ...more },
  statusReports: [],
});
const firmware = (...entries: readonly object[]) =>
  readFidoMetadata({ no: 1, nextUpdate: "2026-12-01", entries })?.firmware;

describe("the firmware in the FIDO metadata", () => {
  it("is said of models of one name that differ by it, and of no other", () => {
    const said = firmware(
      entry("aa", "YubiKey 5 Series", 328_706),
      entry("bb", "YubiKey 5 Series", 50_100),
      entry("cc", "Alone", 7),
      entry("dd", "Twins", 3),
      entry("ee", "Twins", 3),
      entry("ff", "OFFPAD", 1, { authenticatorGetInfo: { firmwareVersion: 2 } }),
      entry("ab", "OFFPAD", 1),
    );
    expect(said).toEqual(
      new Map([
        [aaguid("aa"), "5.4.2"],
        [aaguid("bb"), "5.1"],
        [aaguid("ff"), "2"],
        [aaguid("ab"), "1"],
      ]),
    );
  });

  it("is written as its maker writes it, where that is known", () => {
    expect(versionWords("YubiKey 5 Series", 329_473)).toBe("5.7.1");
    expect(versionWords("Security Key by Yubico", 50_200)).toBe("5.2");
    expect(versionWords("Feitian BioPass", 329_473)).toBe("329473");
  });
});

describe("a warning", () => {
  const warned = (...statusReports: readonly object[]) =>
    fidoModel({ metadataStatement: { description: "YubiKey 5 Series" }, statusReports })?.warnings;

  it("says from which firmware on it holds: of several reports the lowest", () => {
    expect(
      warned(
        { status: "USER_VERIFICATION_BYPASS", authenticatorVersion: 328_706 },
        { status: "USER_VERIFICATION_BYPASS", authenticatorVersion: 50_100 },
      ),
    ).toEqual([{ status: "USER_VERIFICATION_BYPASS", version: "5.1" }]);
  });

  it("holds for all where one report names none", () => {
    const [first] = [warned({ status: "REVOKED", authenticatorVersion: 50_100 }, { status: "REVOKED" })];
    expect(first).toEqual([{ status: "REVOKED" }]);
  });
});
