import { SeededRandom } from "../simulators/tenant/seeded-random.js";

/** Log-normal, as latencies are: half of the calls take longer than the median, a few much longer. */
export interface Latency {
  readonly medianMs: number;
  /** Standard deviation of the logarithm: 0 is always the median, 0.5 puts one call in twenty above 2.3 times of it. */
  readonly spread: number;
}

/** One latency for each call, the same ones for the same seed. */
export class LatencyDraws {
  readonly #random: SeededRandom;
  #latency: Latency | undefined;
  constructor(latency: Latency | undefined, seed: number) {
    this.#latency = latency;
    this.#random = new SeededRandom(seed);
  }

  use(latency: Latency): void {
    this.#latency = latency;
  }

  /** In milliseconds. */
  next(): number {
    if (this.#latency === undefined || this.#latency.medianMs <= 0) return 0;
    return this.#latency.medianMs * Math.exp(this.#latency.spread * this.#normal());
  }

  /** By Box and Muller. */
  #normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random.next()));
    return radius * Math.cos(2 * Math.PI * this.#random.next());
  }
}
