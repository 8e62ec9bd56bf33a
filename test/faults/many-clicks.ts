import { expect } from "vitest";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import type { ClickAnswer, Message, TeamsPerson } from "../flow/teams.js";
import type { FaultDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { tally } from "./tally.js";
import { pause, until } from "./until.js";

/** On each of three plans, one after the other. */
const CLICKS = [200, 50, 50] as const;
/** What hangs, in milliseconds. Teams waits five seconds: how near the slowest answer comes is printed, as it depends on the machine. */
const ANSWERED_WITHIN = 30_000;
/** What decides a plan, in the record. */
const DECISIONS = ["write-intended", "plan-rejected", "plan-cancelled"];

interface Pressed {
  readonly who: TeamsPerson;
  readonly button: "Approve" | "Reject" | "Cancel";
}

/** Everybody presses everything at once, again and again, on one plan; over as many processes as there are. */
export async function manyClicks(database: FaultDatabase, replicas: number): Promise<void> {
  const world = await FaultWorld.open({ database, replicas });
  try {
    const office = new Office(world);
    await office.install(ada, grace, katherine);
    const random = new SeededRandom(replicas);
    const untouched = structuredClone(world.tenant.policy);
    const slowest: number[] = [];
    for (const [at, opening] of OPENINGS.entries()) {
      world.writes.reset(untouched);
      const { number } = await office.propose("enable passkeys");
      const cards = await copies(office, number);
      const others = Array.from({ length: (CLICKS[at] ?? 1) - 1 }, () => pickPress(random));
      // Saying no is quicker than saying yes, which takes a sign-in: once, the others get a head start.
      const delay = ({ button }: Pressed) => (at > 0 || button === "Approve" ? 0 : random.below(1_500));
      slowest.push(await pressAll(world, office, [opening, ...others], { cards, delay }));
      await decidedOnce(world, office, number);
    }
    const verdict = await world.judge();
    tally(
      `clicks: ${replicas === 1 ? "one process" : "two processes"}, ${database.name}`,
      CLICKS.length,
      verdict,
      `${CLICKS.reduce((sum, clicks) => sum + clicks, 0)} clicks on ${CLICKS.length} plans, all at once on each; the slowest answer came after ${Math.round(Math.max(...slowest))} ms.`,
    );
    expect(verdict).toEqual(INTACT);
  } finally {
    await world.close();
  }
}

/** The first to press is another one each time. */
const OPENINGS: readonly Pressed[] = [
  { who: grace, button: "Approve" },
  { who: katherine, button: "Reject" },
  { who: ada, button: "Cancel" },
];

function pickPress(random: SeededRandom): Pressed {
  return random.weighted<Pressed>([
    [{ who: grace, button: "Approve" }, 4],
    [{ who: katherine, button: "Approve" }, 4],
    [{ who: grace, button: "Reject" }, 1],
    [{ who: katherine, button: "Reject" }, 1],
    [{ who: ada, button: "Cancel" }, 1],
  ]);
}

/** Each person's own copy, as it is before anybody presses. */
async function copies(office: Office, number: number): Promise<ReadonlyMap<string, Message>> {
  const found = new Map<string, Message>();
  for (const { id, name } of [ada, grace, katherine]) {
    const card = await until(
      () => office.card({ id, name }, number),
      () => `${name}'s card of plan #${number}`,
    );
    found.set(id, card);
  }
  return found;
}

/** @returns how long the slowest answer took, in milliseconds */
async function pressAll(
  world: FaultWorld,
  office: Office,
  presses: readonly Pressed[],
  { cards, delay }: { cards: ReadonlyMap<string, Message>; delay: (press: Pressed) => number },
): Promise<number> {
  const answers = await Promise.all(
    presses.map(async (press, at) => {
      const { who, button } = press;
      await pause(delay(press));
      // The processes take turns, as behind a load balancer that knows nothing of people.
      world.teams.botUrl = world.bots[at % world.bots.length]?.url ?? "";
      const began = performance.now();
      const answer = await office.pressAsItWas(who, cards.get(who.id), button);
      return { answer, milliseconds: performance.now() - began, button };
    }),
  );
  for (const { answer, milliseconds, button } of answers) {
    expectSense(answer);
    // A click that has to be signed in for is two requests, each with its own time.
    const requests = answer.signedIn ? 2 : 1;
    expect({ button, inTime: milliseconds < requests * ANSWERED_WITHIN }).toEqual({ button, inTime: true });
  }
  return Math.max(...answers.map(({ answer, milliseconds }) => milliseconds / (answer.signedIn ? 2 : 1)));
}

function expectSense(answer: ClickAnswer): void {
  expect(answer.status).toBe(200);
  expect(answer.statusCode).toBe(200);
  expect(answer.text.length).toBeGreaterThan(20);
  expect(answer.text).not.toMatch(/something went wrong/i);
}

async function decidedOnce(world: FaultWorld, office: Office, number: number): Promise<void> {
  await until(
    () => ["applied", "over"].includes(sightOf(office.card(grace, number) as Message)) || undefined,
    () => `plan #${number} to be decided`,
  );
  const { records, plans } = await world.database.read();
  const decisions = records.filter(
    (record) => record.planNumber === number && DECISIONS.includes(record.event),
  );
  expect(decisions.map((record) => record.event)).toHaveLength(1);
  const kind = plans.find((plan) => plan.number === number)?.state.kind;
  expect(["applied", "rejected", "cancelled"]).toContain(kind);
  const sent = world.graph
    .patches()
    .filter((patch) => patch.clientRequestId === decisions[0]?.detail.clientRequestId);
  expect(sent).toHaveLength(kind === "applied" ? 1 : 0);
}
