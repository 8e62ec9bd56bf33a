import { type PostgresServer, startPostgres } from "../test/setup/postgres.js";

/** A PostgreSQL server that writes to the disk before it answers, as a real one does, with memory as on a small one. */
export function startDurablePostgres(): Promise<PostgresServer> {
  return startPostgres({
    durable: true,
    // Filling writes a lot at once; else it would be measured while it is still being put in its place.
    settings: { shared_buffers: "256MB", max_wal_size: "4GB" },
  });
}
