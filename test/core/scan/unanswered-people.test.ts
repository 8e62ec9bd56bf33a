import { beforeEach, describe, expect, it } from "vitest";
import type { PasskeyAnswer } from "../../../src/core/scan/inventory.js";
import { FakeWorld } from "../fake-world.js";
import { crowd, scanned } from "./scan-story.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

describe("what Graph does not answer", () => {
  it("is asked for again after a 429 and a 5xx, and is complete in the end", async () => {
    crowd(world, 300);
    const refusedOnce = new Set<string>();
    world.onAsk = async (people) => {
      const later = people.filter(({ id }) => Number(id.slice(1)) % 3 === 0 && !refusedOnce.has(id));
      for (const person of later) refusedOnce.add(person.id);
      const others = people.filter((person) => !later.includes(person));
      return {
        answers: world.truth(others).answers,
        later: later.map((account, i) => ({
          account,
          why: i % 2 === 0 ? "Graph said 429" : "Graph said 503",
          throttled: i % 2 === 0,
          ...(i % 2 === 0 ? { retryAfterSeconds: 2 } : {}),
        })),
      };
    };
    expect(await scanned(world)).toMatchObject({ keyholders: 300, unreadCount: 0 });
    expect(refusedOnce.size).toBeGreaterThan(50);
  });

  it("is waited for a quarter of an hour at most, however far away Graph puts it", async () => {
    crowd(world, 3);
    let asked = 0;
    world.onAsk = async (people) => {
      asked += 1;
      if (asked > 1) return undefined;
      const later = { why: "Graph said 503", throttled: false, retryAfterSeconds: 2_500_000 };
      const [first, ...others] = people;
      return { answers: world.truth(others).answers, later: first ? [{ account: first, ...later }] : [] };
    };
    const start = world.time;
    expect(await scanned(world)).toMatchObject({ keyholders: 3 });
    expect(world.time - start).toBeLessThanOrEqual(901_000);
  });

  it("waits as long as Graph asks before anybody is asked about again", async () => {
    crowd(world, 60);
    const askedAt: number[] = [];
    world.onAsk = async (people) => {
      askedAt.push(world.time);
      if (askedAt.length > 1) return undefined;
      return {
        answers: [],
        later: people.map((account) => ({
          account,
          why: "Graph said 429",
          throttled: true,
          retryAfterSeconds: 90,
        })),
      };
    };
    await scanned(world);
    expect(askedAt.slice(1).every((at) => at - (askedAt[0] ?? 0) >= 90_000)).toBe(true);
  });

  it("is waited for through an outage of minutes, in which nobody is answered", async () => {
    crowd(world, 400);
    const until = world.time + 5 * 60_000;
    world.onAsk = async (people) =>
      world.time >= until
        ? undefined
        : {
            answers: [],
            later: people.map((account) => ({ account, why: "Graph said 503", throttled: false })),
            failedAsAWhole: true,
          };
    expect(await scanned(world)).toMatchObject({ keyholders: 400, unreadCount: 0 });
  });

  it("is all answered in the end when everybody is refused the first time", async () => {
    crowd(world, 200);
    const refused = new Set<string>();
    world.onAsk = async (people) => {
      const fresh = people.filter(({ id }) => !refused.has(id));
      for (const { id } of fresh) refused.add(id);
      return {
        answers: world.truth(people.filter((person) => !fresh.includes(person))).answers,
        later: fresh.map((account) => ({
          account,
          why: "Graph said 429",
          throttled: true,
          retryAfterSeconds: 60,
        })),
      };
    };
    expect(await scanned(world)).toMatchObject({ keyholders: 200, unreadCount: 0 });
  });

  it("goes on when the clock is set back during a pause", async () => {
    crowd(world, 60);
    let first = true;
    world.onAsk = async (people) => {
      if (!first) return undefined;
      first = false;
      world.onSleep = () => {
        world.onSleep = () => {};
        world.advance(-3_600_000);
      };
      return {
        answers: [],
        later: people.map((account) => ({ account, why: "429", throttled: true, retryAfterSeconds: 5 })),
      };
    };
    expect(await scanned(world)).toMatchObject({ keyholders: 60, unreadCount: 0 });
  });

  it("is named when it stays unanswered, and the scan is incomplete", async () => {
    crowd(world, 50);
    world.onAsk = async (people) => {
      const bad = people.filter(({ id }) => id === "p7" || id === "p31");
      const good = world.truth(people.filter((person) => !bad.includes(person))).answers;
      const denied = bad
        .filter(({ id }) => id === "p7")
        .map((account): PasskeyAnswer => ({ kind: "failed", account, why: "Graph said 403" }));
      const later = bad
        .filter(({ id }) => id === "p31")
        .map((account) => ({ account, why: "Graph said 500", throttled: false }));
      return { answers: [...good, ...denied], later };
    };
    const inventory = await scanned(world);
    expect(inventory).toMatchObject({ keyholders: 48, unreadCount: 2, asked: 50 });
    expect(inventory.unread).toEqual([
      { id: "p31", name: "p31", isAdmin: false, why: "Graph said 500, 5 times" },
      { id: "p7", name: "p7", isAdmin: false, why: "Graph said 403" },
    ]);
  });

  it("does not keep a scan going for ever when Graph answers nobody", async () => {
    crowd(world, 1_000);
    world.onAsk = async (people) => ({
      answers: [],
      later: people.map((account) => ({ account, why: "Graph did not answer", throttled: false })),
    });
    const inventory = await scanned(world);
    expect(inventory.unreadCount).toBe(1_000);
    expect(inventory.unread).toHaveLength(100);
    expect(world.asked.length).toBeLessThan(200);
  });
});
