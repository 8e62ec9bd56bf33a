import { canonicalJson, type Json } from "../json.js";
import { textHash } from "./chain.js";

/** What a card's button says about the card: enough to tell that nothing else was shown on it. */
export interface Shown {
  readonly revision: number;
  /** As the button carried it; empty when it carried none, which matches nothing. */
  readonly digest: string;
}

const IDENTITY_DIGITS = 8;
const CONTENT_DIGITS = 16;
/** How long a digest is: a button has little room. */
export const DIGEST_DIGITS = IDENTITY_DIGITS + CONTENT_DIGITS;

/**
 * A short name for what a card shows. It begins with the plan or drift, which stays the same in all its revisions; the rest
 * is of everything that was shown. Installation ids are random and on no card, so none can be worked out to fit.
 */
export function shownDigest(identity: Json, content: Json): string {
  const of = (value: Json, digits: number) => textHash(canonicalJson(value)).slice(0, digits);
  return of(identity, IDENTITY_DIGITS) + of([identity, content], CONTENT_DIGITS);
}

/**
 * Whether a button can be of this plan or drift: in the revision of now its digest is the same, in an earlier one it names
 * the same plan or drift.
 */
export function canBeOf(shown: Shown, now: Shown): boolean {
  if (shown.revision === now.revision) return shown.digest === now.digest;
  return isOfSame(shown.digest, now.digest);
}

/** Whether both name one plan or drift, in any revision of it. */
export function isOfSame(one: string, other: string): boolean {
  return one !== "" && one.slice(0, IDENTITY_DIGITS) === other.slice(0, IDENTITY_DIGITS);
}
