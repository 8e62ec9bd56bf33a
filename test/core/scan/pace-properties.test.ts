import { describe, expect, it } from "vitest";
import { SeededRandom } from "../../../simulators/tenant/seeded-random.js";
import { Stop } from "../../../src/async/stop.js";
import { Pace, type RequestAnswer } from "../../../src/core/scan/pace.js";
import { fc } from "../../setup/drawn.js";
import { TimedClock, TimedGraph } from "./timed-graph.js";
import { TimedScans } from "./timed-scan.js";

/** What Graph may say to a request about so many people. */
const anyAnswer = fc
  .record({ asked: fc.integer({ min: 1, max: 20 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ asked, share }): RequestAnswer => {
    const refused = Math.round(asked * share * share);
    return { asked, refused, answered: asked - refused, retryAfterSeconds: 1 };
  });

describe("the pace", () => {
  it("stays between one person and sixteen batches, whatever Graph answers", () => {
    fc.assert(
      fc.property(fc.array(anyAnswer, { maxLength: 200 }), fc.nat(5), (answers, interruptions) => {
        const pace = new Pace(interruptions);
        for (const answer of answers) {
          pace.onRequest(pace.ticket(), 0, answer);
          expect(pace.level).toBeGreaterThanOrEqual(1);
          expect(pace.level).toBeLessThanOrEqual(Math.max(20, 320 / 2 ** interruptions));
        }
      }),
    );
  });

  it("of a few refused never doubles, never falls below a batch by them, and keeps nobody else waiting", () => {
    fc.assert(
      fc.property(fc.nat(30), fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 50 }), (rounds, few) => {
        const pace = new Pace();
        for (let round = 0; round < rounds; round += 1) pace.onAnswered(20);
        for (const refused of few) {
          const before = pace.level;
          const answer = { asked: 20, refused, answered: 20 - refused, retryAfterSeconds: 600 };
          expect(pace.onRequest(pace.ticket(), 0, answer)).toBe(false);
          expect(pace.level).toBeGreaterThanOrEqual(20);
          // A whole batch answered adds a batch in each round: here, the part of it that was answered.
          expect(pace.level).toBeLessThanOrEqual(before + (20 * (20 - refused)) / before - refused + 1);
        }
        expect(pace.pausedUntil).toBe(0);
      }),
    );
  });

  it("halves at once for half of a request, and for a quarter of it and the one before", () => {
    fc.assert(
      fc.property(anyAnswer, anyAnswer, (first, second) => {
        const pace = new Pace();
        for (let round = 0; round < 5; round += 1) pace.onAnswered(20);
        if (pace.onRequest(pace.ticket(), 0, first)) return;
        const before = pace.level;
        const everyoneWaits = pace.onRequest(pace.ticket(), 0, second);
        const { asked, refused } = second;
        const ofBoth = (refused + first.refused) / (asked + first.asked);
        const isLimit = refused > 0 && (asked < 20 || refused >= asked / 2 || ofBoth >= 1 / 4);
        expect(everyoneWaits).toBe(isLimit);
        if (everyoneWaits) expect(pace.level).toBeLessThanOrEqual(Math.max(20, before / 2));
      }),
    );
  });
});

describe("a scan of a Graph that refuses at random", () => {
  it("loses nobody, asks nobody too early, and never has more in flight than it may", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          people: fc.integer({ min: 1, max: 700 }),
          reportPages: fc.integer({ min: 1, max: 4 }),
          // Where most are refused for ten minutes the scan gives up, as it should: that is another test's.
          share: fc.constantFrom(0, 0.02, 0.1, 0.3),
          seed: fc.nat(),
          retryAfter: fc.constantFrom(1, 5, 20, "no time" as const),
          stopAfterMs: fc.option(fc.integer({ min: 1, max: 5_000 })),
        }),
        async ({ people, reportPages, share, seed, retryAfter, stopAfterMs }) => {
          const clock = new TimedClock();
          const random = new SeededRandom(seed);
          const graph = new TimedGraph({
            clock,
            people,
            reportPages,
            latencyMs: () => 20 + 300 * random.next(),
            // Eleven refusals are what the patience with one person bears.
            refusal: (_, nth) => (nth <= 11 && random.chance(share) ? retryAfter : undefined),
          });
          const scans = new TimedScans(clock, graph);
          let most = 320;
          if (stopAfterMs !== null) {
            const stop = new Stop();
            void clock.sleep(stopAfterMs).then(() => stop.ask());
            await clock.run(scans.start(stop).then(({ finished }) => finished));
            expect(graph.mostInFlight).toBeLessThanOrEqual(most);
            graph.mostInFlight = 0;
            most = 160;
          }
          if ((await scans.store.latest()) === undefined) await scans.toTheEnd();
          const inventory = await scans.store.latest();
          expect(inventory).toMatchObject({ asked: people, unreadCount: 0 });
          expect(graph.mostInFlight).toBeLessThanOrEqual(most);
          // A process that goes on does not know what the one before it was told.
          if (stopAfterMs === null) expect(graph.tooEarly).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
