import { expect, it } from "vitest";
import { postgresDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, Office, sightOf } from "./office.js";
import { tally } from "./tally.js";
import { pause, until } from "./until.js";

const HOUR = 3_600_000;
/** Longer than a process may be silent before it counts as gone. */
const LONGER_THAN_A_LEASE = 13_000;

it("two processes whose clocks are two hours apart keep their duties, and neither takes the other for gone", async () => {
  const database = await postgresDatabase();
  const world = await FaultWorld.open({ database, replicas: 2 });
  try {
    const office = new Office(world);
    await office.install(ada, grace);
    const duties = () => database.query("select duty, holder from duties order by duty");
    const replicas = () => database.query("select replica_id from replicas order by replica_id");
    await until(
      async () => (await duties()).length > 0 || undefined,
      () => "a duty to be taken",
    );
    const { number } = await office.propose("enable passkeys");
    const [held, alive] = [await duties(), await replicas()];
    expect(alive).toHaveLength(2);

    await Promise.all(world.bots.map((bot, at) => bot.setClock(at === 0 ? HOUR : -HOUR)));
    await pause(LONGER_THAN_A_LEASE);
    // A duty that nobody had may have been taken meanwhile; none has changed hands.
    expect(await duties()).toEqual(expect.arrayContaining([...held]));
    expect(await replicas()).toEqual(alive);
    expect(world.bots.map((bot) => bot.output).join("\n")).not.toContain('"replica-gone"');

    await world.setClocksWrong(0);
    const end = sightOf(await office.carryThrough(number));
    if (end === "over") {
      expect(sightOf(await office.carryThrough((await office.propose("enable passkeys")).number))).toBe(
        "applied",
      );
    }
    expect(world.tenant.policy.state).toBe("enabled");
    const verdict = await world.judge(HOUR);
    tally("clock: two processes two hours apart", 2, verdict);
    expect(verdict).toEqual(INTACT);
  } finally {
    await world.close();
  }
});
