import { type DestinationStream, pino } from "pino";
import { correlation } from "./async/correlation.js";
import type { Log } from "./core/ports.js";
import { scrub, scrubText } from "./log/scrub.js";

/** Members of a line that a detail of the same name must not replace. */
const OWN = new Set(["level", "time", "event", "correlation", "askedBy"]);

export interface LogOptions {
  readonly level: string;
  /** Standard output unless given. */
  readonly destination?: DestinationStream;
}

/**
 * One JSON line an event. Tokens and secrets in a detail, also deep inside or in the middle of a text, are left out. An
 * error in a detail (`{ error }`) is written with its code, status, request id, message, stack and cause, and no more.
 */
export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = pino(options, destination ?? standardOutput());
  const line = (event: string, detail: Readonly<Record<string, unknown>> = {}): object => ({
    event: scrubText(event),
    ...belongsTo(),
    ...withoutOwn(scrub(detail)),
  });
  return {
    info: (event, detail) => logger.info(line(event, detail)),
    warn: (event, detail) => logger.warn(line(event, detail)),
    error: (event, detail) => logger.error(line(event, detail)),
  };
}

/** By which all lines about one activity are found, and the records and Graph's own log with them. */
function belongsTo(): object {
  const { id, askedBy } = correlation() ?? {};
  return { ...(id !== undefined && { correlation: id }), ...(askedBy !== undefined && { askedBy }) };
}

/** When its reader is gone, lines are lost and the process lives on; pino's own stream retries for ever. */
function standardOutput(): DestinationStream {
  process.stdout.on("error", () => undefined);
  return process.stdout;
}

function withoutOwn(detail: unknown): object {
  const entries = Object.entries(detail as object);
  return Object.fromEntries(entries.map(([key, value]) => [OWN.has(key) ? `detail_${key}` : key, value]));
}
