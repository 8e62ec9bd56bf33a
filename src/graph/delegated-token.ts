import { Redacted } from "../core/redacted.js";

/**
 * An access token that acts in one person's name. Only the policy writer takes one, and only the exchange
 * of a person's sign-in makes one, so the app's own token cannot end up in a write.
 */
export class DelegatedToken extends Redacted {
  declare private readonly delegated: never;
  /** When it ends, in milliseconds since 1970; undefined: not known. */
  readonly endsAtMs: number | undefined;
  constructor(text: string, endsAtMs?: number) {
    super(text);
    // Entra's number may be no moment that there is.
    const isMoment = endsAtMs !== undefined && !Number.isNaN(new Date(endsAtMs).getTime());
    this.endsAtMs = isMoment ? endsAtMs : undefined;
  }
}
