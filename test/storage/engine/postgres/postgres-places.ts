import type { Log } from "../../../../src/core/ports.js";
import type { PostgresOptions } from "../../../../src/storage/engine/postgres/postgres-pool.js";

/** Keeps what was said, to be asked for it. */
export class HeardLog implements Log {
  readonly events: string[] = [];
  info(event: string): void {
    this.events.push(event);
  }
  warn(event: string): void {
    this.events.push(event);
  }
  error(event: string): void {
    this.events.push(event);
  }
}

/** A database of a test's server, as the store wants to be told of it. */
export function postgresPlace(address: string, changes: Partial<PostgresOptions> = {}): PostgresOptions {
  const url = new URL(address);
  return {
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: url.username,
    password: async () => decodeURIComponent(url.password),
    tls: { kind: "none" },
    log: new HeardLog(),
    ...changes,
  };
}
