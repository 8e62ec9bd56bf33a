import { expect, it } from "vitest";
import { dropInventories } from "../../../src/core/duties/drop-inventories.js";
import { FakeWorld } from "../fake-world.js";

const DAY_MS = 24 * 60 * 60_000;

/** From when on inventories are removed, as the store was told; undefined: it was told nothing. */
async function droppedBefore(
  world: FakeWorld,
  changes: object = {},
  running?: object,
): Promise<string | undefined> {
  let told: string | undefined;
  const scans = {
    ...world.ports.scans,
    running: async () => running,
    dropFinishedBefore: async (_: unknown, before: string) => {
      told = before;
      return 1;
    },
  };
  await dropInventories({ ...world.ports, ...changes, scans: scans as never }, world.rules, 90)();
  return told;
}

it("what a scan found goes when it is older than it may be", async () => {
  const world = new FakeWorld();
  const expected = new Date(world.ports.clock.now().getTime() - 90 * DAY_MS).toISOString();
  expect(await droppedBefore(world)).toBe(expected);
});

it("nothing goes while a plan is open, which may rest on it", async () => {
  const world = new FakeWorld();
  const plans = { ...world.ports.plans, open: async () => [{}] };
  expect(await droppedBefore(world, { plans })).toBeUndefined();
});

it("nothing goes while a scan is under way, which may take people over from it", async () => {
  expect(await droppedBefore(new FakeWorld(), {}, {})).toBeUndefined();
});

it("only the process that looks after the plans removes anything", async () => {
  const world = new FakeWorld();
  const replicas = { ...world.ports.replicas, claim: async () => false };
  expect(await droppedBefore(world, { replicas })).toBeUndefined();
});
