import { randomUUID } from "node:crypto";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { type Message, type TeamsPerson, wholeText } from "../flow/teams.js";
import type { FaultWorld } from "./fault-world.js";
import { type Office, sightOf } from "./office.js";
import { pause, until } from "./until.js";

const { ada, grace, linus, hedy, emmy, katherine } = SAMPLE_PEOPLE;

/** What people ask who only look. Each is one message, and has one answer in the same chat. */
const QUESTIONS: readonly (readonly [TeamsPerson, readonly string[]])[] = [
  [linus, ["who can approve", "is YubiKey 5 NFC allowed", "help"]],
  [emmy, ["show policy", "keys in use", "what is YubiKey 5 NFC"]],
  [hedy, ["help", "guide ios"]],
  [katherine, ["pending", "scan"]],
];
/** So long a plan may be under way before Ada asks for the next change. */
const IN_HAND_MS = 10_000;
/** Between an answer and the next question. */
const BREATH_MS = 400;

/** One message of a person, and what came of it. */
export interface Said {
  readonly person: string;
  readonly text: string;
  /** Of the HTTP request by which Teams delivered it. */
  readonly status: number | string;
  /** undefined: no answer came. */
  readonly answeredAfterMs: number | undefined;
}

/** One press of a button, and what the client was told. */
export interface PressedOnce {
  readonly plan: number;
  readonly status: number | string;
  readonly text: string;
}

/** Several people who use the bot without a pause, each in a chat of their own: who asks and approves, and who looks. */
export class BusyPeople {
  readonly said: Said[] = [];
  readonly presses: PressedOnce[] = [];
  /** Plans of which Grace was not told. */
  readonly cardsMissed: number[] = [];
  /** Plans whose card said in the end that they are in force. */
  applied = 0;
  readonly #world: FaultWorld;
  readonly #office: Office;
  #isOver = false;
  #patienceMs = 0;
  #work: Promise<unknown> = Promise.resolve();

  constructor(world: FaultWorld, office: Office) {
    this.#world = world;
    this.#office = office;
  }

  /** @param patienceMs how long they wait for an answer before they ask the next thing */
  begin(patienceMs: number): void {
    this.#isOver = false;
    this.#patienceMs = patienceMs;
    this.#work = Promise.all([
      this.#propose(),
      ...QUESTIONS.map(([person, texts]) => this.#look(person, texts)),
    ]);
    // What goes wrong is told by `pause`.
    this.#work.catch(() => undefined);
  }

  /** They finish what they are at. @throws what went wrong */
  async pause(): Promise<void> {
    this.#isOver = true;
    await this.#work;
  }

  /** Messages that got no answer, or that Teams was told were not taken. */
  get unanswered(): readonly Said[] {
    return this.said.filter(({ status, answeredAfterMs }) => status !== 200 || answeredAfterMs === undefined);
  }

  /** Chats of people who only look, with more in them than answers to what was said. */
  get answeredTwice(): readonly string[] {
    const { teams } = this.#world;
    return QUESTIONS.flatMap(([person, texts]) => {
      const asked = this.said.filter((each) => each.person === person.name).length;
      const room = teams.chatOf(person).id;
      const there = teams.messages.filter(
        (message) => message.conversation === room && !isUnderWay(message),
      ).length;
      return texts.includes("scan") || there === asked ? [] : [`${person.name}: ${there} for ${asked}`];
    });
  }

  /** Presses at which a person was shown an error. */
  get failedPresses(): readonly PressedOnce[] {
    return this.presses.filter(({ status, text }) => status !== 200 || /something went wrong/i.test(text));
  }

  async #look(person: TeamsPerson, texts: readonly string[]): Promise<void> {
    for (let at = 0; !this.#isOver; at++) {
      const text = texts[at % texts.length] ?? "";
      await this.#say(person, text, (message) => !isUnderWay(message));
      await pause(BREATH_MS);
    }
  }

  /** Ada asks for one model after the other, Grace approves each. */
  async #propose(): Promise<void> {
    while (!this.#isOver) {
      const known = Math.max(0, ...this.#office.plansSeen);
      const isNew = (message: Message) => (numberOf(message) ?? 0) > known;
      const card = await this.#say(ada, `allow ${randomUUID()}`, isNew);
      const number = card && numberOf(card);
      if (number === undefined) continue;
      await this.#approve(number);
      await pause(BREATH_MS);
    }
  }

  async #approve(number: number): Promise<void> {
    const sent = () => this.#office.card(grace, number);
    const came = await until(sent, () => "", { within: this.#patienceMs }).catch(() => undefined);
    if (came === undefined) this.cardsMissed.push(number);
    // Ada told her of it.
    const mine = came ?? (await this.#office.look(grace, number));
    const answer = await this.#office
      .press(grace, mine, "Approve")
      .then(({ status, statusCode, text }) => ({
        status: statusCode === 200 ? status : `${statusCode}`,
        text,
      }))
      .catch((error: unknown) => ({ status: String(error), text: "" }));
    this.presses.push({ plan: number, ...answer });
    const settled = () => ["applied", "over"].includes(this.sight(number)) || undefined;
    await until(settled, () => "", { within: IN_HAND_MS }).catch(() => undefined);
    if (this.sight(number) === "applied") this.applied += 1;
  }

  /** What Grace's card of a plan says now. */
  sight(number: number): ReturnType<typeof sightOf> {
    const card = this.#office.card(grace, number);
    return card === undefined ? "open" : sightOf(card);
  }

  /** @returns the answer; undefined: none came */
  async #say(
    person: TeamsPerson,
    text: string,
    fits: (message: Message) => boolean,
  ): Promise<Message | undefined> {
    const { teams } = this.#world;
    const room = teams.chatOf(person).id;
    const before = new Set(teams.messages.map(({ id }) => id));
    const began = performance.now();
    const status = await teams.say(person, text).catch((error: unknown) => String(error));
    const look = () =>
      teams.messages.findLast(
        (message) => message.conversation === room && !before.has(message.id) && fits(message),
      );
    const answer =
      status === 200
        ? await until(look, () => "", { within: this.#patienceMs }).catch(() => undefined)
        : undefined;
    const answeredAfterMs = answer === undefined ? undefined : performance.now() - began;
    this.said.push({ person: person.name, text, status, answeredAfterMs });
    return answer;
  }
}

/** What stands there until the answer takes its place, or once the answer came elsewhere. */
const isUnderWay = ({ text }: Message): boolean =>
  /^(Asking Microsoft Graph|Microsoft Graph took)/.test(text);

function numberOf(message: Message): number | undefined {
  const found = /Plan #(\d+) /.exec(wholeText(message))?.[1];
  return found === undefined ? undefined : Number(found);
}
