import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bigTenant, readableKeyholders } from "../../simulators/tenant/big-tenant.js";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import type { SimUser } from "../../simulators/tenant/simulated-tenant.js";
import { tenantId } from "../../src/core/person.js";
import { toAaguid } from "../../src/core/policy/policy.js";
import { type Inventory, isComplete } from "../../src/core/scan/inventory.js";
import { YUBIKEY_5C, ZERO } from "../core/policy/sample-policies.js";
import { type SimulatedSignIn, simulatedSignIn } from "../graph/simulated-sign-in.js";
import { type FastClock, fastClock } from "./fast-clock.js";
import { peopleOfSpoiltBatches, randomMix } from "./random-mix.js";
import { type ScanOfTenant, scanOfTenant } from "./scan-of-tenant.js";
import { modelsOf, passkeysFound, passkeysOf } from "./truth.js";

let signIn: SimulatedSignIn;
let on: ScanOfTenant | undefined;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterEach(async () => {
  await on?.close();
  on = undefined;
});
afterAll(() => signIn.entra.close());

const MINUTE = 60_000;
const SEEDS = Array.from({ length: 64 }, (_, at) => at + 1);
const AUDITED_BY = ["authentication-methods", "device-registration", "both"] as const;

interface Run {
  readonly random: SeededRandom;
  readonly clock: FastClock;
  readonly on: ScanOfTenant;
  /** People whose passkeys Graph shows in a way that cannot be read. */
  readonly garbled: ReadonlySet<string>;
}

/** A tenant, and a Graph in front of it, as the seed has them. */
async function runOf(seed: number): Promise<Run> {
  const random = new SeededRandom(seed);
  const tenant = bigTenant({ people: 60 + random.below(80), withPasskeys: 0.6, seed });
  const garbled = spoilPasskeys(random, readableKeyholders(tenant));
  const clock = fastClock();
  on = await scanOfTenant({
    signIn,
    tenant,
    clock,
    readings: {
      passkeysAuditedBy: AUDITED_BY[seed % 3] ?? "both",
      passkeyActivities: random.pick(["by-kind", "passkey-security-key", "fido2-security-key"]),
      passkeyEntriesName: random.pick(["address", "id"]),
      reportDelayHours: 36,
      reportListsDeleted: random.chance(0.5),
      reportAcceptsOr: random.chance(0.5),
      reportTop: random.pick(["honoured", "ignored", "refused"]),
      reportPageSize: 7 + random.below(40),
      passkeyPageSize: 1 + random.below(3),
      batchOrder: random.pick(["kept", "shuffled"]),
      throttleHints: random.chance(0.5),
    },
  });
  return { random, clock, on, garbled };
}

/** Passkeys as Graph has been seen to show them, or might: in upper case, in braces, twice; and for a few people, as nobody can read them. */
function spoilPasskeys(random: SeededRandom, holders: readonly SimUser[]): ReadonlySet<string> {
  const garbled = new Set<string>();
  for (const user of holders) {
    const [first] = user.passkeys;
    if (first === undefined) continue;
    if (random.chance(0.2)) first.aaGuid = first.aaGuid.toUpperCase();
    if (random.chance(0.1)) user.passkeys.push(first);
    if (random.chance(0.05)) first.aaGuid = `{${first.aaGuid}}`;
    if (random.chance(0.05)) nameNoModel(random, first);
    if (random.chance(0.01)) {
      first.aaGuid = random.pick(["yubikey", "{}", " ", `\u200b${YUBIKEY_5C}`, YUBIKEY_5C.slice(1)]);
      garbled.add(user.id);
    }
  }
  return garbled;
}

/** A passkey that names no model, in every way that Graph may show one. */
function nameNoModel(random: SeededRandom, passkey: SimUser["passkeys"][number]): void {
  const shown: { aaGuid?: string | null } = passkey;
  const [nothing] = random.pick([[undefined], [null], [""], [ZERO]]);
  if (nothing === undefined) delete shown.aaGuid;
  else shown.aaGuid = nothing;
}

/** People who registered too lately for the report: the audit log tells of them. */
function registerLately({ random, on, garbled }: Run): void {
  const people = [...on.tenant.users.values()].filter(
    (user) => user.accountEnabled && !user.deleted && !garbled.has(user.id),
  );
  for (let nth = 0; nth < 3; nth += 1) registerSome(on, random.pick(people), `late ${nth}`, random);
}

function registerSome(
  { graph, tenant }: ScanOfTenant,
  user: SimUser,
  id: string,
  random: SeededRandom,
): void {
  const models = readableKeyholders(tenant).flatMap(({ passkeys }) => passkeys.filter(isReadable));
  const by = random.pick(["user", "admin"] as const);
  graph.registerPasskey(user.id, { ...random.pick(models), id }, { by });
}

/** Names a model. */
function isReadable({ aaGuid }: Partial<SimUser["passkeys"][number]>): boolean {
  return toAaguid(aaGuid ?? "") !== undefined;
}

/** What people and administrators do between two scans. @returns whom it concerned */
function changeTenant({ random, on }: Run, untouched: ReadonlySet<string>): readonly SimUser[] {
  const { graph, tenant } = on;
  const people = [...tenant.users.values()].filter(({ id, deleted }) => !deleted && !untouched.has(id));
  const changed = people.filter(() => random.chance(0.2));
  for (const user of changed) {
    const own = user.passkeys[0];
    const register = () => registerSome(on, user, `new ${user.id}`, random);
    if (!user.accountEnabled) graph.enableUser(user.id);
    else if (own === undefined || user.roles.length > 0) register();
    else {
      random.pick([
        register,
        () => graph.deletePasskey(user.id, own.id),
        () => graph.deleteUser(user.id),
        () => graph.disableUser(user.id),
      ])();
    }
  }
  return changed;
}

interface Round {
  /** Whom Graph may answer in any way. */
  readonly people: readonly SimUser[];
  /** Whom it always denies. */
  readonly denied: SimUser;
  /** Who is deleted while the scan runs. */
  readonly doomed: SimUser | undefined;
}

/** One scan of a Graph in a bad mood. @returns what it found, and who could not be read */
async function scanOnce(run: Run, { people, denied, doomed }: Round) {
  const { random, on } = run;
  const { graph } = on;
  const mix = randomMix(random, graph, people);
  graph.faults.nextPasskeysOf([denied.id], { status: 403, times: Infinity });
  const from = graph.requests.length;
  let untilDeleted = random.below(12);
  const ignore = graph.onChange(() => {
    untilDeleted -= 1;
    if (untilDeleted === 0 && doomed) graph.deleteUser(doomed.id);
  });
  const inventory = await on.scan();
  ignore();
  graph.faults.clear();
  const spoilt = peopleOfSpoiltBatches(graph.requests.slice(from));
  return { inventory, unread: new Set([...mix.refused(), ...spoilt, ...garbledIn(run), denied.id]) };
}

function garbledIn({ on, garbled }: Run): ReadonlySet<string> {
  return new Set([...garbled].filter((id) => on.tenant.users.get(id)?.deleted !== true));
}

/** Holds what a scan has to be, whatever Graph answered. @param holders whoever has passkeys by now */
async function expectTruth(
  { on }: Run,
  inventory: Inventory,
  holders: readonly SimUser[],
  unread: ReadonlySet<string>,
): Promise<void> {
  const named = await on.store.scans.unread(tenantId(on.tenant.tenantId), inventory.scanId, 1_000);
  expect(named.map(({ id }) => id).sort()).toEqual([...unread].sort());
  expect(named.map(({ why }) => why)).not.toContain("");
  expect(inventory.unread).toEqual(named.slice(0, 100));
  expect(inventory.unreadCount).toBe(named.length);
  expect(isComplete(inventory)).toBe(unread.size === 0);
  const truth = passkeysOf(holders.filter(({ id }) => !unread.has(id)));
  expect(await passkeysFound(on, inventory)).toEqual(truth);
  expect(inventory.keyholders).toBe(truth.size);
  const models = inventory.models.map(({ aaguid, people, passkeys }) => [aaguid, [people, passkeys]]);
  expect(Object.fromEntries(models)).toEqual(modelsOf(truth));
  expect(on.errors).toEqual([]);
}

describe("a scan of a Graph that answers in every way", () => {
  const timeout = 30_000;

  it.each(SEEDS)(
    "is true or names whom it could not read, and so is the next (seed %i)",
    { timeout },
    async (seed) => {
      const run = await runOf(seed);
      const { clock, garbled } = run;
      const users = () => [...run.on.tenant.users.values()];
      registerLately(run);
      const [denied, doomed, ...people] = readableKeyholders(run.on.tenant).filter(
        ({ id, roles }) => !garbled.has(id) && roles.length === 0,
      );
      if (denied === undefined || doomed === undefined) throw new Error("the tenant is too small");

      const first = await scanOnce(run, { people, denied, doomed });
      expect(first.inventory).toMatchObject({ kind: "full", path: "report", recentIncluded: true });
      const wasRead = (await passkeysFound(run.on, first.inventory)).has(doomed.id);
      const there = readableKeyholders(run.on.tenant).filter((user) => user !== doomed);
      await expectTruth(run, first.inventory, wasRead ? [...there, doomed] : there, first.unread);

      const enabled = new Set(users().filter(({ accountEnabled }) => accountEnabled));
      const changed = changeTenant(run, new Set([denied.id, doomed.id, ...garbled]));
      clock.advance(MINUTE);
      const asked = readableKeyholders(run.on.tenant).filter((user) => changed.includes(user));
      const second = await scanOnce(run, { people: asked, denied, doomed: undefined });
      expect(second.inventory.kind).toBe("changes");
      expect(second.inventory.carried).toBeGreaterThan(0);
      // Whoever was disabled in between is no longer in the report; they are asked about, and still have their passkeys.
      const holders = users().filter(
        (user) => (user.accountEnabled || enabled.has(user)) && !user.deleted && user.passkeys.length > 0,
      );
      await expectTruth(run, second.inventory, holders, second.unread);

      clock.advance(MINUTE);
      await expectTruth(run, await run.on.scan(), holders, garbledIn(run));
    },
  );
});
