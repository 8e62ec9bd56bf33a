import { describe, expect, it } from "vitest";
import { personId } from "../../src/core/person.js";
import type { AccountRef } from "../../src/core/scan/inventory.js";
import { readPasskeyBatch } from "../../src/graph/passkey-batch.js";
import { scriptedAppGraphForEach } from "./scripted-app-graph.js";
import { breaksOff, drops, refuses, says } from "./scripted-graph.js";

const on = scriptedAppGraphForEach();

const account = (n: number): AccountRef => ({ id: personId(`p${n}`), name: `Person ${n}`, isAdmin: false });
const read = (...numbers: number[]) => readPasskeyBatch(on.graph, numbers.map(account));

describe("a batch that fails as a whole", () => {
  it.each([
    ["429", refuses(429, "TooManyRequests", { "retry-after": "6" }), "Graph said 429", true, 6],
    ["503", refuses(503, "serviceNotAvailable", { "retry-after": "6" }), "Graph said 503", false, 6],
    ["500", refuses(500, "no"), "Graph said 500", false, undefined],
    ["a dropped connection", drops, "Graph did not answer", false, undefined],
    ["half an answer", breaksOff(200), "Graph said 200", false, undefined],
  ])("puts everybody off: %s", async (_, script, why, throttled, seconds) => {
    on.scripted.script(script);
    const wait = seconds === undefined ? {} : { retryAfterSeconds: seconds };
    expect(await read(1, 2)).toEqual({
      answers: [],
      later: [1, 2].map((n) => ({ account: account(n), why, throttled, ...wait })),
      failedAsAWhole: true,
    });
    expect(on.scripted.received).toHaveLength(1);
  });

  it.each([400, 403, 404])("fails everybody after %i, and throws nothing", async (status) => {
    on.scripted.script(refuses(status, "no"));
    const { answers, later } = await read(1, 2);
    expect(later).toEqual([]);
    expect(answers).toEqual(
      [1, 2].map((n) => ({ kind: "failed", account: account(n), why: `Graph said ${status} no: said no` })),
    );
  });

  it.each([
    ["has no responses", says(200, { answers: [] }), "responses"],
    ["is not JSON", says(200, "<html>"), "not JSON"],
    ["is a no to the token", refuses(401, "no"), "401"],
  ])("puts everybody off when its answer %s", async (_, script, why) => {
    on.scripted.script(script);
    const { answers, later, failedAsAWhole } = await read(1, 2);
    expect(answers).toEqual([]);
    expect(later).toMatchObject([1, 2].map((n) => ({ account: account(n), throttled: false })));
    expect(later[0]?.why).toContain(why);
    expect(failedAsAWhole).toBe(true);
  });
});
