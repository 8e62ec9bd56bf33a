import { afterEach, beforeEach, expect, it } from "vitest";
import { ADA, GROUP, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

it("the person who asked hears where they asked that the plan expires soon, and what to do", async () => {
  await world.say(ADA, "enable passkeys", GROUP);
  const plan = world.tenant.store.plansByNumber.get(1);
  if (plan === undefined) throw new Error("no plan");
  const soon = new Date(world.tenant.ports.clock.now().getTime() + 9.5 * 60_000).toISOString();
  await world.bot.announcer.planRunsOut({ ...plan, expiresAt: soon });
  await world.bot.idle();
  const [said] = world.texts(GROUP);
  expect(said).toMatch(
    /^Ada Lovelace: plan #1 \(.+\) expires in 10 minutes, and no approver has decided on it yet\..*`show 1`/,
  );
});

it.each<[string, () => void]>([
  ["was removed from there", () => world.stores.known.delete(GROUP.id)],
  [
    "is blocked there",
    () =>
      world.channel.teams.faults.next(
        { kind: "status", status: 403 },
        { method: "POST", conversation: GROUP.id, times: 9 },
      ),
  ],
])("the person who asked hears it in the own chat where Latchkey %s", async (_, lose) => {
  await world.say(ADA, "enable passkeys", GROUP);
  await world.say(ADA, "help");
  const plan = world.tenant.store.plansByNumber.get(1);
  if (plan === undefined) throw new Error("no plan");
  lose();
  await world.bot.announcer.planRunsOut(plan);
  await world.bot.idle();
  expect(world.texts(personal(ADA)).at(-1)).toMatch(/^Ada Lovelace: plan #1 .* expires in/);
});

it("a conversation that Latchkey was removed from hears nothing, and where there is no other the log says so", async () => {
  await world.say(ADA, "enable passkeys", GROUP);
  const plan = world.tenant.store.plansByNumber.get(1);
  if (plan === undefined) throw new Error("no plan");
  world.stores.known.delete(GROUP.id);
  await world.bot.announcer.planRunsOut(plan);
  await world.bot.idle();
  expect(world.texts(GROUP)).toEqual([]);
  expect(world.logged.map(({ event }) => event)).toContain("expiry-not-announced");
});
