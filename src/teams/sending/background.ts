import type { Log } from "../../core/ports.js";

/** Work that goes on after the request it came from was answered. */
export interface Background {
  /** Starts the work. What it throws is logged, never lost and never fatal. */
  start(what: string, work: () => Promise<void>): void;
  /** Resolves when nothing is under way any more, including what was started meanwhile. */
  idle(): Promise<void>;
}

export function background(log: Log): Background {
  const underWay = new Set<Promise<void>>();
  return {
    start(what, work) {
      const task = work()
        .catch((error: unknown) => log.error("background-work-failed", { what, error }))
        .finally(() => underWay.delete(task));
      underWay.add(task);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
