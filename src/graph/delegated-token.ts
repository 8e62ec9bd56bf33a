// "nodejs.util.inspect.custom" is what node:util exports as inspect.custom.
const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/**
 * An access token that acts in one person's name. Only the policy writer takes one, and only the on-behalf-of
 * exchange makes one, so the app's own token cannot end up in a write. It prints as `[redacted]`.
 */
export class DelegatedToken {
  readonly #token: string;
  constructor(token: string) {
    this.#token = token;
  }
  reveal(): string {
    return this.#token;
  }
  toString(): string {
    return "[redacted]";
  }
  toJSON(): string {
    return "[redacted]";
  }
  [inspectCustom](): string {
    return "[redacted]";
  }
}
