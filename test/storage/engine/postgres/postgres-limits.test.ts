import { expect, it } from "vitest";
import { LIMITS_MS } from "../../../../src/storage/engine/postgres/postgres-limits.js";

const { serving } = LIMITS_MS;

it("a paused process loses its locks before those who wait for them give up", () => {
  expect(serving.idle_in_transaction_session_timeout).toBeLessThan(serving.statement_timeout);
});

it("the server's own limit of a statement passes before the process gives the server up", () => {
  expect(serving.statement_timeout).toBeLessThan(serving.query_timeout);
});
