import { createHash } from "node:crypto";
import { textHash } from "../audit/chain.js";

/** What goes along with a browser on its way to Entra and back. */
export interface Journey {
  /** Comes back with it, so that an answer that was not asked for is told from one that this browser waits for. */
  readonly state: string;
  /** Stays here until the code is exchanged: without it a code is of no use. */
  readonly verifier: string;
  /** The verifier's hash, which Entra sees first. */
  readonly challenge: string;
  /** Is in the token, so that it is the one of this sign-in. */
  readonly nonce: string;
}

/** All of it follows from the secret that only the browser has, so that no store holds any of it. */
export function journeyOf(link: string, browser: string): Journey {
  const verifier = textHash(`verifier ${browser}`);
  return {
    state: `${journeyName(link)}.${textHash(`state ${browser}`)}`,
    verifier,
    challenge: createHash("sha256").update(verifier, "utf8").digest("base64url"),
    nonce: textHash(`nonce ${browser}`),
  };
}

/** Tells the sign-ins apart that one browser has under way. */
export function journeyName(link: string): string {
  return textHash(link).slice(0, NAME_LENGTH);
}

/** The name in a state that came back; undefined when it is none of ours. */
export function nameInState(state: string): string | undefined {
  return /^([0-9a-f]{16})\.[0-9a-f]{64}$/.exec(state)?.[1];
}

const NAME_LENGTH = 16;
