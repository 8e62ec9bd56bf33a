import { expect } from "vitest";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { verifyChain } from "../../src/core/audit/chain.js";
import { type Message, type TeamsPerson, wholeText } from "../flow/teams.js";
import type { FaultDatabase, Stored } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { Killer } from "./killer.js";
import { A_WHILE, ada, grace, katherine, Office, sightOf } from "./office.js";
import { tally } from "./tally.js";
import { until } from "./until.js";

/** What of a silence counts between two looks. */
const A_MOMENT = 3_100;
const isInHand = (card: Message): boolean => wholeText(card).includes("Being applied");

/** What the bot was told by people, and what came of it. */
interface Messages {
  acknowledged: number;
  /** Acknowledged, then killed; the answer was there after the restart all the same. */
  answeredLater: number;
  /** Acknowledged, then killed; the person had to say it again, and got an answer then. */
  saidAgain: number;
}

/** One long-lived tenant, in which people go on asking and approving while the bot is killed at random moments. */
export async function killedStories(database: FaultDatabase, kills: number, seed: number): Promise<void> {
  const world = await FaultWorld.open({ database, approvalsRequired: 2 });
  try {
    const random = new SeededRandom(seed);
    // Slow enough for the moments between two requests to be hit; what matters most is slowest.
    world.onGraphRequest = () =>
      world.graph.requests.at(-1)?.path.includes("Configurations/fido2") ? 100 : 5;
    const stories = new Stories(world, random, kills);
    await stories.tell();
    await settled(world);
    const verdict = await world.judge();
    const { acknowledged, answeredLater, saidAgain } = stories.messages;
    tally(
      `kill -9, ${database.name}`,
      stories.killer.kills,
      verdict,
      `Seed ${seed}; ${stories.plans} plans, ${world.writes.patches.length} writes; ${acknowledged} messages ` +
        `acknowledged, ${answeredLater} answered after the restart, ${saidAgain} said again and answered. ` +
        `Killed: ${stories.killer.moments}.`,
    );
    expect(verdict).toEqual(INTACT);
    expect(stories.killer.kills).toBeGreaterThanOrEqual(kills);
    expect(world.writes.patches.length).toBeGreaterThanOrEqual(stories.applied);
  } finally {
    await world.close();
  }
}

/** Whatever is open is settled by looking at it, as people do. */
export async function settled(world: FaultWorld): Promise<void> {
  const office = new Office(world);
  for (let round = 0; round < 8; round++) {
    const { plans } = await world.database.read();
    const open = plans.filter(({ state }) => state.kind === "applying" || state.kind === "unknown");
    if (open.length === 0) return;
    for (const plan of open) await office.look(grace, plan.number);
    await world.timePasses(round % 2 === 0 ? A_MOMENT : A_WHILE);
  }
}

class Stories {
  readonly messages: Messages = { acknowledged: 0, answeredLater: 0, saidAgain: 0 };
  readonly killer: Killer;
  /** Plans that were made. */
  plans = 0;
  /** Plans whose card said in the end that they are in force. */
  applied = 0;
  readonly #world: FaultWorld;
  readonly #random: SeededRandom;
  readonly #office: Office;
  /** Heads of the chain as they were noted after kills: they have to stay in it. */
  readonly #heads = new Map<number, string>();

  constructor(world: FaultWorld, random: SeededRandom, kills: number) {
    this.#world = world;
    this.#random = random;
    this.#office = new Office(world);
    this.killer = new Killer(world, random, kills);
  }

  async tell(): Promise<void> {
    await this.#office.install(ada, grace, katherine);
    while (!this.killer.isDone) await this.#story(this.#nextCommand());
    const { records } = await this.#world.database.read();
    for (const [sequence, hash] of this.#heads) expect(records[sequence - 1]?.hash).toBe(hash);
  }

  #nextCommand(): string {
    const { state, keyRestrictions } = this.#world.tenant.policy;
    if (state === "disabled") return "enable passkeys";
    if (this.#random.chance(0.3) || keyRestrictions.aaGuids.length > 60) return "disable passkeys";
    const number = String(this.#random.below(1_000_000)).padStart(12, "0");
    return `allow 11111111-2222-4333-8444-${number}`;
  }

  async #story(command: string): Promise<void> {
    const number = await this.#propose(command);
    this.plans = Math.max(this.plans, number);
    for (let looks = 0; looks < 25; looks++) {
      const card = await this.#office.look(grace, number);
      const sight = sightOf(card);
      if (sight === "applied") this.applied += 1;
      if (sight === "applied" || sight === "over") return;
      // What a dead process had in hand is left to it until it has been silent for a while, look by look.
      if (sight === "in doubt") await this.#world.timePasses(isInHand(card) ? A_MOMENT : A_WHILE);
      else await this.#approve(number, card);
    }
    throw new Error(
      `plan #${number} was never decided: ${wholeText(await this.#office.look(grace, number))}`,
    );
  }

  /** Asks until there is a plan: who gets no answer looks what is pending, and says it again when it is not there. */
  async #propose(command: string): Promise<number> {
    const known = Math.max(0, ...this.#office.plansSeen);
    for (let attempt = 1; attempt <= 20; attempt++) {
      let acknowledged = false;
      const asking = async () => {
        const status = await this.#world.teams.say(ada, command);
        acknowledged = status < 300;
        if (!acknowledged) throw new Error(`"${command}" was answered ${status}`);
        return until(
          () => this.#newPlan(known),
          () => `a plan for "${command}"`,
          { within: 20_000 },
        );
      };
      const outcome = await this.killer.during("asking", this.#orKilled(asking), () =>
        this.#howFar(undefined),
      );
      this.messages.acknowledged += acknowledged ? 1 : 0;
      if (outcome.kind === "done") {
        this.messages.saidAgain += attempt > 1 ? 1 : 0;
        return outcome.result;
      }
      const found = await this.#lookForPlan(known);
      if (found !== undefined) {
        this.messages.answeredLater += acknowledged ? 1 : 0;
        return found;
      }
    }
    throw new Error(`"${command}" never became a plan`);
  }

  #newPlan(known: number): number | undefined {
    return this.#office.plansSeen.find((number) => number > known);
  }

  /** After a restart: it is among the pending ones, or a scan that was under way brings it. */
  async #lookForPlan(known: number): Promise<number | undefined> {
    const pending = wholeText(await this.#office.ask(ada, "pending"));
    const numbers = [...pending.matchAll(/#(\d+)/g)].map(([, number]) => Number(number));
    return numbers.find((number) => number > known) ?? this.#newPlan(known);
  }

  async #approve(number: number, card: Message): Promise<void> {
    await this.#press(grace, number, card, "first approval");
    const second = await this.#office.look(katherine, number);
    if (sightOf(second) === "open") await this.#press(katherine, number, second, "second approval");
  }

  /** Presses, and watches the cards change. */
  async #press(person: TeamsPerson, number: number, card: Message, what: string): Promise<void> {
    const { teams } = this.#world;
    const pressing = async () => {
      const before = this.#versions(number);
      const answer = await this.#office.press(person, card, "Approve");
      expect(answer.status).toBe(200);
      expect(answer.text).not.toBe("");
      // Whether the cards change depends on what the press did; a moment is given to them.
      const changed = () => this.#versions(number) !== before || undefined;
      await until(changed, () => "a change", { within: 300 }).catch(() => undefined);
    };
    await this.killer.during(what, this.#orKilled(pressing), () => this.#howFar(number));
    expect(teams.messages.length).toBeGreaterThan(0);
  }

  #versions(number: number): number {
    const cards = this.#world.teams.messages.filter((message) =>
      wholeText(message).includes(`Plan #${number} `),
    );
    return cards.reduce((sum, message) => sum + message.updates, 0);
  }

  /** Gives up as soon as the bot is dead: nothing more comes then. */
  #orKilled<T>(action: () => Promise<T>): () => Promise<T> {
    const { bot } = this.#world;
    return async () => {
      const died = bot.ended().then((): never => {
        throw new Error("the bot was killed");
      });
      // When the action is over first, nobody waits for this any more.
      died.catch(() => undefined);
      return Promise.race([action(), died]);
    };
  }

  /** How far a plan had come when the bot died, by what is stored and by what Graph saw. */
  async #howFar(number: number | undefined): Promise<string> {
    const stored = await this.#world.database.read();
    this.#noteHead(stored);
    if (number === undefined) return stored.plans.length > this.plans ? "plan stored" : "no plan yet";
    const plan = stored.plans.find((each) => each.number === number);
    if (plan === undefined) return "plan missing";
    const { state, approvals } = plan;
    if (state.kind !== "applying") return `${state.kind} with ${approvals.length} approvals`;
    const is = (patch: { clientRequestId: string | undefined }) =>
      patch.clientRequestId === state.clientRequestId;
    if (!this.#world.graph.patches().some(is)) return "intended, not sent";
    return this.#world.writes.patches.some(is) ? "written, not recorded" : "sent, not yet written";
  }

  #noteHead({ records }: Stored): void {
    expect(verifyChain(records).kind).toBe("intact");
    const head = records.at(-1);
    if (head !== undefined) this.#heads.set(head.sequence, head.hash);
  }
}
