/** Words people use for a model and its name does not have. */
const SYNONYMS: readonly (readonly [name: RegExp, words: string])[] = [
  [/^Microsoft Authenticator/, "ms msft app phone mobile"],
  [/\biOS\b/, "iphone ipad apple phone"],
  [/\bAndroid\b/, "google samsung pixel phone"],
  [/^Windows Hello/, "ms msft microsoft whfb pc laptop"],
  [/^YubiKey 5\b.*\bLightning\b/, "5ci usbc"],
  [/^YubiKey 5\b.*\bNFC\b/, "5nfc 5c 5cnfc usbc usba"],
  [/^YubiKey 5\b(?!.*\b(NFC|Lightning)\b)/, "5a 5c nano 5nano 5cnano usbc usba"],
  [/\bby Yubico\b/, "yubikey"],
  [/^Security Key NFC by Yubico/, "usbc usba"],
  [/^Google Password Manager/, "gpm chrome android"],
  [/^(Apple Passwords|iCloud Keychain)/, "apple icloud keychain iphone ipad mac"],
  [/^Microsoft Password Manager/, "ms edge"],
  [/^Solo /, "solokey solokeys"],
  [/\bIDPrime\b|\beToken\b/, "safenet gemalto"],
  [/\bIdem\b/, "gotrust gotrustid"],
  [/^VeriMark/, "kensington"],
  [/^ATKey/, "authentrend"],
  [/\bBio\b|Fingerprint/i, "biometric fingerprint"],
  [/^Passkey that names no model/, "platform without attestation zero zeros empty nameless"],
];

/** Carry no meaning: they are left out of a search. */
const GRAMMAR = words(
  "a an and any are at by for from how i in is it me my new no of on or our please the this to we what with you your",
);
/** Fit any model: they help to choose, and alone they mean none. */
const ANY_MODEL = words("authenticators device devices key keys model models passkey passkeys");
/** Fit many models: they help to choose among what the other words find. */
const MANY_MODELS = words("app authenticator fido fido2 security series token tokens usb");

/** No model has a name of more words; who types more is telling a story. */
const MOST_WORDS = 16;

/** Words for a model beyond its names. */
export function synonymsOf(name: string): string {
  return SYNONYMS.filter(([pattern]) => pattern.test(name))
    .map(([, more]) => more)
    .join(" ");
}

/** The words of a text in the one spelling we compare in. */
export function wordsIn(text: string): readonly string[] {
  return (
    text
      // Printed on the box, and no part of a name.
      .replace(/[™℠®©]/gu, " ")
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** A name without case, punctuation and spaces: equal for two ways to write the same name. */
export function bareName(text: string): string {
  return wordsIn(text).join("");
}

/** What was typed, as words to look for: what has to be found, and what helps to choose. */
export function searchWords(typed: string): {
  readonly needed: readonly string[];
  readonly helpful: readonly string[];
} {
  const all = [...new Set(wordsIn(typed))].filter((word) => !GRAMMAR.has(word)).slice(0, MOST_WORDS);
  const telling = all.filter((word) => !ANY_MODEL.has(word) && !MANY_MODELS.has(word));
  const needed = telling.length > 0 ? telling : all.filter((word) => MANY_MODELS.has(word));
  return { needed, helpful: all.filter((word) => !needed.includes(word)) };
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}
