import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "../flow/read-card.js";
import { type ClickAnswer, type Message, type TeamsPerson, wholeText } from "../flow/teams.js";
import type { FaultWorld } from "./fault-world.js";
import { pause, until } from "./until.js";

export const { ada, grace, katherine } = SAMPLE_PEOPLE;

/** After so long a write that got no answer arrives no more, whoever judges it; people come back then. */
export const A_WHILE = 41_000;

/** By then a person stops pressing, and comes back later. */
const REFUSED_IN_A_ROW = 10;

/** What a person makes of a plan's card. */
export type Sight = "open" | "applied" | "in doubt" | "over";

/** What people do in front of their chats: they ask, look, and press what is there to be pressed. */
export class Office {
  readonly #world: FaultWorld;
  /** The plan that was asked for last; 0: none. */
  #proposed = 0;
  constructor(world: FaultWorld) {
    this.#world = world;
  }

  async install(...people: readonly TeamsPerson[]): Promise<void> {
    for (const person of people) await this.#world.teams.install(person);
  }

  /** Says something and waits for the first answer after it. @throws Error when none comes, or it was not taken */
  async ask(
    person: TeamsPerson,
    text: string,
    fits: (message: Message) => boolean = () => true,
  ): Promise<Message> {
    const { teams } = this.#world;
    const room = teams.chatOf(person);
    const before = new Set(teams.messages.map((message) => message.id));
    const status = await teams.say(person, text);
    if (status >= 300) throw new Error(`"${text}" was answered ${status}`);
    const look = () =>
      teams.messages.findLast(
        (message) =>
          message.conversation === room.id &&
          !before.has(message.id) &&
          !message.text.startsWith("Asking Microsoft Graph") &&
          fits(message),
      );
    const chat = () => teams.messages.filter((message) => message.conversation === room.id).slice(-5);
    return until(
      look,
      () => `an answer to "${text}"; the last messages are:\n${chat().map(wholeText).join("\n")}`,
    );
  }

  /** Asks for the plan's card, and looks at it. */
  async look(person: TeamsPerson, number: number): Promise<Message> {
    return this.ask(person, `show ${number}`, (message) => wholeText(message).includes(`#${number}`));
  }

  /** The newest copy of a plan's card that a person has, as it stands now. */
  card(person: TeamsPerson, number: number): Message | undefined {
    const { teams } = this.#world;
    const room = teams.chatOf(person).id;
    return teams.messages.findLast((message) => message.conversation === room && titleOf(message) === number);
  }

  /** Numbers of the plans that any card was shown of. */
  get plansSeen(): readonly number[] {
    const numbers = this.#world.teams.messages.flatMap((message) => titleOf(message) ?? []);
    return [...new Set(numbers)].sort((a, b) => a - b);
  }

  /** Ada asks for a change. @returns the number of the plan that comes of it, and Grace's copy of its card */
  async propose(text: string): Promise<{ readonly number: number; readonly card: Message }> {
    await this.#takeBack();
    const known = Math.max(0, ...this.plansSeen);
    await this.#world.teams.say(ada, text);
    const card = await until(
      () => this.card(grace, this.plansSeen.find((number) => number > known) ?? 0),
      () => `a plan for "${text}"`,
    );
    this.#proposed = titleOf(card) ?? 0;
    return { number: this.#proposed, card };
  }

  /** A plan that still waits would be the answer to the same request, instead of a new one. */
  async #takeBack(): Promise<void> {
    const number = this.#proposed;
    const card = this.card(grace, number);
    if (card === undefined || sightOf(card) !== "open") return;
    await this.ask(ada, `cancel ${number}`, (message) => wholeText(message).includes(`#${number}`));
  }

  /**
   * Does what people do until the plan is decided: looks at the card, presses what is open, comes back later when it
   * is not known what happened, and gives up then when reading cannot tell.
   */
  async carryThrough(number: number): Promise<Message> {
    let card = await this.look(grace, number);
    let doubts = 0;
    let refused = 0;
    let answered = "";
    for (let looks = 0; looks < 60; looks++, card = await this.look(grace, number)) {
      const sight = sightOf(card);
      if (sight === "applied" || sight === "over") return card;
      if (sight === "open") {
        answered = (await this.press(grace, card, "Approve")).text;
        if (++refused % REFUSED_IN_A_ROW > 0) continue;
        console.log(`plan #${number}: refused ${refused} times, at last with "${answered}"; back in a while`);
        await this.#world.timePasses(A_WHILE);
      } else if (/Being applied|Waiting for Graph/.test(wholeText(card))) await pause(500);
      else if (doubts++ < 3) await this.#world.timePasses(A_WHILE);
      else await this.ask(ada, `cancel ${number}`);
    }
    throw new Error(
      `plan #${number} was never decided; the last press was answered "${answered}": ${wholeText(card)}`,
    );
  }

  press(person: TeamsPerson, card: Message, button: string): Promise<ClickAnswer> {
    return this.#world.teams.press(person, this.#world.teams.current(card), button);
  }

  /** Presses what stood on the card when it was looked at, whatever became of it since. */
  pressAsItWas(person: TeamsPerson, card: Message | undefined, button: string): Promise<ClickAnswer> {
    if (card === undefined) throw new Error(`${person.name} has no card`);
    return this.#world.teams.press(person, card, button);
  }
}

/** The number in a plan card's title. */
function titleOf(message: Message): number | undefined {
  const found = /Plan #(\d+) /.exec(wholeText(message))?.[1];
  return found === undefined ? undefined : Number(found);
}

export function sightOf(message: Message): Sight {
  const text = wholeText(message);
  if (buttonsOf(message.card).includes("Approve")) return "open";
  if (text.includes("Applied and verified")) return "applied";
  return /Being applied|Waiting for Graph|not known yet/.test(text) ? "in doubt" : "over";
}
