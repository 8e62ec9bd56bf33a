import { afterAll, beforeAll, expect, it } from "vitest";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { wholeText } from "../flow/teams.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { atRequest, isPolicyRead, type When } from "./request-moments.js";
import { tally } from "./tally.js";

const MODEL = "99999999-2222-4333-8444-555555555555";
const GROUP = { id: "99999999-3333-4333-8444-555555555555", targetType: "group" };

let world: FaultWorld;
let office: Office;
let untouched: SimPolicy;
beforeAll(async () => {
  world = await FaultWorld.open({ database: sqliteDatabase() });
  office = new Office(world);
  untouched = structuredClone(world.tenant.policy);
  await office.install(ada, grace, katherine);
});
afterAll(() => world?.close());

/** What somebody else changes in the portal meanwhile. */
interface Edit {
  readonly make: (policy: SimPolicy) => void;
  readonly isThere: (policy: SimPolicy) => boolean;
}

/** In the list that the plan writes as a whole: there a write could undo it. */
const inTheList: Edit = {
  make: (policy) => policy.keyRestrictions.aaGuids.push(MODEL),
  isThere: (policy) => policy.keyRestrictions.aaGuids.includes(MODEL),
};
/** In what the plan does not send. */
const elsewhere: Edit = {
  make: (policy) => policy.excludeTargets.push(GROUP),
  isThere: (policy) => policy.excludeTargets.some(({ id }) => id === GROUP.id),
};

interface Told {
  /** Whether the approval came that far. */
  readonly reached: boolean;
  /** The edit lies between the last reading and the write: nothing can be known of it before (docs/adr/0005). */
  readonly inTheGap: boolean;
  readonly survived: boolean;
}

/** One approval with an edit right before or after the n-th request that it makes. */
async function approveWithEdit(n: number, when: When, edit: Edit): Promise<Told> {
  world.writes.reset(untouched);
  const before = world.writes.patches.length;
  const { number, card } = await office.propose("enable passkeys");
  const moment = atRequest(world, n, when, () => world.writes.edit(katherine.id, edit.make));
  expect((await office.press(grace, card, "Approve")).status).toBe(200);
  const requests = moment.requests.slice();
  const reached = moment.happened;
  moment.end();

  const end = await office.carryThrough(number);
  const survived = edit.isThere(world.tenant.policy);
  const write = requests.findIndex(({ method }) => method === "PATCH") + 1;
  const lastRead = requests.slice(0, Math.max(0, write - 1)).findLastIndex(isPolicyRead) + 1;
  const inTheGap =
    write > 0 && reached && (when === "after" ? n >= lastRead && n < write : n > lastRead && n <= write);
  const { revision = 1 } = (await world.database.read()).plans.find((plan) => plan.number === number) ?? {};
  // At most one for each revision that was approved; the verdict at the end says the same from the records.
  expect(world.writes.patches.length - before).toBeLessThanOrEqual(revision);
  if (sightOf(end) === "applied") expect(world.tenant.policy.state).toBe("enabled");
  if (reached && !survived) {
    expect(inTheGap).toBe(true);
    expect(wholeText(end)).toContain("Katherine Johnson changed the policy too");
  }
  return { reached, inTheGap, survived };
}

it.each<[string, When, Edit]>([
  ["in what the plan writes, before", "before", inTheList],
  ["in what the plan writes, after", "after", inTheList],
  ["in what the plan leaves alone, before", "before", elsewhere],
  ["in what the plan leaves alone, after", "after", elsewhere],
])("an edit in the portal %s each request of an approval is not undone unseen", async (what, when, edit) => {
  const told: Told[] = [];
  for (let n = 1; ; n++) {
    const each = await approveWithEdit(n, when, edit);
    if (!each.reached) break;
    told.push(each);
    expect(n).toBeLessThan(60);
  }
  const verdict = await world.judge();
  const undone = told.filter(({ survived }) => !survived);
  tally(
    `portal: an edit ${what} a request`,
    told.length,
    verdict,
    `${undone.length} undone, all of them between the last reading and the write, and said on the card.`,
  );
  expect(verdict).toEqual(INTACT);
  // Roles at each of two presses, the policy, the write, and the policy again.
  expect(told.length).toBeGreaterThanOrEqual(5);
  // The gap was met: without it this test would not test what it means to.
  expect(told.some(({ inTheGap }) => inTheGap)).toBe(true);
  if (edit === elsewhere) expect(undone).toEqual([]);
});
