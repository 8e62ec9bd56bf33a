/** Vendors whose models can be told by how their names begin. No list says who makes a model; we do not guess. */
const VENDORS: readonly (readonly [name: RegExp, vendor: string])[] = [
  [/^(YubiKey|Security Key (NFC )?by Yubico)\b/i, "Yubico"],
  [/^Feitian\b/i, "Feitian"],
  [/^Google Titan\b/i, "Google"],
  [/^(SafeNet eToken|Thales)\b/i, "Thales"],
  [/^TOKEN2\b/i, "Token2"],
  [/^HID Crescendo\b/i, "HID"],
  [/^Nitrokey\b/i, "Nitrokey"],
  [/^Swissbit\b/i, "Swissbit"],
  [/^OneSpan\b/i, "OneSpan"],
  [/^GoTrust\b/i, "GoTrust"],
  [/^Hideez\b/i, "Hideez"],
  [/^Ledger\b/i, "Ledger"],
  [/^RSA\b/i, "RSA"],
  [/^Samsung\b/i, "Samsung"],
];

/** The vendor, where the model's name says it beyond doubt. */
export function vendorOf(name: string): string | undefined {
  return VENDORS.find(([pattern]) => pattern.test(name))?.[1];
}
