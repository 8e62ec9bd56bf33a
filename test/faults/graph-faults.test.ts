import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GraphFault } from "../../simulators/graph/fault-board.js";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { atRequest } from "./request-moments.js";
import { tally } from "./tally.js";
import { until } from "./until.js";

let world: FaultWorld;
let office: Office;
let untouched: SimPolicy;
let _faults = 0;

beforeAll(async () => {
  world = await FaultWorld.open({ database: sqliteDatabase() });
  office = new Office(world);
  untouched = structuredClone(world.tenant.policy);
  await office.install(ada, grace, katherine);
});
beforeEach(() => {
  world.graph.faults.clear();
  world.writes.reset(untouched);
});
afterEach(({ task }) => {
  if (task.result?.state === "fail") console.log(world.bot.output.slice(-6000));
});
afterAll(() => world?.close());

/** Approves, and answers how the click was answered. */
async function approve(card: Parameters<Office["press"]>[1]) {
  const began = performance.now();
  const answer = await office.press(grace, card, "Approve");
  expect(answer.status).toBe(200);
  expect(answer.text.length).toBeGreaterThan(20);
  // A click is two requests, the second one with the sign-in; each has five seconds.
  expect(performance.now() - began).toBeLessThan(10_000);
  return answer;
}

/** People carry the plan through in spite of what went wrong; it ends as it has to. */
async function endsWell(number: number): Promise<void> {
  const before = world.writes.patches.length;
  expect(sightOf(await office.carryThrough(number))).toBe("applied");
  expect(world.writes.patches.length - before).toBeLessThanOrEqual(1);
  expect(world.tenant.policy.state).toBe("enabled");
}

const KINDS: readonly (readonly [string, GraphFault])[] = [
  ["429", { status: 429, retryAfter: 1 }],
  ["503", { status: 503, retryAfter: 1 }],
  ["500", { status: 500 }],
  ["half a JSON text", { truncate: true }],
  ["a connection that drops before", { drop: "before" }],
  ["a connection that drops during", { drop: "during" }],
  ["a connection that drops after", { drop: "after" }],
  ["204 without any effect", { noEffect: true }],
];

describe("one request of those that an approval makes goes wrong, whichever it is", () => {
  it.each(KINDS)("%s: written at most once, and said as it is", async (kind, fault) => {
    let struck = 0;
    for (let n = 1; ; n++) {
      world.writes.reset(untouched);
      const { number, card } = await office.propose("enable passkeys");
      const strike = () => world.graph.faults.next({ ...fault, inBatch: false });
      // A fault strikes the next request: it is put up while the one before it is on its way.
      if (n === 1) strike();
      const moment = atRequest(world, n - 1, "before", strike);
      await approve(card);
      const hasStruck = (n === 1 || moment.happened) && world.graph.faults.pending.length === 0;
      moment.end();
      world.graph.faults.clear();
      await endsWell(number);
      if (!hasStruck) break;
      struck += 1;
      // Those that only look whether people are still approvers are all alike; the last ones are what matters.
      expect(n).toBeLessThan(60);
    }
    _faults += struck;
    const verdict = await world.judge();
    tally(`Graph: ${kind}`, struck, verdict, `Struck each of ${struck} requests, one approval each.`);
    expect(verdict).toEqual(INTACT);
    // Roles at each of two presses, the policy, the write, and the policy again.
    expect(struck).toBeGreaterThanOrEqual(5);
  });
});

describe("everything goes wrong for a while", () => {
  it.each([
    ["429", { status: 429, retryAfter: 1 }],
    ["503", { status: 503, retryAfter: 1 }],
  ] as const)(
    "a storm of %s, from the question to the write: people are told, and it works when it is over",
    async (kind, fault) => {
      const storm = () => world.graph.faults.next({ ...fault, times: Number.POSITIVE_INFINITY });
      const first = storm();
      // The welcome may come in between.
      await office.ask(ada, "enable passkeys", ({ text }) => /again/i.test(text));
      first.clear();

      const { number, card } = await office.propose("enable passkeys");
      const second = storm();
      await approve(card);
      await office.ask(ada, "show policy");
      second.clear();

      // Longer than anybody waits: each press is answered.
      const writes = { ...fault, method: "PATCH", times: Number.POSITIVE_INFINITY };
      const third = world.graph.faults.next({ ...writes, retryAfter: 61 });
      for (let times = 0; times < 5; times++) {
        expect((await approve(await office.look(grace, number))).text).toMatch(/nothing was written/i);
      }
      third.clear();
      // For a second, again and again: waited for less than a minute, and then it is said as well.
      const fourth = world.graph.faults.next(writes);
      const struck = world.graph.faults.struck;
      await approve(await office.look(grace, number));
      const isOpen = () => {
        const card = office.card(grace, number);
        return card !== undefined && sightOf(card) === "open";
      };
      const again = () => `the plan to be open again after a storm of ${kind}`;
      await until(isOpen, again, { within: 180_000, every: 250 });
      expect(world.graph.faults.struck - struck).toBeLessThanOrEqual(6);
      fourth.clear();
      await endsWell(number);
      const verdict = await world.judge();
      tally(`Graph: a storm of ${kind}`, 3, verdict);
      expect(verdict).toEqual(INTACT);
    },
  );
});
