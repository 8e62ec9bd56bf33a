import type { Aaguid } from "../../policy/policy.js";

/**
 * An authentication strength of Conditional Access that lists models of its own: only those satisfy it, also where the
 * passkey policy allows more. https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strength-advanced-options
 */
export interface AuthenticationStrength {
  readonly name: string;
  readonly aaguids: readonly Aaguid[];
}
