import type { Refusal } from "../../../core/errors.js";
import type { WantedSignIn } from "../../../core/ports/acting.js";
import { browserHelps, browserPrompt, WRITE_REFUSED_PROMPT } from "../../words/sign-in-text.js";

/** A sign-in in a browser that may do where the one before it did not. */
export interface NextSignIn {
  /** What Teams says above its button. */
  readonly prompt: string;
  readonly wanted: Pick<WantedSignIn, "claims" | "prompt">;
}

/** The sign-in that may mend this; undefined: none would. */
export function signInAfter(refusal: Refusal): NextSignIn | undefined {
  if (refusal.code === "sign-in-failed") {
    const { problem, claims } = refusal;
    if (!browserHelps(problem)) return undefined;
    return { prompt: browserPrompt(problem), wanted: claims === undefined ? {} : { claims } };
  }
  if (refusal.code !== "not-written" || refusal.fault !== "write-unauthorized") return undefined;
  const { claims } = refusal;
  // The same sign-in again would bring the same token.
  return { prompt: WRITE_REFUSED_PROMPT, wanted: claims === undefined ? { prompt: "login" } : { claims } };
}
