import { describe, expect, it } from "vitest";
import { SeededRandom } from "../../../simulators/tenant/seeded-random.js";
import { Stop } from "../../../src/async/stop.js";
import { TimedClock, TimedGraph, type TimedGraphOptions } from "./timed-graph.js";
import { oneBatchAfterTheOther, TimedScans } from "./timed-scan.js";

function tenant(options: Omit<TimedGraphOptions, "clock">) {
  const clock = new TimedClock();
  const graph = new TimedGraph({ ...options, clock });
  return { clock, graph, scans: new TimedScans(clock, graph) };
}

/** So many of a hundred are refused the first time, and told to come again in a second. */
function someOnce(percent: number): NonNullable<TimedGraphOptions["refusal"]> {
  const random = new SeededRandom(percent);
  return (_, nth) => (nth === 1 && random.chance(percent / 100) ? 1 : undefined);
}

describe("few people who are refused", () => {
  it("wait as long as Graph asks of them, and nobody else does", async () => {
    const { graph, scans } = tenant({
      people: 400,
      refusal: (id, nth) => (id === "p7" && nth === 1 ? 60 : undefined),
    });
    expect(await scans.toTheEnd()).toMatchObject({ asked: 400, unreadCount: 0 });
    const late = graph.asked.filter(({ at }) => at > 5_000).map(({ id }) => id);
    expect(late).toEqual(["p7"]);
    expect(graph.tooEarly).toEqual([]);
    // That the card says what it waits for, and does not seem to stand still.
    const last = scans.news.findLast((news) => news.kind === "running" && news.pausedUntil !== undefined);
    expect(last).toMatchObject({
      counts: { read: 399, pending: 1 },
      pausedUntil: "2026-11-22T10:01:00.200Z",
    });
  });

  it("wait a second where Graph names no time", async () => {
    const { graph, scans } = tenant({
      people: 400,
      refusal: (id, nth) => (id === "p7" && nth === 1 ? "no time" : undefined),
    });
    await scans.toTheEnd();
    const [first = 0, again = 0] = graph.asked.filter(({ id }) => id === "p7").map(({ at }) => at);
    // It took a tenth of a second to be refused.
    expect(again - first).toBe(1_100);
  });

  it.each([
    [2, 5],
    [10, 2],
  ])("%i of a hundred: at least %i times as fast as one batch after the other", async (percent, times) => {
    const options = { people: 2_000, reportPages: 10, refusal: someOnce(percent) };
    const inTurn = tenant({ ...options, refusal: someOnce(percent) });
    const baseline = await oneBatchAfterTheOther(inTurn.clock, inTurn.graph);
    const { graph, scans } = tenant(options);
    const { seconds, unreadCount, asked } = await scans.toTheEnd();
    expect({ asked, unreadCount, tooEarly: graph.tooEarly }).toEqual({
      asked: 2_000,
      unreadCount: 0,
      tooEarly: [],
    });
    expect(baseline / seconds).toBeGreaterThanOrEqual(times);
  });

  it("are asked about again by the process that goes on with the scan", async () => {
    const { clock, graph, scans } = tenant({
      people: 400,
      refusal: (id, nth) => (Number(id.slice(1)) % 50 === 0 && nth === 1 ? 600 : undefined),
    });
    const stop = new Stop();
    const stopped = scans.start(stop).then(({ finished }) => finished);
    void clock.sleep(30_000).then(() => stop.ask());
    expect((await clock.run(stopped)).result).toBeUndefined();
    // Not before all are asked about: whoever is interrupted often would count in vain as often.
    expect(graph.accountsCounted).toBe(0);
    expect(await scans.toTheEnd()).toMatchObject({ asked: 400, unreadCount: 0 });
    expect(graph.asked).toHaveLength(408);
  });

  it("are told from a limit, which everybody waits for as before", async () => {
    const { graph, scans } = tenant({
      people: 60,
      refusal: (id, nth) => (Number(id.slice(1)) < 5 && nth === 1 ? 30 : undefined),
    });
    await scans.toTheEnd();
    const others = graph.asked.filter(({ at }) => at > 1_000);
    expect(others).toHaveLength(45);
    expect(others.every(({ at }) => at >= 30_000)).toBe(true);
  });
});

describe("a limit of Graph", () => {
  // So many people that it is reached several times.
  it.each([
    [5, 60],
    [500, 2_000],
    [2_500, 9_000],
    [8_000, 20_000],
  ])("of %i requests in ten seconds is used up as it was: %i people", async (requests, people) => {
    const limit = { requests, perSeconds: 10 };
    const { graph, scans } = tenant({ people, reportPages: Math.ceil(people / 1_000), limit });
    const { seconds, unreadCount } = await scans.toTheEnd();
    const answered = graph.counted - graph.refused;
    const least = Math.floor((answered - 1) / requests) * 10;
    expect(unreadCount).toBe(0);
    expect(seconds / Math.max(least, 1)).toBeLessThanOrEqual(1.25);
  });

  it("once it was met twice is kept to, so that few are refused", async () => {
    const limit = { requests: 2_500, perSeconds: 10 };
    const { graph, scans } = tenant({ people: 19_000, reportPages: 95, limit });
    await scans.toTheEnd();
    expect(graph.refused / graph.counted).toBeLessThan(0.05);
  });
});
