// What node:util exports as inspect.custom; core imports no platform module.
const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/**
 * A text that must not be seen. Code that prints or serialises it gets `[redacted]`; its one user calls
 * {@link Redacted.reveal}.
 */
export abstract class Redacted {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  reveal(): string {
    return this.#text;
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
