import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  NO_AAGUID,
} from "../../src/core/policy/policy.js";

const { modelName } = catalogue();
const unknown = "12345678-1234-1234-1234-123456789abc" as Aaguid;

describe("catalogue", () => {
  it.each([
    [AUTHENTICATOR_IOS, "Microsoft Authenticator (iOS)"],
    [AUTHENTICATOR_ANDROID, "Microsoft Authenticator (Android)"],
    ["08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello (hardware)"],
    ["9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello (VBS hardware)"],
    ["6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello (software)"],
    [NO_AAGUID, "Platform without attestation (no AAGUID)"],
  ])("names Microsoft's own %s, whatever Graph or the packaged list call it", (aaguid, name) => {
    expect(modelName(aaguid as Aaguid, "something Graph said")).toBe(name);
  });

  it("names a security key from the packaged list rather than by Graph's hint", () => {
    expect(modelName("2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid, "NFC key")).toBe(
      "YubiKey 5 Series with NFC",
    );
  });

  it("uses Graph's hint for a model that no list names", () => {
    expect(modelName(unknown, " Acme Key 3 ")).toBe("Acme Key 3");
  });

  it.each([undefined, "", "  "])("answers for a model that nobody names (hint %j)", (hint) => {
    expect(modelName(unknown, hint)).toBe("Unknown model");
  });
});
