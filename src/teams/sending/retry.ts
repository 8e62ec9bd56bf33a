/** Microsoft's list for bots: source Microsoft Learn, "Rate limiting for agents in Teams". */
const WORTH_RETRYING: readonly number[] = [412, 429, 502, 503, 504];
/** The network's own: the service was not reached, or hung up on an old connection. */
const NOT_REACHED: readonly string[] = ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN"];
const ATTEMPTS = 4;
const LONGEST_PAUSE_MS = 60_000;

/** Does it again when the channel was busy, after the time it asked for, else after a growing, random one. */
export async function retrying<Result>(
  work: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<void>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !isWorthRetrying(error)) throw error;
      const wait = retryAfter(error) ?? 1_000 * 2 ** (attempt - 1) * (0.5 + Math.random());
      await pause(Math.min(wait, LONGEST_PAUSE_MS));
    }
  }
}

function isWorthRetrying(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code === "string" && NOT_REACHED.includes(code)) return true;
  return WORTH_RETRYING.includes(statusOf(error) ?? 0);
}

/** The HTTP status of what the connector's client threw. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return undefined;
  return typeof error.statusCode === "number" ? error.statusCode : undefined;
}

/** Retry-After in milliseconds: seconds, or a date. */
function retryAfter(error: unknown): number | undefined {
  const header = headerOf(error, "retry-after");
  if (header === undefined) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

interface WithResponse {
  readonly response?: { readonly headers?: { get?(name: string): string | undefined } };
}

function headerOf(error: unknown, name: string): string | undefined {
  return (error as WithResponse).response?.headers?.get?.(name);
}
