import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { activitiesToMutate, isGenuineApproval, type Waiting } from "./activities-to-mutate.js";
import { sqliteDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { howMany, PATIENCE_MS } from "./how-many.js";
import { INTACT } from "./judge.js";
import { mutatedJson } from "./mutated-json.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { secretsIn } from "./secrets-in.js";
import { seedOfRun } from "./seed-of-run.js";
import { tally } from "./tally.js";
import { until } from "./until.js";

const COUNT = howMany(5_000, 25_000);
/** On one plan, before the next one is asked for. */
const EACH_ROUND = 250;
/** At a time. */
const SENDERS = 8;
/** What they may be answered; the channel signed all of them. */
const USUAL = [200, 400, 401, 413];
const MEMORY_MAY_GROW_BY_MB = 300;

it(
  `${COUNT} mutated activities: no write that nobody approved, no secret, no mistake, and the bot lives on`,
  async () => {
    const seed = seedOfRun();
    const random = new SeededRandom(seed);
    const world = await FaultWorld.open({ database: sqliteDatabase(), tenant: { people: 10 } });
    try {
      const run = new Run(world);
      const untouched = structuredClone(world.tenant.policy);
      let memory = 0;
      for (let sent = 0; sent < COUNT; sent += EACH_ROUND) {
        world.writes.reset(untouched);
        await run.round(random, Math.min(EACH_ROUND, COUNT - sent));
        if (sent === 4 * EACH_ROUND) memory = memoryOf(world.bot.pid);
      }
      world.writes.reset(untouched);
      const grown = memory === 0 ? 0 : memoryOf(world.bot.pid) - memory;
      await run.worksAsBefore();

      const verdict = await world.judge();
      const unexpected = await run.writesNobodyApproved();
      const failed = [...run.statuses]
        .filter(([status]) => status >= 500)
        .reduce((sum, [, times]) => sum + times, 0);
      tally(
        "mutated activities",
        COUNT,
        verdict,
        `Seed ${seed}; ${run.figures()}; ${world.writes.patches.length} approved writes, ${unexpected.length} unexpected; ` +
          `${failed} answers 5xx; memory ${grown < 0 ? "" : "+"}${grown} MB.`,
      );
      expect(unexpected).toEqual([]);
      expect(verdict).toEqual(INTACT);
      expect(failed).toBeLessThanOrEqual(COUNT / 1_000);
      expect([...run.statuses.keys()].filter((status) => status < 500 && !USUAL.includes(status))).toEqual(
        [],
      );
      expect(run.mistakes()).toEqual([]);
      expect(secretsIn(world, run.answers)).toEqual([]);
      expect(grown).toBeLessThan(MEMORY_MAY_GROW_BY_MB);
    } catch (error) {
      console.log(`seed ${seed}:\n${world.bot.output.slice(-3_000)}`);
      throw error;
    } finally {
      await world.close();
    }
  },
  PATIENCE_MS,
);

class Run {
  readonly office: Office;
  readonly statuses = new Map<number, number>();
  /** What was answered, each text once. */
  readonly answers = new Set<string>();
  readonly #world: FaultWorld;
  /** Plans that were approved as a person approves them. */
  readonly #approved = new Set<number>();

  constructor(world: FaultWorld) {
    this.#world = world;
    this.office = new Office(world);
  }

  /** Asks for a plan, and sends so many mutated activities about it. */
  async round(random: SeededRandom, count: number): Promise<void> {
    const waiting = await this.#plan();
    const { entra, teams } = this.#world;
    const activities = activitiesToMutate(this.#world, waiting);
    const authorization = `Bearer ${await entra.issueChannelToken({ serviceUrl: teams.serviceUrl })}`;
    const texts = Array.from({ length: count }, () => mutatedJson(random, random.pick(activities)()));
    if (texts.some((text) => isGenuineApproval(text, waiting, this.#world)))
      this.#approved.add(waiting.number);
    const senders = Array.from({ length: SENDERS }, async () => {
      for (let text = texts.pop(); text !== undefined; text = texts.pop())
        await this.#send(text, authorization);
    });
    await Promise.all(senders);
    await this.office.ask(ada, `cancel ${waiting.number}`);
    // A click that came late may still be writing.
    const isOver = async () => {
      const sight = sightOf(await this.office.look(ada, waiting.number));
      return sight === "applied" || sight === "over" ? true : undefined;
    };
    await until(isOver, () => `plan #${waiting.number} to be decided`, { within: 120_000, every: 500 });
  }

  async worksAsBefore(): Promise<void> {
    expect(await this.#world.bot.status("/readyz")).toBe(200);
    const { number } = await this.#plan();
    this.#approved.add(number);
    expect(sightOf(await this.office.carryThrough(number))).toBe("applied");
  }

  async writesNobodyApproved(): Promise<readonly string[]> {
    const { records } = await this.#world.database.read();
    const intents = records.filter(({ event }) => event === "write-intended");
    return this.#world.graph.patches().flatMap(({ clientRequestId }) => {
      const intent = intents.find(({ detail }) => detail.clientRequestId === clientRequestId);
      const number = intent?.planNumber;
      return number !== undefined && this.#approved.has(number)
        ? []
        : [`${clientRequestId} for plan #${number}`];
    });
  }

  /** What the log and the chats say went wrong inside. */
  mistakes(): readonly string[] {
    const { bot, teams } = this.#world;
    const logged = bot.output.split("\n").filter((line) => line.includes('"level":"error"'));
    const said = teams.messages
      .map(({ text }) => text)
      .filter((text) => text.includes("went wrong on our side"));
    // Where the activity itself named a conversation, or a message in it, that Teams does not have.
    const inside = logged.filter(
      (line) => !/"code":"(?:ConversationNotFound|ActivityNotFoundInConversation)/.test(line),
    );
    return [...inside.map((line) => line.slice(0, 1_000)), ...said].slice(0, 5);
  }

  figures(): string {
    const sorted = [...this.statuses].toSorted(([one], [other]) => one - other);
    return sorted.map(([status, times]) => `${times} answered ${status}`).join(", ");
  }

  async #plan(): Promise<Waiting> {
    // What was sent before may have removed the bot from their chats.
    await this.office.install(ada, grace, katherine);
    // An answer there says that the chat is known again.
    for (const person of [ada, grace, katherine]) await this.office.ask(person, "help");
    // What was asked for and waits already is not asked for again.
    const { plans } = await this.#world.database.read();
    for (const { number, state } of plans) {
      if (state.kind === "waiting") await this.office.ask(ada, `cancel ${number}`);
    }
    const { number, card } = await this.office.propose("enable passkeys");
    const { entra } = this.#world;
    const tokens = {
      grace: await entra.issueSsoToken(grace.id),
      katherine: await entra.issueSsoToken(katherine.id),
      expired: await entra.issueSsoToken(grace.id, { expiresIn: -3_600 }),
    };
    return { number, card, tokens };
  }

  async #send(body: string, authorization: string): Promise<void> {
    const answer = await fetch(`${this.#world.bot.url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body,
    });
    this.answers.add(await answer.text());
    this.statuses.set(answer.status, (this.statuses.get(answer.status) ?? 0) + 1);
  }
}

/** What a process holds in memory, in MB. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
