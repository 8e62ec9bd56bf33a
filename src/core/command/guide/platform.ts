/** Where a person may keep a passkey, as far as the steps differ. */
export const PLATFORMS = ["ios", "android", "windows", "security-key"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** How a person asks for the guide of a platform. */
export const GUIDE_SAYING: Readonly<Record<Platform, string>> = {
  ios: "guide ios",
  android: "guide android",
  windows: "guide windows",
  "security-key": "guide security key",
};

/** A security key by its own name; it comes first, because one may be set up on any device. */
const SECURITY_KEY = /^(?:yubikeys?|titan|feitian|google titan|token2|solokeys?|fido2?|usb|nfc)$/;
const DEVICES: readonly (readonly [Platform, RegExp])[] = [
  ["ios", /^(?:i-?phones?|i-?pads?|ios|ipados|apple)$/],
  ["android", /^(?:androids?|pixels?|samsung|galaxy)$/],
  ["windows", /^(?:windows|pcs?|laptops?|notebooks?|desktops?|computers?|hello)$/],
];

/** The platform that words name; undefined: none, or several. @param words in lower case, without signs */
export function platformIn(words: readonly string[]): Platform | undefined {
  const isSecurityKey = words.some(
    (word, at) => SECURITY_KEY.test(word) || (word === "security" && /^keys?$/.test(words[at + 1] ?? "")),
  );
  if (isSecurityKey) return "security-key";
  const named = DEVICES.filter(([, names]) => words.some((word) => names.test(word)));
  if (named.length > 0) return named.length === 1 ? named[0]?.[0] : undefined;
  return words.some((word) => /^(?:keys?|tokens?)$/.test(word)) ? "security-key" : undefined;
}

/** Whether a word is the name of a platform, or a part of it. */
export function namesPlatform(word: string): boolean {
  return SECURITY_KEY.test(word) || DEVICES.some(([, names]) => names.test(word));
}
