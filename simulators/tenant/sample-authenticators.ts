/** A model that people of the sample tenant own. AAGUIDs and names are real. */
export interface SampleModel {
  readonly aaguid: string;
  /** What Graph says in `model`; often nothing. */
  readonly model: string;
  readonly type: "deviceBound" | "synced";
  readonly attested: boolean;
  /** How people label theirs. */
  readonly labels: readonly string[];
}

const hardware = (aaguid: string, model: string, labels: readonly string[]): SampleModel => ({
  aaguid,
  model,
  type: "deviceBound",
  attested: true,
  labels,
});
const synced = (aaguid: string, model: string, labels: readonly string[]): SampleModel => ({
  aaguid,
  model,
  type: "synced",
  attested: false,
  labels,
});

/** YubiKey models differ in AAGUID by firmware: 5 NFC has one for 5.1, for 5.2 and 5.4, and for 5.7. */
export const MODEL = {
  yubikey5Nfc51: hardware("fa2b99dc-9e39-4257-8f92-4a30d23c4118", "YubiKey 5 Series with NFC", [
    "Old YubiKey",
  ]),
  yubikey5Nfc54: hardware("2fc0579f-8113-47ea-b116-bb5a8db9202a", "YubiKey 5 Series with NFC", [
    "YubiKey",
    "Key ring",
    "Blue key",
  ]),
  yubikey5Nfc57: hardware("a25342c0-3cdc-4414-8e46-f4807fca511c", "YubiKey 5 Series with NFC", [
    "YubiKey",
    "New YubiKey",
  ]),
  yubikey5cNano: hardware("ee882879-721c-4913-9775-3dfcce97072a", "YubiKey 5 Series", ["Nano in the laptop"]),
  yubikey5Nano57: hardware("19083c3d-8383-4b18-bc03-8f1c9ab2fd1b", "YubiKey 5 Series", ["Nano"]),
  yubikey5Ci: hardware("c5ef55ff-ad9a-4b9f-b580-adebafe026d0", "YubiKey 5 Series with Lightning", [
    "iPhone key",
  ]),
  yubikeyBio: hardware("d8522d9f-575b-4866-88a9-ba99fa02f35b", "YubiKey Bio Series - FIDO Edition", [
    "Fingerprint key",
  ]),
  securityKeyNfc: hardware("a4e9fc6d-4cbe-4758-b8ba-37598bb5bbaa", "Security Key NFC by Yubico", [
    "Security key",
    "Black key",
  ]),
  feitianNfc: hardware("ee041bce-25e5-4cdb-8f86-897fd6418464", "Feitian ePass FIDO2-NFC Authenticator", [
    "Feitian",
  ]),
  feitianBio: hardware("77010bd7-212a-4fc9-b236-d2ca5e9d4084", "Feitian BioPass FIDO2 Authenticator", [
    "BioPass",
  ]),
  token2: hardware("ab32f0c6-2239-afbb-c470-d2ef4e254db7", "TOKEN2 FIDO2 Security Key", ["Token2"]),
  titan: hardware("42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3", "Google Titan Security Key v2", ["Titan"]),
  authenticatorIos: hardware("90a3ccdf-635c-4729-a248-9b709135078f", "Microsoft Authenticator", [
    "iPhone",
    "Authenticator on my phone",
  ]),
  authenticatorAndroid: hardware("de1e552d-db1d-4423-a619-566b625cdc84", "Microsoft Authenticator", [
    "Pixel",
    "Galaxy",
  ]),
  windowsHello: {
    ...hardware("08987058-cadc-4b81-b6e1-30de50dcbe96", "Windows Hello Hardware Authenticator", ["This PC"]),
    attested: false,
  },
  icloud: synced("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain", ["iCloud"]),
  googlePasswords: synced("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4", "Google Password Manager", ["Google"]),
  onePassword: synced("bada5566-a7aa-401f-bd96-45619a55120d", "", ["1Password"]),
  /** A platform that attests nothing reports no AAGUID. */
  nameless: synced("00000000-0000-0000-0000-000000000000", "", ["Passkey"]),
  /** In no list of names: a prototype, and a key of a vendor nobody knows. */
  unknownPrototype: {
    ...hardware("7b1d4a90-5c3e-4f2b-9a86-0d2f6c81e5b4", "", ["Prototype"]),
    attested: false,
  },
  unknownVendor: hardware("c0ffee12-8d04-4b6f-a3d9-51e27b90f4a6", "FIDO2 Key", ["Key from the fair"]),
} as const satisfies Record<string, SampleModel>;

/** What people use, by weight. */
export const MODELS_IN_USE: readonly (readonly [SampleModel, number])[] = [
  [MODEL.yubikey5Nfc54, 26],
  [MODEL.yubikey5Nfc57, 14],
  [MODEL.yubikey5cNano, 9],
  [MODEL.securityKeyNfc, 8],
  [MODEL.authenticatorIos, 12],
  [MODEL.authenticatorAndroid, 8],
  [MODEL.icloud, 6],
  [MODEL.googlePasswords, 4],
  [MODEL.yubikey5Nano57, 3],
  [MODEL.yubikey5Ci, 3],
  [MODEL.feitianNfc, 3],
  [MODEL.token2, 3],
  [MODEL.yubikey5Nfc51, 2],
  [MODEL.windowsHello, 2],
  [MODEL.onePassword, 2],
  [MODEL.yubikeyBio, 1],
  [MODEL.feitianBio, 1],
  [MODEL.titan, 1],
];
