import type { Clock } from "../../src/core/ports.js";

/** A clock on which time passes only when the test says so, and wakes up whoever slept that long. */
export class ManualClock implements Clock {
  #elapsed = 0;
  #ids = 0;
  #asleep: { readonly until: number; readonly wake: () => void }[] = [];
  readonly #name: string;
  /** Set while the process is stopped: time passes, and it does not notice. */
  paused = false;

  constructor(name = "id") {
    this.#name = name;
  }

  now(): Date {
    return new Date(Date.parse("2026-11-22T10:00:00.000Z") + this.#elapsed);
  }
  elapsed(): number {
    return this.#elapsed;
  }
  newId(): string {
    this.#ids += 1;
    return `${this.#name}-${this.#ids}`;
  }
  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      this.#asleep.push({ until: this.#elapsed + milliseconds, wake });
    });
  }

  /** Time passes, and everything happens that was due; several clocks are moved on by {@link passTime}. */
  async advance(milliseconds: number): Promise<void> {
    this.#elapsed += milliseconds;
    if (this.paused) return;
    const due = this.#asleep.filter(({ until }) => until <= this.#elapsed);
    this.#asleep = this.#asleep.filter(({ until }) => until > this.#elapsed);
    for (const { wake } of due) wake();
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** So much time passes for all of them, in steps of half a second. */
export async function passTime(milliseconds: number, ...clocks: readonly ManualClock[]): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    for (const clock of clocks) await clock.advance(500);
  }
}
