import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { atRequest } from "./request-moments.js";
import { tally } from "./tally.js";
import { until } from "./until.js";

const HOUR = 3_600_000;

let world: FaultWorld;
let office: Office;
let untouched: SimPolicy;
beforeAll(async () => {
  // Slow enough for a plan not to be made within the moment it takes to set a clock.
  world = await FaultWorld.open({ database: sqliteDatabase() });
  world.onGraphRequest = () => 20;
  office = new Office(world);
  untouched = structuredClone(world.tenant.policy);
  await office.install(ada, grace, katherine);
});
beforeEach(() => world.writes.reset(untouched));
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") console.log(world.bot.output.slice(-3000));
  await world.setClocksWrong(0);
});
afterAll(() => world?.close());

/** People go on when the clock is right again: the plan they had, or one that takes its place, is carried through. */
async function endsWell(number: number): Promise<void> {
  const end = sightOf(await office.carryThrough(number));
  if (end === "over") {
    // Its time was up by a clock that was wrong. What counts is that the next one is not stuck behind it.
    const { number: next } = await office.propose("enable passkeys");
    expect(sightOf(await office.carryThrough(next))).toBe("applied");
  }
  expect(world.tenant.policy.state).toBe("enabled");
}

it.each([
  ["forwards", HOUR],
  ["backwards", -HOUR],
] as const)(
  "an hour %s at each request of an approval: written at most once, and said as it is",
  async (way, jump) => {
    let jumps = 0;
    for (let n = 1; ; n++) {
      world.writes.reset(untouched);
      const before = world.writes.patches.length;
      const { number, card } = await office.propose("enable passkeys");
      let set: Promise<void> | undefined;
      const moment = atRequest(world, n, "before", () => {
        set = world.setClocksWrong(jump);
      });
      const answer = await office.press(grace, card, "Approve");
      // Set back, it does not take what Teams signs at this hour: then a click is refused, unread.
      expect(jump < 0 ? [200, 401] : [200]).toContain(answer.status);
      if (answer.status === 200) expect(answer.text.length).toBeGreaterThan(20);
      const hasJumped = moment.happened;
      moment.end();
      await set;
      await world.setClocksWrong(0);
      await endsWell(number);
      expect(world.writes.patches.length - before).toBeLessThanOrEqual(1);
      if (!hasJumped) break;
      jumps += 1;
      expect(n).toBeLessThan(60);
    }
    const verdict = await world.judge(HOUR);
    tally(`clock: an hour ${way} during an approval`, jumps, verdict);
    expect(verdict).toEqual(INTACT);
    expect(jumps).toBeGreaterThanOrEqual(5);
  },
);

it.each([
  ["forwards", HOUR],
  ["backwards", -HOUR],
] as const)(
  "an hour %s between the steps: people are answered, and the tenant is not stuck",
  async (way, jump) => {
    const steps = ["before the question", "before the approval", "before the look at the outcome"];
    for (const at of steps) {
      world.writes.reset(untouched);
      const known = Math.max(0, ...office.plansSeen);
      if (at === steps[0]) await world.setClocksWrong(jump);
      // Backwards, Teams' own tokens are not valid yet: then nobody gets in until the clock is right.
      const status = await world.teams.say(ada, "enable passkeys");
      if (status >= 300) await world.setClocksWrong(0);
      const number = status < 300 ? await planAfter(known) : (await office.propose("enable passkeys")).number;
      const card = office.card(grace, number);
      if (at === steps[1]) await world.setClocksWrong(jump);
      // A click whose own signature is not valid at this hour is answered, too: with a no.
      if (card) await office.press(grace, card, "Approve");
      if (at === steps[2]) await world.setClocksWrong(jump);
      await world.teams.say(grace, `show ${number}`);
      await world.setClocksWrong(0);
      await endsWell(number);
    }
    const verdict = await world.judge(HOUR);
    tally(`clock: an hour ${way} between the steps`, steps.length, verdict);
    expect(verdict).toEqual(INTACT);
  },
);

async function planAfter(known: number): Promise<number> {
  return until(
    () => office.plansSeen.find((number) => number > known),
    () => "the plan",
  );
}

it("tokens that are over are fetched anew when an hour passes for everybody", async () => {
  const fetched = () =>
    world.entra.tokenRequests.filter(
      ({ grant, result }) => grant === "client_credentials" && result === "granted",
    ).length;
  const { number } = await office.propose("enable passkeys");
  const before = fetched();
  await world.timePasses(HOUR + 60_000);
  const answers = [await office.ask(ada, "show policy"), await office.ask(ada, `show ${number}`)];
  for (const answer of answers) expect(answer.card).toBeDefined();
  expect(fetched()).toBeGreaterThan(before);
  await endsWell(number);
  const verdict = await world.judge(HOUR);
  tally("clock: an hour passes for everybody", 1, verdict);
  expect(verdict).toEqual(INTACT);
});

it("tokens that were fetched while the clock was an hour ahead are not believed in for longer than they are good", async () => {
  await world.setClocksWrong(HOUR);
  await office.ask(ada, "show policy");
  await world.setClocksWrong(0);
  await world.timePasses(HOUR + 60_000);
  expect((await office.ask(ada, "show policy")).card).toBeDefined();
});
