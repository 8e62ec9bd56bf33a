import { randomUUID } from "node:crypto";
import { correlated } from "../async/correlation.js";
import type { Log } from "../core/ports.js";

/** Work that is done again and again without being asked for. A task that fails is tried again the next time. */
export class BackgroundTasks {
  readonly #log: Log;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #isStopped = false;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Does the task now, and again and again, never twice at a time. A failure is logged when it begins, when it becomes
   * another one, and when it is over: a store that is away for an hour fills no log.
   * @param afterFailureMs how long it waits after one, if that is longer: what is looked for often is not asked of Graph as
   *   often while Graph refuses
   */
  every(milliseconds: number, name: string, task: () => Promise<void>, { afterFailureMs = 0 } = {}): void {
    const attempt = this.#watched(name, task);
    let isRunning = false;
    let notBefore = 0;
    const run = async (): Promise<void> => {
      if (isRunning || this.#isStopped || performance.now() < notBefore) return;
      isRunning = true;
      const done = correlated({ id: randomUUID() }, async () => {
        if (!(await attempt())) notBefore = performance.now() + afterFailureMs;
      });
      this.#underWay.add(done);
      await done;
      this.#underWay.delete(done);
      isRunning = false;
    };
    void run();
    this.#timers.push(setInterval(run, milliseconds));
  }

  /** Begins nothing any more. Resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#underWay);
  }

  /** The task, which then never throws, but returns whether it was done. */
  #watched(task: string, work: () => Promise<void>): () => Promise<boolean> {
    let failing: string | undefined;
    return async () => {
      try {
        await work();
        if (failing !== undefined) this.#log.info("background-task-works-again", { task });
        failing = undefined;
        return true;
      } catch (error) {
        const kind = kindOf(error);
        if (failing !== kind) this.#log.error("background-task-failed", { task, error });
        failing = kind;
        return false;
      }
    };
  }
}

/** Failures of one kind say the same again. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : `${error.name} ${error.message}`;
}
