import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { FakeWorld } from "../fake-world.js";
import { crowd, scanned } from "./scan-story.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

describe("a list that cannot be read", () => {
  it("is asked for again while that may pass", async () => {
    crowd(world, 3);
    let times = 0;
    world.onList = (which) => {
      times += which === "report" ? 1 : 0;
      if (which === "report" && times === 1)
        throw new Fault("graph-throttled", "429", { retryAfterSeconds: 30 });
      if (which === "report" && times === 2) throw new Fault("graph-unavailable", "503");
    };
    const start = world.time;
    expect(await scanned(world)).toMatchObject({ keyholders: 3 });
    expect(world.time - start).toBeGreaterThanOrEqual(30_000);
  });

  it("is waited for through an outage once somebody was listed, and given up soon when nobody was", async () => {
    world.pageSize = 10;
    crowd(world, 35);
    const until = world.time + 5 * 60_000;
    world.onList = (which, next) => {
      const isDown = which === "report" && next === "10" && world.time < until;
      if (isDown) throw new Fault("graph-unreachable", "no answer");
    };
    expect(await scanned(world)).toMatchObject({ keyholders: 35 });
    const began = world.time;
    world.onList = (which) => {
      if (which !== "audit") throw new Fault("graph-unreachable", "no answer");
    };
    expect(await world.scan({ full: true })).toMatchObject({ kind: "failed", fault: "graph-unreachable" });
    expect(world.time - began).toBeLessThan(60_000);
  });

  it("ends the scan with the reason when it is denied, and nothing of it stays", async () => {
    crowd(world, 3);
    world.onList = (which) => {
      if (which === "report") throw new Fault("graph-denied", "Graph said no", { status: 403 });
    };
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-denied", why: "Graph said no" });
    expect(await world.store.scans.running()).toBeUndefined();
    expect(await world.store.scans.latest()).toBeUndefined();
  });

  it("is begun again when the link to its next page is no longer good", async () => {
    world.pageSize = 10;
    crowd(world, 35);
    let broken = 0;
    world.onList = (which, next) => {
      if (which === "report" && next === "20" && broken < 2) {
        broken += 1;
        throw new Fault("graph-bad-request", "the skip token has expired", { status: 400 });
      }
    };
    expect(await scanned(world)).toMatchObject({ keyholders: 35 });
    expect(world.asked).toHaveLength(35);
  });

  it("ends the scan when its pages go round in a circle", async () => {
    world.pageSize = 10;
    crowd(world, 35);
    const source = world.ports.passkeys.reportedKeyholders;
    Object.assign(world.ports.passkeys, {
      reportedKeyholders: async (options: Parameters<typeof source>[0]) => {
        const page = await source(options);
        return options.next === "20" ? { ...page, next: "10" } : page;
      },
    });
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-unreadable" });
  });

  it("is not begun again without end", async () => {
    world.pageSize = 10;
    crowd(world, 35);
    world.onList = (which, next) => {
      if (which === "report" && next !== undefined)
        throw new Fault("graph-bad-request", "no", { status: 400 });
    };
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-bad-request" });
  });
});
