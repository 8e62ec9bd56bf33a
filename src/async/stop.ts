/** The part of a clock that waiting takes. */
interface Sleeper {
  sleep(milliseconds: number): Promise<void>;
}

/** A request to stop that work under way looks at. */
export class Stop {
  #ask: () => void = () => {};
  #isAsked = false;
  /** Resolves when stopping is asked for. */
  readonly asked = new Promise<void>((resolve) => {
    this.#ask = resolve;
  });

  get isAsked(): boolean {
    return this.#isAsked;
  }

  ask(): void {
    this.#isAsked = true;
    this.#ask();
  }

  /** Resolves after the time, in milliseconds, or as soon as stopping is asked for. */
  async orAfter(clock: Sleeper, milliseconds: number): Promise<void> {
    if (this.#isAsked || milliseconds <= 0) return;
    await Promise.race([clock.sleep(milliseconds), this.asked]);
  }
}
