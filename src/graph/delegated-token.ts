import { Redacted } from "../core/redacted.js";

/**
 * An access token that acts in one person's name. Only the policy writer takes one, and only the exchange
 * of a person's sign-in makes one, so the app's own token cannot end up in a write.
 */
export class DelegatedToken extends Redacted {
  declare private readonly delegated: never;
}
