import type { FaultBoard, GraphFault } from "../../simulators/graph/fault-board.js";
import type { SimulatedGraph } from "../../simulators/graph/simulated-graph.js";
import type { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import type { SimUser } from "../../simulators/tenant/simulated-tenant.js";

type Fault = Omit<GraphFault, "path">;

/** What passes, with how often it may count as a failure of one person: five of those, and they are given up. */
interface Passing {
  readonly fault: Fault;
  readonly failures: 0 | 1;
}

const throttled = (random: SeededRandom): Fault =>
  random.chance(0.6) ? { status: 429, retryAfter: 1 + random.below(4) } : { status: 429 };
const failing = (random: SeededRandom): Fault => ({
  status: random.pick([500, 502, 503, 504]),
  ...(random.chance(0.3) ? { retryAfter: 1 + random.below(4) } : {}),
});
const cut = (random: SeededRandom): Fault => ({ drop: random.pick(["before", "during", "after"]) });
const leftOut = (): Fault => ({ omit: true });

function passing(random: SeededRandom, hasFurtherPages: boolean): Passing {
  // With further pages, half of it strikes one of those: they are asked for outside of the batch.
  const inBatch = !(hasFurtherPages && random.chance(0.5));
  const fault = random.pick([throttled, throttled, failing, inBatch ? leftOut : cut])(random);
  return { fault: { ...fault, inBatch }, failures: fault.status === 429 ? 0 : 1 };
}

/** More often than anybody is asked about. */
const OFTEN = 1_000;

/** What does not pass: each of these people is to be named in the end. */
function lasting(random: SeededRandom, hasFurtherPages: boolean): Fault {
  const item: readonly Fault[] = [
    { status: random.pick([400, 401, 403, 302]) },
    { status: random.pick([500, 503]) },
    { status: 429, retryAfter: 1 },
    { omit: true },
    { body: random.pick(["<html>", null, {}, { value: {} }]) },
    { body: { value: [{ id: "m", aaGuid: random.pick([false, "{}", "yubikey", 7]) }] } },
    { body: { value: [random.pick([null, "m", 7, []])] } },
  ];
  const page: readonly Fault[] = [
    { status: random.pick([400, 401, 403]) },
    { status: random.pick([500, 503]) },
    { drop: "before" },
    { body: { value: [{ id: "m", aaGuid: "yubikey" }] } },
  ];
  const ofPage = hasFurtherPages && random.chance(0.5);
  // So often because the first time the whole answer may be lost.
  return { ...random.pick(ofPage ? page : item), inBatch: !ofPage, times: OFTEN };
}

interface RandomMix {
  /** People who met something that does not pass: to be named as not read. */
  refused(): ReadonlySet<string>;
}

/** Puts up a mix of everything that Graph may answer, so that all but the refused can be read in the end. */
export function randomMix(
  random: SeededRandom,
  { faults, readings }: SimulatedGraph,
  people: readonly SimUser[],
): RandomMix {
  const struck = random.pick([0, 0.1, 0.4, 0.9]);
  const hasFurtherPages = (user: SimUser) => user.passkeys.length > readings.passkeyPageSize;
  for (const user of people.filter(() => random.chance(struck))) {
    for (let failures = 0, many = 1 + random.below(3); many > 0 && failures < 2; many -= 1) {
      const each = passing(random, hasFurtherPages(user));
      failures += each.failures;
      faults.nextPasskeysOf([user.id], each.fault);
    }
  }
  const refusals = new Map<string, () => boolean>();
  for (let many = people.length === 0 ? 0 : random.pick([0, 0, 1, 3]); many > 0; many -= 1) {
    const user = random.pick(people);
    if (refusals.has(user.id)) continue;
    const fault = lasting(random, hasFurtherPages(user));
    const [armed] = faults.nextPasskeysOf([user.id], fault);
    refusals.set(user.id, () => armed !== undefined && armed.left < OFTEN);
  }
  spoilRequests(random, faults);
  return {
    refused: () => new Set([...refusals].flatMap(([id, hasMet]) => (hasMet() ? [id] : []))),
  };
}

/** What goes wrong with requests as a whole: batches, and pages of the lists. */
function spoilRequests(random: SeededRandom, faults: FaultBoard): void {
  const kinds = [throttled, failing, cut] as const;
  for (let many = random.below(3); many > 0; many -= 1) {
    faults.next({ ...random.pick(kinds)(random), path: "/v1.0/$batch" });
  }
  if (random.chance(0.2)) {
    const spoilt = random.pick([{ status: 403 }, { body: "<html>" }, { body: { responses: {} } }]);
    faults.next({ ...spoilt, path: "/v1.0/$batch" });
  }
  for (let many = random.below(3); many > 0; many -= 1) {
    const path = random.pick(["/v1.0/reports/", "/v1.0/auditLogs/"]);
    faults.next({ ...random.pick(kinds)(random), path });
  }
}

/** People of batches that were denied as a whole: such an answer is everybody's. */
export function peopleOfSpoiltBatches(requests: SimulatedGraph["requests"]): ReadonlySet<string> {
  const answered = new Set(requests.map(({ batch }) => batch));
  const spoilt = requests.filter(
    ({ method, requestId, status }) => method === "POST" && status === 403 && !answered.has(requestId),
  );
  const urls = spoilt.flatMap(({ body }) => JSON.stringify(body).match(/(?<=\/users\/)[^/]+/g) ?? []);
  return new Set(urls);
}
