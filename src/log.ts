import { type DestinationStream, pino } from "pino";
import type { Log } from "./core/ports.js";
import { scrub, scrubText } from "./log/scrub.js";

/** Members of a line that a detail of the same name must not replace. */
const OWN = new Set(["level", "time", "event"]);

export interface LogOptions {
  readonly level: string;
  /** Standard output unless given. */
  readonly destination?: DestinationStream;
}

/** One JSON line an event. Tokens and secrets in a detail, also deep inside or in the middle of a text, are left out. */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const line = (event: string, detail: Readonly<Record<string, unknown>> = {}): object => ({
    event: scrubText(event),
    ...withoutOwn(scrub(detail)),
  });
  return {
    info: (event, detail) => logger.info(line(event, detail)),
    warn: (event, detail) => logger.warn(line(event, detail)),
    error: (event, detail) => logger.error(line(event, detail)),
  };
}

function withoutOwn(detail: unknown): object {
  const entries = Object.entries(detail as object);
  return Object.fromEntries(entries.map(([key, value]) => [OWN.has(key) ? `detail_${key}` : key, value]));
}
