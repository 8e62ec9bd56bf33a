import { arrivalOf, CallFailed, MayHaveArrived, Unanswered } from "./arrival.js";

const ATTEMPTS = 4;
/** A call that Teams does not answer takes long by itself. */
const ATTEMPTS_UNANSWERED = 2;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Does it again when the channel was busy or could not be reached, after the time it asked for, else after a growing,
 * random one.
 * @param once what Teams may have taken is not repeated
 * @throws MayHaveArrived then; else what the work threw last
 */
export async function retrying<Result>(
  work: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<void>,
  { once }: { readonly once: boolean },
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const arrival = arrivalOf(error);
      if (arrival === "perhaps" && once) throw new MayHaveArrived(error);
      const attempts = error instanceof Unanswered ? ATTEMPTS_UNANSWERED : ATTEMPTS;
      if (arrival === "refused" || attempt >= attempts) throw error;
      const wait = retryAfterMs(error) ?? 1_000 * 2 ** (attempt - 1) * (0.5 + Math.random());
      await pause(Math.min(wait, LONGEST_PAUSE_MS));
    }
  }
}

/** Retry-After: seconds, or a date. */
function retryAfterMs(error: unknown): number | undefined {
  const header = error instanceof CallFailed ? error.retryAfter : undefined;
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
