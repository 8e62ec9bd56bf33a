import type { Instant } from "../person.js";

/**
 * What an approver's sign-in has to carry: an authentication context of Conditional Access (`c1` to `c99`), or
 * `phishing-resistant`. One that is not understood is never met.
 */
export type SignInDemand = string;

export const PHISHING_RESISTANT: SignInDemand = "phishing-resistant";

/** What a sign-in carried, in Entra's words. Never the token. */
export interface CarriedSignIn {
  /** Methods, such as `pwd`, `mfa`, `fido`. */
  readonly amr: readonly string[];
  /** Authentication contexts that were satisfied. */
  readonly acrs: readonly string[];
  /** When the person signed in, where Entra says so; else when the token was made. */
  readonly at?: Instant;
}

/** Entra's word for a passkey or a security key. */
const BY_PASSKEY = "fido";

/** Which of the demands a sign-in does not meet. Silent sign-in in Teams carries nothing that is known here. */
export function unmetDemands(
  demands: readonly SignInDemand[] | undefined,
  carried: CarriedSignIn | undefined,
): readonly SignInDemand[] {
  return (demands ?? []).filter((demand) =>
    demand === PHISHING_RESISTANT ? !carried?.amr.includes(BY_PASSKEY) : !carried?.acrs.includes(demand),
  );
}

/** Those that Entra can be asked for by name. */
export function contextsIn(demands: readonly SignInDemand[] | undefined): readonly string[] {
  return (demands ?? []).filter((demand) => demand !== PHISHING_RESISTANT);
}
