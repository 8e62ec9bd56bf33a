import { MODEL, MODELS_IN_USE, type SampleModel } from "./sample-authenticators.js";

const key = (aaguid: string, model: string): SampleModel => ({
  aaguid,
  model,
  type: "deviceBound",
  attested: true,
  labels: [model],
});
const provider = (aaguid: string, name: string): SampleModel => ({
  aaguid,
  model: "",
  type: "synced",
  attested: false,
  labels: [name],
});

/** What people of a big tenant use, by weight: what those of the sample tenant do, and more. AAGUIDs and names are real. */
export const COMMON_MODELS: readonly (readonly [SampleModel, number])[] = [
  ...MODELS_IN_USE,
  [key("cb69481e-8ff7-4039-93ec-0a2729a154a8", "YubiKey 5 Series"), 3],
  [key("c1f9a0bc-1dd2-404a-b27f-8e29047a43fd", "YubiKey 5 FIPS Series with NFC"), 2],
  [key("73bb0cd4-e502-49b8-9c6f-b59445bf720b", "YubiKey 5 FIPS Series"), 1],
  [key("6d44ba9b-f6ec-2e49-b930-0c8fe920cb73", "Security Key NFC by Yubico"), 2],
  [key("149a2021-8ef6-4133-96b8-81f8d5b7f1f5", "Security Key NFC by Yubico"), 2],
  [key("f8a011f3-8c0a-4d15-8006-17111f9edc7d", "Security Key by Yubico"), 1],
  [key("0bb43545-fd2c-4185-87dd-feb0b2916ace", "Security Key NFC by Yubico - Enterprise Edition"), 1],
  [key("833b721a-ff5f-4d00-bb2e-bdda3ec01e29", "Feitian ePass FIDO2 Authenticator"), 1],
  [key("692db549-7ae5-44d5-a1e5-dd20a493b723", "HID Crescendo Key"), 1],
  [provider("d548826e-79b4-db40-a3d8-11116f7e8349", "Bitwarden"), 2],
  [provider("53414d53-554e-4700-0000-000000000000", "Samsung Pass"), 1],
  [provider("dd4ec289-e01d-41c9-bb89-70fa845d4bf2", "iCloud"), 2],
  [provider("531126d6-e717-415c-9320-3d9aa6981239", "Dashlane"), 0.5],
  [MODEL.nameless, 0.5],
];

/** Models that one person has, or two: whoever loses an answer about them loses the model. */
export const RARE_MODELS: readonly (readonly [SampleModel, 1 | 2])[] = [
  [key("b92c3f9a-c014-4056-887f-140a2501163b", "Security Key by Yubico"), 1],
  [key("12ded745-4bed-47d4-abaa-e713f51d6393", "Feitian AllinOne FIDO2 Authenticator"), 2],
  [key("3b1adb99-0dfe-46fd-90b8-7f7614a4de2a", "GoTrust Idem Key FIDO2 Authenticator"), 1],
  [key("454e5346-4944-4ffd-6c93-8e9267193e9a", "Ensurity ThinC"), 1],
  [key("8876631b-d4a0-427f-5773-0ec71c9e0279", "Solo FIDO2 Authenticator"), 2],
  [key("2cd2f727-f6ca-44da-8f48-5c2e5da000a2", "Nitrokey 3"), 1],
  [provider("fdb141b2-5d84-443e-8a35-4698c205a502", "KeePassXC"), 1],
  [provider("50726f74-6f6e-5061-7373-50726f746f6e", "Proton Pass"), 2],
  [MODEL.unknownPrototype, 1],
  [MODEL.unknownVendor, 1],
];
