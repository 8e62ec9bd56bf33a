import { type Platform, platformIn } from "./platform.js";

/** What a person without a role may want. Nothing is run for them, so words are enough to tell. */
export type EmployeeTopic =
  | { readonly kind: "lost" }
  | { readonly kind: "locked-out" }
  | { readonly kind: "guide"; readonly platform?: Platform }
  | { readonly kind: "other" };

const LOST =
  /\b(?:lost|lose|losing|stolen|stole|missing|broken?|smashed|forgot|forgotten|verloren|verlegt|gestohlen|kaputt|vergessen|perdue?|volée?|cassée?|perdido|perdida|robado|robada|roto|perdi|roubad[oa]|perso|persa|rubat[oa]|kwijt|gestolen)\b|失く|無く|なくし|紛失|盗ま/iu;
const OUT =
  /\b(?:locked out|log ?-?in|sign(?:ing)? ?-?in|get in|(?:does|do|is|are|can|could|wo|did)(?:n't| not)|cannot|cant|refused|rejected|error|trouble|problem)\b/iu;
const SETTING_UP =
  /\b(?:how|guide|steps?|instructions?|set ?up|register|enrol|enroll|add|create|make|wie|einrichten|comment|cómo|como|come|hoe)\b/iu;
const OWN = /\b(?:passkeys?|phones?|authenticator|my)\b/iu;

/** @param text as it was written, in whichever language */
export function employeeTopic(text: string): EmployeeTopic {
  // Quoted or not, and with whichever apostrophe.
  const said = text.normalize("NFKC").replace(/[‘’]/g, "'");
  if (LOST.test(said)) return { kind: "lost" };
  const platform = platformIn(
    said
      .toLowerCase()
      .split(/[^\p{L}\p{N}-]+/u)
      .filter(Boolean),
  );
  const isOwn = platform !== undefined || OWN.test(said);
  if (isOwn && SETTING_UP.test(said) && !OUT.test(said)) {
    return { kind: "guide", ...(platform === undefined ? {} : { platform }) };
  }
  if (OUT.test(said)) return { kind: "locked-out" };
  return isOwn && /\?|\bok\b|\ballowed\b|\bcan i\b/iu.test(said) && platform !== undefined
    ? { kind: "guide", platform }
    : { kind: "other" };
}
