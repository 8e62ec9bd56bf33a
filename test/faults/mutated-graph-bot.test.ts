import { expect, it } from "vitest";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { howMany, PATIENCE_MS } from "./how-many.js";
import { INTACT } from "./judge.js";
import { mutatedJson } from "./mutated-json.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { secretsIn } from "./secrets-in.js";
import { seedOfRun } from "./seed-of-run.js";
import { tally } from "./tally.js";

/** Through the whole bot; the others are in mutated-graph-answers.test.ts. */
const COUNT = howMany(100, 500);
const MUTATED = [0.05, 0.2, 0.5] as const;

it(
  `${COUNT} mutated answers of Graph to the real bot: nothing lost, doubled, stuck or unapproved, and no secret`,
  async () => {
    const seed = seedOfRun();
    const random = new SeededRandom(seed);
    const world = await FaultWorld.open({ database: sqliteDatabase(), tenant: { people: 10 } });
    let mutated = 0;
    try {
      const office = new Office(world);
      await office.install(ada, grace, katherine);
      const untouched = structuredClone(world.tenant.policy);
      while (mutated < COUNT) {
        world.writes.reset(untouched);
        const { number, card } = await office.propose("enable passkeys");
        const share = random.pick(MUTATED);
        const rewrite = (text: string) => {
          if (!random.chance(share)) return { text };
          mutated++;
          return { text: text === "" ? "{}" : mutatedJson(random, JSON.parse(text)) };
        };
        world.graph.faults.next({ times: Number.POSITIVE_INFINITY, rewrite });
        for (const text of ["show policy", "drift", "scan"]) await world.teams.say(ada, text);
        const answer = await office.press(grace, card, "Approve");
        expect([answer.status, answer.text.length > 20]).toEqual([200, true]);
        world.graph.faults.clear();
        await office.ask(ada, "scan");
        const end = sightOf(await office.carryThrough(number));
        expect(["applied", "over"]).toContain(end);
      }
      const verdict = await world.judge();
      const errors = world.bot.output.split("\n").filter((line) => line.includes('"level":"error"'));
      tally(
        "mutated Graph answers, real bot",
        mutated,
        verdict,
        `Seed ${seed}; ${world.writes.patches.length} writes; ${errors.length} errors in the log.`,
      );
      expect(verdict).toEqual(INTACT);
      expect(secretsIn(world)).toEqual([]);
      expect(await world.bot.status("/readyz")).toBe(200);
    } catch (error) {
      console.log(`seed ${seed}, after ${mutated}:\n${world.bot.output.slice(-3_000)}`);
      throw error;
    } finally {
      await world.close();
    }
  },
  PATIENCE_MS,
);
