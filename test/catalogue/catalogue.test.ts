import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/catalogue/catalogue.js";
import { type FidoMetadata, readFidoMetadata } from "../../src/catalogue/fido-metadata.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  NO_AAGUID,
} from "../../src/core/policy/policy.js";
import { payload } from "./signed-metadata.js";

const UNKNOWN = "12345678-1234-1234-1234-123456789abc" as Aaguid;
const YUBIKEY_NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const BITWARDEN = "d548826e-79b4-db40-a3d8-11116f7e8349" as Aaguid;

const { model, modelName } = catalogue();

const metadata = (models: Parameters<typeof payload>[1]): FidoMetadata => {
  const read = readFidoMetadata(payload(7, models));
  if (read === undefined) throw new Error("the test's own metadata cannot be read");
  return read;
};

describe("naming models", () => {
  it.each([
    [AUTHENTICATOR_IOS, "Microsoft Authenticator (iOS)"],
    [AUTHENTICATOR_ANDROID, "Microsoft Authenticator (Android)"],
    ["08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello (hardware)"],
    ["9ddd1817-af5a-4672-a2b9-3e3dd95000a9", "Windows Hello (VBS hardware)"],
    ["6028b017-b1d4-4c02-b4b3-afcdafc96bb2", "Windows Hello (software)"],
    [NO_AAGUID, "Passkey that names no model (no AAGUID)"],
  ])("names Microsoft's own %s, whatever anybody else calls it", (aaguid, name) => {
    const named = catalogue({ current: () => metadata({ [aaguid]: { name: "FIDO's name" } }) });
    for (const each of [catalogue(), named]) {
      expect(each.model(aaguid as Aaguid, "something Graph said")).toMatchObject({
        name,
        source: "microsoft",
      });
    }
  });

  it("prefers the FIDO metadata to the packaged list, and that to Graph's hint", () => {
    expect(model(YUBIKEY_NFC, "NFC key")).toMatchObject({
      name: "YubiKey 5 Series with NFC",
      source: "packaged",
    });
    const { model: withMetadata } = catalogue({
      current: () => metadata({ [YUBIKEY_NFC]: { name: "  YubiKey  5 by FIDO " } }),
    });
    expect(withMetadata(YUBIKEY_NFC, "NFC key")).toMatchObject({ name: "YubiKey 5 by FIDO", source: "fido" });
  });

  it("uses Graph's hint for a model that no list names", () => {
    expect(model(UNKNOWN, " Acme  Key 3 ")).toMatchObject({ name: "Acme Key 3", source: "graph" });
  });

  it.each([undefined, "", "  "])("answers for a model that nobody names (hint %j)", (hint) => {
    expect(modelName(UNKNOWN, hint)).toBe("Unknown model");
    expect(model(UNKNOWN, hint)).toEqual({
      aaguid: UNKNOWN,
      name: "Unknown model",
      kind: "unknown",
      warnings: [],
      source: "nobody",
    });
  });
});

describe("describing models", () => {
  it("warns by the FIDO metadata, whoever named the model", () => {
    const { model: warned } = catalogue({
      current: () =>
        metadata({
          [AUTHENTICATOR_IOS]: { name: "x", statuses: ["FIDO_CERTIFIED_L1", "USER_VERIFICATION_BYPASS"] },
        }),
    });
    expect(warned(AUTHENTICATOR_IOS)).toMatchObject({
      source: "microsoft",
      certification: "FIDO Certified L1",
      warnings: [{ status: "USER_VERIFICATION_BYPASS", since: "2026-01-02" }],
    });
  });

  it.each([
    [AUTHENTICATOR_IOS, "platform", "Microsoft"],
    ["08987058-cadc-4b81-b6e1-30de50dcbe96", "platform", "Microsoft"],
    [NO_AAGUID, "platform", undefined],
    ["fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "synced-provider", "Apple"],
    [BITWARDEN, "synced-provider", undefined],
    [YUBIKEY_NFC, "unknown", "Yubico"],
  ])("knows of %s without metadata that it is of kind %s, by %s", (aaguid, kind, vendor) => {
    const { kind: found, vendor: by } = model(aaguid as Aaguid);
    expect([found, by]).toEqual([kind, vendor]);
  });

  it("takes the kind of a security key from the metadata", () => {
    const { model: listed } = catalogue({ current: () => metadata({ [YUBIKEY_NFC]: { name: "YubiKey" } }) });
    expect(listed(YUBIKEY_NFC).kind).toBe("security-key");
  });
});

describe("searching models", () => {
  const { search } = catalogue();
  const names = (words: string) => search(words).map((found) => found.model.name);

  it.each([
    ["yubkey 5 nfc", "YubiKey 5 Series with NFC"],
    ["YUBIKEY 5C NFC", "YubiKey 5 Series with NFC"],
    ["yubikey 5ci", "YubiKey 5 Series with Lightning"],
    ["yubico 5c", "YubiKey 5 Series"],
    ["ms authenticator", "Microsoft Authenticator (iOS)"],
    ["microsfot authenticator android", "Microsoft Authenticator (Android)"],
    ["authenticator ios", "Microsoft Authenticator (iOS)"],
    ["iphone authenticator", "Microsoft Authenticator (iOS)"],
    ["the authenticator app on my iphone", "Microsoft Authenticator (iOS)"],
    ["windows helo", "Windows Hello (hardware)"],
    ["1pasword", "1Password"],
    ["google titan key", "Google Titan Security Key v2"],
    ["icloud", "iCloud Keychain (Managed)"],
    ["feitian bio", "Feitian BioPass FIDO2 Authenticator"],
  ])("finds by %j first %s", (words, name) => {
    expect(names(words)[0]).toBe(name);
  });

  it.each([
    ["ms authenticator", ["Microsoft Authenticator (iOS)", "Microsoft Authenticator (Android)"]],
    ["token2", ["TOKEN2 FIDO2 Security Key", "TOKEN2 PIN Plus Security Key Series"]],
  ])("finds by %j nothing else than %j", (words, expected) => {
    expect(names(words)).toEqual(expected);
  });

  it.each([
    "me to introduce myself",
    "everyone",
    "the finance team",
    "what is the weather today",
    "passkeys",
    "my keys",
    "hello there",
    "",
    "!?",
    "x".repeat(5_000),
  ])("finds nothing by %j", (words) => {
    expect(search(words)).toEqual([]);
  });

  it("finds at most ten, all of them once", () => {
    const found = search("yubikey").map((each) => each.model.aaguid);
    expect(found).toHaveLength(10);
    expect(new Set(found).size).toBe(10);
  });

  it.each(["YubiKey 5 Series with NFC", "yubikey 5 series with nfc", "Yubikey-5 Series, with NFC!"])(
    "says that %j is the name of every model that bears it",
    (words) => {
      const same = search(words).filter(({ match }) => match === "same");
      expect(same.length).toBeGreaterThan(1);
      expect(new Set(same.map(({ model: each }) => each.name))).toEqual(
        new Set(["YubiKey 5 Series with NFC"]),
      );
      expect(search(words).slice(0, same.length)).toEqual(same);
    },
  );

  it.each(["yubkey 5 series with nfc", "yubikey 5 nfc"])("says that %j only comes close", (words) => {
    expect(new Set(search(words).map(({ match }) => match))).toEqual(new Set(["close"]));
  });

  it.each([
    ["Microsoft Authenticator", 2],
    ["authenticator app", 2],
    ["windows hello", 3],
  ])("takes %j for the name of all %i of that family", (words, count) => {
    const found = search(words).filter(({ match }) => match === "same");
    expect(found.map(({ family }) => family)).toEqual(Array(count).fill(true));
  });

  it.each([
    ["authenticator on android", AUTHENTICATOR_ANDROID],
    ["Authenticator for iOS", AUTHENTICATOR_IOS],
    ["MS Authenticator iPhone", AUTHENTICATOR_IOS],
  ])("takes %j for one of them", (words, aaguid) => {
    const found = search(words).filter(({ match }) => match === "same");
    expect(found.map((each) => [each.model.aaguid, each.family])).toEqual([[aaguid, undefined]]);
  });

  it("takes a name as it stands on the box", () => {
    const same = search("YubiKey® 5 Series with NFC™").filter(({ match }) => match === "same");
    expect(same.map(({ model: each }) => each.firmware)).toEqual(
      expect.arrayContaining(["5.1", "5.2 and 5.4", "5.7"]),
    );
  });

  it.each([UNKNOWN, UNKNOWN.toUpperCase(), `{${UNKNOWN}}`, ` ${UNKNOWN} `, UNKNOWN.replaceAll("-", "")])(
    "finds the model of the AAGUID %j, even one nobody knows",
    (words) => {
      expect(search(words)).toEqual([{ model: model(UNKNOWN), match: "same" }]);
    },
  );

  it("finds models of the tenant by Graph's name for them", () => {
    const seen = [{ aaguid: UNKNOWN, hint: "Acme Quantum Key" }, { aaguid: YUBIKEY_NFC }];
    expect(search("acme quantm", seen)).toMatchObject([
      { match: "close", model: { aaguid: UNKNOWN, source: "graph" } },
    ]);
    expect(search("acme quantum key", seen)[0]).toMatchObject({ match: "same", model: { aaguid: UNKNOWN } });
    expect(search(UNKNOWN, seen)[0]?.model.name).toBe("Acme Quantum Key");
    expect(search("acme quantum key")).toEqual([]);
  });

  it("puts what the tenant uses before what fits as well", () => {
    const other = search("yubikey 5 nfc").findLast((each) => each.model.name === "YubiKey 5 Series with NFC");
    const aaguid = other?.model.aaguid as Aaguid;
    expect(search("yubikey 5 nfc", [{ aaguid }])[0]?.model.aaguid).toBe(aaguid);
  });

  it("finds by Graph's name what has a better one", () => {
    const seen = [{ aaguid: YUBIKEY_NFC, hint: "Contoso badge" }];
    expect(search("contoso badge", seen)).toMatchObject([
      { match: "close", model: { name: "YubiKey 5 Series with NFC" } },
    ]);
  });

  it("finds by the metadata's name as soon as there is one", () => {
    let current: FidoMetadata | undefined;
    const { search: live } = catalogue({ current: () => current });
    expect(live("acme zebra")).toEqual([]);
    current = metadata({ [UNKNOWN]: { name: "Acme Zebra" } });
    expect(live("acme zebra")).toMatchObject([{ match: "same", model: { source: "fido" } }]);
  });
});
