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
        .catch((error: unknown) => log.error("background-work-failed", { what, error: describeError(error) }))
        .finally(() => underWay.delete(task));
      underWay.add(task);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Name, message and status of whatever was thrown: what may be logged. Requests and headers stay out. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const status = "statusCode" in error ? error.statusCode : "status" in error ? error.status : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(typeof status === "number" ? { status } : {}),
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}
