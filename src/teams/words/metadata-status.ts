import { clip, oneLine, plain } from "./card-text.js";

/** The statuses by which the FIDO Alliance takes confidence in a model back, in words. */
const WORDS: Readonly<Record<string, string>> = {
  REVOKED: "revoked",
  USER_VERIFICATION_BYPASS: "user verification can be bypassed",
  ATTESTATION_KEY_COMPROMISE: "its attestation key is compromised",
  USER_KEY_REMOTE_COMPROMISE: "passkeys can be stolen from afar",
  USER_KEY_PHYSICAL_COMPROMISE: "passkeys can be copied by who holds it",
};

/** A status of the FIDO metadata as people say it; one that is new here is shown as it is written. Markdown. */
export function statusWords(status: string): string {
  return WORDS[status] ?? plain(clip(oneLine(status), 60).replaceAll("_", " ").toLowerCase());
}
