/** Processes go first, while what they talk to still answers; files go last, when no process writes any more. */
const PHASES = ["processes", "servers", "files"] as const;
type Phase = (typeof PHASES)[number];

/** What has to be undone at the end, however far the start came. */
export class CleanUp {
  readonly #steps: { phase: Phase; step: () => unknown }[] = [];
  #running: Promise<void> | undefined;

  get begun(): boolean {
    return this.#running !== undefined;
  }

  /** What comes too late, because the end has begun already, is undone at once. */
  add(phase: Phase, step: () => unknown): void {
    if (this.begun) void step();
    else this.#steps.push({ phase, step });
  }

  /** Undoes everything, once; a step that fails does not keep the others from being taken. */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (const phase of PHASES) {
      const steps = this.#steps.filter((entry) => entry.phase === phase);
      await Promise.allSettled(steps.map(async ({ step }) => step()));
    }
  }
}
