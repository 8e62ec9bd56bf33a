import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { type TestDatabases, testDatabases } from "./test-databases.js";

/** The PostgreSQL server that all tests of this run share. Each test makes databases of its own in it. */
export async function postgresForTests(): Promise<TestDatabases> {
  const port = process.env.LATCHKEY_TEST_POSTGRES;
  if (port === undefined) throw new Error("LATCHKEY_TEST_POSTGRES is not set: run the tests with vitest");
  const answer = await text(connect(Number(port), "127.0.0.1"));
  if (!/^\d+$/.test(answer)) throw new Error(answer);
  return testDatabases(Number(answer));
}
