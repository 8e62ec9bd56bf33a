import type { Plan } from "../../core/plan/plan.js";

/** Of so many plans the version is remembered: old ones are announced no more. */
const KEPT = 1_000;

/** The version of each plan that was announced last, so that a decided plan is not drawn undecided again. */
export class AnnouncedVersions {
  readonly #versions = new Map<number, number>();

  /** 0: none that is remembered. */
  of({ number }: Pick<Plan, "number">): number {
    return this.#versions.get(number) ?? 0;
  }

  add(plan: Pick<Plan, "number" | "version">): void {
    const version = Math.max(plan.version, this.of(plan));
    // Anew at the end: the first is the one that was announced longest ago.
    this.#versions.delete(plan.number);
    this.#versions.set(plan.number, version);
    const [oldest] = this.#versions.keys();
    if (this.#versions.size > KEPT && oldest !== undefined) this.#versions.delete(oldest);
  }
}
