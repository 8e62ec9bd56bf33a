import type { Engine } from "../src/storage/engine/engine.js";
import type { StorePlace } from "../src/storage/engine/open-engine.js";
import { openPostgres } from "../src/storage/engine/postgres/postgres.js";
import { openSqlite } from "../src/storage/engine/sqlite/sqlite.js";

/** Where a store is, as the bot's environment says it. */
export type KeptIn = { readonly DATA_DIR: string } | { readonly DATABASE_URL: string };

/** The same for whoever opens it. What the store warns of goes where it is seen. */
export function placeOf(keptIn: KeptIn): StorePlace {
  if ("DATA_DIR" in keptIn) return { dataDir: keptIn.DATA_DIR };
  const { hostname, port, pathname, username, password } = new URL(keptIn.DATABASE_URL);
  const says = (event: string, detail?: object) => console.error(event, detail ?? "");
  return {
    postgres: {
      host: hostname,
      port: Number(port),
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
      password: async () => decodeURIComponent(password),
      tls: { kind: "none" },
      log: { info: () => undefined, warn: says, error: says },
    },
  };
}

/** Its tables, without the store around them. */
export function engineOf(keptIn: KeptIn): Engine {
  const place = placeOf(keptIn);
  return "postgres" in place ? openPostgres(place.postgres) : openSqlite(place.dataDir);
}
