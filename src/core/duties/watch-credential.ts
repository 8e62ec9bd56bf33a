import { expiryAttention } from "../check/credential-expiry.js";
import type { CredentialLook } from "../check/set-up.js";
import { Fault } from "../errors.js";
import type { Ports } from "../ports.js";

const EXPIRY = "credential expiry";
const SIGN_IN = "app sign-in";
const HOUR_MS = 60 * 60_000;

/**
 * Signs the app in at once, so that a wrong secret is known at the start and not by silence, and then once an hour; and
 * tells each day from 30 days before its end on that the credential ends.
 * @returns what is to be called every minute: while the app cannot sign in, it tries each time
 */
export function watchCredential(
  ports: Pick<Ports, "clock" | "log" | "attention">,
  credential: CredentialLook,
  signIn: () => Promise<unknown>,
): () => Promise<void> {
  let well: number | undefined;
  let refusedAs: string | undefined;
  return async () => {
    // Its sentence counts the days, so that there is a new one each day.
    ports.attention.about(EXPIRY, expiryAttention(credential, ports.clock.now()));
    const now = ports.clock.elapsed();
    if (well !== undefined && now - well < HOUR_MS) return;
    try {
      await signIn();
      well = now;
      if (refusedAs !== undefined) ports.log.info("app-signs-in-again");
      refusedAs = undefined;
      ports.attention.about(SIGN_IN, []);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      well = undefined;
      const why = error.entraCode ?? error.code;
      if (why !== refusedAs) ports.log.error("app-cannot-sign-in", { why, error });
      refusedAs = why;
      ports.attention.about(SIGN_IN, [words(error.code, why)]);
    }
  };
}

function words(code: string, why: string): string {
  return code === "entra-unavailable"
    ? "Entra does not answer the app's sign-in, which is tried again each minute: until then nothing can be read, and no one gets an answer."
    : `Entra does not take the app's sign-in (${why}): nothing can be read, and no one gets an answer. Run npm run doctor (doctor.mjs): it says what to mend.`;
}
