import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { type PostgresServer, startPostgres } from "./postgres.js";

/**
 * One PostgreSQL server for the whole run, started when the first test asks for it (`postgresForTests`): most runs of
 * a few files need none. Tests run in processes of their own, so they ask over a connection, and get its port.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Another project of the same run has set it up.
  if (process.env.LATCHKEY_TEST_POSTGRES !== undefined) return undefined;
  let starting: Promise<PostgresServer> | undefined;
  const asked = createServer((socket) => {
    starting ??= startPostgres();
    starting.then(
      ({ port }) => socket.end(String(port)),
      (error: unknown) => socket.end(String(error)),
    );
  });
  asked.listen(0, "127.0.0.1");
  await once(asked, "listening");
  process.env.LATCHKEY_TEST_POSTGRES = String((asked.address() as AddressInfo).port);
  return async () => {
    asked.close();
    await (await starting)?.remove();
  };
}
