import type { Attention, Log } from "../ports.js";

/** What is to be seen to in this process, as the last word on each subject left it. */
export class OwnAttention implements Attention {
  readonly #log: Pick<Log, "info" | "warn">;
  readonly #bySubject = new Map<string, readonly string[]>();

  constructor(log: Pick<Log, "info" | "warn">) {
    this.#log = log;
  }

  /** Every sentence, by subject in the order in which they came up. */
  get sentences(): readonly string[] {
    return [...this.#bySubject.values()].flat();
  }

  /** Logged once for each change: what is said again every few seconds fills no log. */
  about(subject: string, sentences: readonly string[]): void {
    const before = this.#bySubject.get(subject) ?? [];
    if (before.join("\n") === sentences.join("\n")) return;
    if (sentences.length === 0) {
      this.#bySubject.delete(subject);
      this.#log.info("attention-over", { subject });
      return;
    }
    this.#bySubject.set(subject, sentences);
    this.#log.warn("attention", { subject, sentences });
  }
}
