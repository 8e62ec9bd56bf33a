import type { Request } from "../../../incoming/request.js";
import type { Message } from "../../../sending/messenger.js";
import { offer } from "../deciding/offer.js";

/** A longer question is not repeated on a button. */
const LONGEST_REPEATED = 80;

/** What cannot be told before passkeys were read: how to have them read, and the same question again. */
export function noScanYet({ text }: Request): Message {
  return offer(
    "Nobody's passkeys have been read yet. Say `scan`, and ask again when its card says that it is done.",
    "scan",
    ...(text.length <= LONGEST_REPEATED && !text.includes("\n") ? [text] : []),
  );
}
