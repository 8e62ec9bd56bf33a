import { inspect } from "node:util";

/** A configured secret. Code that prints or serialises it gets `[redacted]`; {@link Secret.reveal} is for its one user. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[redacted]";
  }
  toJSON(): string {
    return "[redacted]";
  }
  [inspect.custom](): string {
    return "[redacted]";
  }
}
