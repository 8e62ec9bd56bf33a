import { beforeEach, describe, expect, it } from "vitest";
import { sampleAdoption } from "../../../../src/core/duties/sample-adoption.js";
import { Fault } from "../../../../src/core/errors.js";
import { groupId } from "../../../../src/core/person.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { reportAdoption } from "../../../../src/core/report/adoption/adoption-report.js";
import { FakeWorld } from "../../fake-world.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy } from "../../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const FINANCE = "1a2b3c4d-0000-4000-8000-000000000002";
const LEFT = "1a2b3c4d-0000-4000-8000-000000000003";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const DAY_MS = 24 * 60 * 60_000;

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  ...(allowedPasskeyProfiles.length === 0 ? {} : { allowedPasskeyProfiles }),
});

let world: FakeWorld;
let sample: () => Promise<void>;
beforeEach(() => {
  world = new FakeWorld();
  world.addGroup(PILOT, "Pilot", "alan", "barbara", "tony", "ida");
  world.addGroup(FINANCE, "Finance", "zoe", "ida");
  world.addGroup(LEFT, "Leavers", "tony");
  for (const [name, keys] of [
    ["alan", []],
    ["barbara", [NFC]],
    ["tony", [NFC]],
    ["ida", [NFC]],
    ["zoe", [NFC]],
    ["emmy", []],
  ] as const)
    world.passkeys.set(name, keys);
  world.accounts = { enabled: 6, disabled: 1 };
  world.admins.add("alan").add("barbara").add("emmy");
  sample = sampleAdoption(world.ports, world.rules);
});

async function report(typed?: string) {
  const found = await reportAdoption(world.ports, world.rules, typed);
  if (found.kind !== "adoption") throw new Error(JSON.stringify(found));
  return found;
}

describe("adoption", () => {
  it.each([
    [
      "one set of rules",
      () => legacyPolicy({ includeTargets: [target(PILOT)], excludeTargets: [target(LEFT)] }),
    ],
    [
      "profiles",
      () =>
        profilesPolicy({
          includeTargets: [target(PILOT, DEFAULT_PROFILE)],
          excludeTargets: [target(LEFT)],
        }),
    ],
  ])("is of whom the policy is for, administrators apart, with each group: %s", async (_, policy) => {
    world.policy = policy();
    await world.scan();
    const { of, figures, outside, byGroup } = await report();
    expect({ of, outside }).toEqual({ of: "groups", outside: 2 });
    expect(figures).toEqual({
      people: 3,
      withPasskey: 2,
      deviceBound: 2,
      synced: 0,
      both: 0,
      unsaid: 0,
      admins: { people: 2, withPasskey: 1 },
    });
    expect([...byGroup]).toEqual([[PILOT, figures]]);
  });

  it("of all users is of the accounts that were counted", async () => {
    world.policy = legacyPolicy();
    await world.scan();
    expect(await report()).toMatchObject({
      of: "accounts",
      figures: { people: 6, withPasskey: 4, admins: { people: 3, withPasskey: 1 } },
    });
  });

  it("of a group is of everybody in it, and says for how many the policy is", async () => {
    world.policy = legacyPolicy({ includeTargets: [target(PILOT)] });
    await world.scan();
    expect(await report("finance")).toMatchObject({
      group: { id: FINANCE, name: "Finance", inScope: 1 },
      figures: { people: 2, withPasskey: 2 },
      outside: 0,
    });
  });

  it("refuses a group that is not there, and knows nothing before the first scan", async () => {
    world.policy = legacyPolicy();
    expect(await reportAdoption(world.ports, world.rules)).toEqual({ kind: "no-scan" });
    await world.scan();
    expect(await reportAdoption(world.ports, world.rules, "Nowhere")).toMatchObject({
      code: "unknown-group",
    });
  });

  it("does not say who is an administrator where Entra does not", async () => {
    world.policy = legacyPolicy();
    await world.scan();
    world.premium = false;
    expect((await report()).figures).not.toHaveProperty("admins");
  });
});

describe("how adoption went", () => {
  const register = async (name: string) => {
    world.passkeys.set(name, [NFC]);
    await world.scan({ full: true });
  };

  it("is by our own samples: a week ago, a month ago, and each day with a new scan", async () => {
    world.policy = legacyPolicy({ includeTargets: [target(PILOT)] });
    await world.scan();
    await sample();
    world.advance(25 * DAY_MS);
    await register("alan");
    await sample();
    world.advance(7 * DAY_MS);
    const { course, figures } = await report();
    expect(figures.withPasskey).toBe(4);
    expect(course).toMatchObject({
      monthAgo: { day: "2026-11-22", figures: { withPasskey: 3 } },
      weekAgo: { day: "2026-12-17", figures: { withPasskey: 4 } },
      points: [{ day: "2026-11-22" }, { day: "2026-12-17" }],
    });
    // A group that the policy names has its own course, and no other group has.
    expect((await report("Pilot")).course.monthAgo?.figures).toMatchObject({ people: 4, withPasskey: 3 });
    expect((await report("Finance")).course.points).toEqual([]);
  });

  it("is sampled once a day, whichever process does it, and not again for the same scan", async () => {
    world.policy = legacyPolicy();
    await sample();
    expect(world.store.adoption.samples).toEqual([]);
    await world.scan();
    await sample();
    await sample();
    await sampleAdoption(world.ports, world.rules)();
    await register("alan");
    await sample();
    expect(world.store.adoption.samples).toHaveLength(1);
    world.advance(DAY_MS);
    await sample();
    expect(world.store.adoption.samples).toHaveLength(2);
    world.advance(DAY_MS);
    await sample();
    expect(world.store.adoption.samples.map(({ day, whole }) => [day, whole.withPasskey])).toEqual([
      ["2026-11-22", 4],
      ["2026-11-23", 5],
    ]);
  });

  it("is sampled by the process that looks after the plans alone", async () => {
    world.policy = legacyPolicy();
    await world.scan();
    const replicas = { ...world.ports.replicas, claim: async () => false };
    await sampleAdoption({ ...world.ports, replicas }, world.rules)();
    expect(world.store.adoption.samples).toEqual([]);
  });

  it("holds numbers only: of no person a name or an id", async () => {
    world.policy = legacyPolicy({ includeTargets: [target(PILOT)] });
    await world.scan();
    await sample();
    const kept = JSON.stringify(world.store.adoption.samples);
    for (const name of world.passkeys.keys()) expect(kept).not.toContain(name);
    expect(Object.keys(world.store.adoption.samples[0]?.byGroup ?? {})).toEqual([groupId(PILOT)]);
  });

  it("is sampled later where Graph does not answer now", async () => {
    world.policy = legacyPolicy();
    await world.scan();
    world.readFault = new Fault("graph-unavailable", "busy");
    await expect(sample()).rejects.toMatchObject({ code: "graph-unavailable" });
    world.readFault = undefined;
    await sample();
    expect(world.store.adoption.samples).toHaveLength(1);
  });
});

describe("what adoption asks Graph for", () => {
  async function requests(people: number): Promise<Readonly<Record<string, number>>> {
    world = new FakeWorld();
    world.policy = legacyPolicy({ includeTargets: [target(PILOT)] });
    const names = Array.from({ length: people }, (_, at) => `person ${at}`);
    for (const name of names) world.passkeys.set(name, [NFC]);
    world.addGroup(PILOT, "Pilot", ...names);
    await world.scan();
    const asked: Record<string, number> = {};
    const counting = <T extends object>(port: T): T =>
      new Proxy(port, {
        get(held, member) {
          const value = Reflect.get(held, member);
          if (typeof value !== "function") return value;
          return (...given: readonly unknown[]) => {
            asked[String(member)] = (asked[String(member)] ?? 0) + 1;
            return Reflect.apply(value, held, given);
          };
        },
      });
    const { tenant, directory, passkeys } = world.ports;
    const ports = {
      ...world.ports,
      tenant: counting(tenant),
      directory: counting(directory),
      passkeys: counting(passkeys),
    };
    await reportAdoption(ports, world.rules);
    return asked;
  }

  it("does not grow with the people: the policy, the groups it names, and administrators by the page", async () => {
    const few = await requests(3);
    expect(few).toEqual({ readPolicy: 1, membersOf: 1, administrators: 1, group: 1 });
    expect(await requests(600)).toEqual(few);
  });
});
