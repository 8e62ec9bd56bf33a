import { afterAll, beforeAll, expect, it } from "vitest";
import type { GraphFault } from "../../simulators/graph/fault-board.js";
import { wholeText } from "../flow/teams.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, Office, sightOf } from "./office.js";
import { tally } from "./tally.js";
import { pause, until } from "./until.js";

const POLICY = /authenticationMethodConfigurations/i;
const SILENCE = 20_000;
/** Longer than it is until the bot looks for news again. */
const NEWS_ARE_READ_MS = 7_000;

const SILENCES: readonly (readonly [string, GraphFault])[] = [
  ["the reading before the write is answered after 20 s", { method: "GET", path: POLICY, delayMs: SILENCE }],
  ["the reading before the write is never answered", { method: "GET", path: POLICY, silence: true }],
  ["the write is done and answered after 20 s", { method: "PATCH", path: POLICY, delayMs: SILENCE }],
  ["the write is never done nor answered", { method: "PATCH", path: POLICY, silence: "before" }],
  ["the write is done at once and never answered", { method: "PATCH", path: POLICY, silence: "after" }],
];

interface Approved {
  readonly office: Office;
  readonly number: number;
  readonly answer: string;
}
const worlds = new Map<string, FaultWorld>();
const approved = new Map<string, Approved>();

// They mostly wait: all at once, each in a world of its own, until nobody has anything in hand any more.
beforeAll(async () => {
  for (const [what] of SILENCES) worlds.set(what, await FaultWorld.open({ database: sqliteDatabase() }));
  await Promise.all(
    SILENCES.map(async ([what, fault]) => approved.set(what, await approve(worldOf(what), fault))),
  );
}, 200_000);
afterAll(async () => {
  for (const world of worlds.values()) await world.close();
});

async function approve(world: FaultWorld, fault: GraphFault): Promise<Approved> {
  const office = new Office(world);
  await office.install(ada, grace);
  const { number, card } = await office.propose("enable passkeys");
  // The watch for models reads the policy once after a scan, and would take the fault for itself.
  await pause(NEWS_ARE_READ_MS);
  world.graph.faults.next(fault);
  const answer = await office.press(grace, card, "Approve");
  const isOver = () => {
    const now = office.card(grace, number);
    return (now && (sightOf(now) !== "in doubt" || wholeText(now).includes("not known yet"))) || undefined;
  };
  await until(
    () => answer.status === 200 && isOver(),
    () => "the press to come to an end",
    { within: 60_000 },
  );
  return { office, number, answer: answer.text };
}

it.each(SILENCES)("%s: the click is answered in time, and the card says what happened", async (what) => {
  const world = worldOf(what);
  const { office, number, answer } = approved.get(what) ?? fail(what);
  expect(answer).toMatch(/working/i);
  expect(sightOf(await office.carryThrough(number))).toBe("applied");
  expect(world.tenant.policy.state).toBe("enabled");
  const verdict = await world.judge();
  tally(`Graph: ${what}`, 1, verdict);
  expect(verdict).toEqual(INTACT);
  expect(world.writes.patches).toHaveLength(1);
});

function worldOf(what: string): FaultWorld {
  return worlds.get(what) ?? fail(what);
}

function fail(what: string): never {
  throw new Error(`${what} was not begun`);
}
