import type { PostgresPool, PostgresPoolClient } from "kysely";
import pg from "pg";
import type { Log } from "../../../core/ports.js";
import { limitedQueries } from "./limited-queries.js";
import { endsConnection, explainPostgres, NoPassword } from "./postgres-errors.js";
import { LIMITS_MS, type Limits, type LimitsHold, limitConnection } from "./postgres-limits.js";

/** Where the database is, and who says so. */
export interface PostgresOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** Asked for each new connection. */
  readonly password: () => Promise<string>;
  readonly tls: /** With the server's certificate and name verified. */
    | {
        readonly kind: "verified";
        /** PEM: the only authorities that are believed. undefined: those Node trusts. */
        readonly ca: string | undefined;
      }
    | { readonly kind: "none" };
  readonly log: Log;
}

/** How long one of our connections may take to be made. */
const CONNECT_TIMEOUT_MS = 3_000;
/** How long a caller waits for a connection while all are in use. */
const TURN_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

/** The error in words for the operator. @returns undefined when it is not one that can be put better */
export function reason({ host, port, database }: PostgresOptions, error: unknown): string | undefined {
  return explainPostgres(error, `${host}:${port}/${database}`);
}

/** Connections to a PostgreSQL server, for Kysely. One that broke is not used again. */
export function postgresPool(options: PostgresOptions, use: PoolUse): PostgresPool {
  const holds = new WeakMap<object, LimitsHold>();
  const pool = new pg.Pool({
    max: use.max,
    Client: clientOf(options, use, (client, hold) => holds.set(client, hold)),
    connectionTimeoutMillis: TURN_TIMEOUT_MS,
  });
  // Without listeners both would end the process. A caller that waits for an answer gets the error too.
  pool.on("error", (error) => options.log.warn("store-connection-lost", { why: reason(options, error) }));
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    connect: async () => {
      const client = await pool.connect();
      return untilBroken(client, { hold: holds.get(client) ?? "transaction", limits: LIMITS_MS[use.for] });
    },
    end: () => pool.end(),
  };
}

interface PoolUse {
  /** Connections at a time. */
  readonly max: number;
  readonly for: keyof typeof LIMITS_MS;
}

/**
 * What the pool makes of a connection; its password is fetched first, so that this does not count as connecting.
 * @param onLimited told how the server's limits are in force on one that was made
 */
function clientOf(
  options: PostgresOptions,
  use: PoolUse,
  onLimited: (client: pg.Client, hold: LimitsHold) => void,
): new () => pg.Client {
  const { host, port, database, user, tls } = options;
  const limits: Limits = LIMITS_MS[use.for];
  return class extends pg.Client {
    #password = "";
    constructor() {
      super({
        host,
        port,
        database,
        user,
        password: () => this.#password,
        ssl: tls.kind === "verified" && { rejectUnauthorized: true, ...(tls.ca && { ca: tls.ca }) },
        ...(limits.query_timeout !== undefined && { query_timeout: limits.query_timeout }),
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
        application_name: "latchkey",
        types: { getTypeParser },
      });
    }
    override connect(): Promise<pg.Client>;
    override connect(callback: (error: Error) => void): void;
    override connect(callback?: (error: Error) => void): unknown {
      const connecting = this.#begin(() => super.connect());
      if (callback === undefined) return connecting;
      return connecting.then(() => callback(undefined as never), callback);
    }
    async #begin(connect: () => Promise<unknown>): Promise<pg.Client> {
      this.#password = await freshPassword(options);
      await connect();
      // Known to pg, and not to its types.
      const { processID: processId } = this as unknown as { readonly processID: number };
      onLimited(this, await limitConnection(this, { processId, limits, withinMs: CONNECT_TIMEOUT_MS }));
      return this;
    }
  };
}

async function freshPassword({ password }: PostgresOptions): Promise<string> {
  try {
    return await password();
  } catch (error) {
    throw new NoPassword(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Counts are `int8`, which pg gives as text: none of ours is too large for a number. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") =>
  type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format as "text");

/** Gives a connection back to the pool, or ends it when it broke. */
function untilBroken(
  client: pg.PoolClient,
  { hold, limits }: { readonly hold: LimitsHold; readonly limits: Limits },
): PostgresPoolClient {
  let broken: Error | undefined;
  const ask = async (sql: string, parameters: readonly unknown[]): Promise<unknown> => {
    // Its end undoes the transaction. The error of a rollback would take the place of the one that matters.
    if (broken !== undefined && sql === "rollback") return { command: "ROLLBACK", rowCount: 0, rows: [] };
    try {
      return await client.query(sql, parameters.map(storable));
    } catch (error) {
      if (endsConnection(error)) broken = error as Error;
      throw error;
    }
  };
  const query = limitedQueries(ask, hold, limits);
  return { query: query as PostgresPoolClient["query"], release: () => client.release(broken) };
}

/** PostgreSQL's text can hold every character but this one, which a person's name may have all the same. */
function storable(parameter: unknown): unknown {
  return typeof parameter === "string" ? parameter.replaceAll("\u0000", "\ufffd") : parameter;
}
