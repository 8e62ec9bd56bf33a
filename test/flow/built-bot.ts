import { once } from "node:events";
import { createServer } from "node:net";

/** Where the bot was built for this run, by test/setup/build.ts. */
export function buildFolder(): string {
  const folder = process.env.LATCHKEY_TEST_BUILD;
  if (folder === undefined) throw new Error("LATCHKEY_TEST_BUILD is not set: run the tests with vitest");
  return folder;
}

/** The Node that runs it: this one, or one that a test put in its place. */
export const nodeProgram = (): string => process.env.LATCHKEY_TEST_NODE ?? process.execPath;

/** A port nobody had a moment ago; somebody else may take it before it is used. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
