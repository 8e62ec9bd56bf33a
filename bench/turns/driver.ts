import { chatOf, messageFrom, pressFrom, type Room, type Sender } from "../../simulators/teams/activities.js";
import type { ConnectorServer } from "../../simulators/teams/connector-server.js";
import { type PressOutcome, pressButton } from "../../simulators/teams/press-button.js";
import { isJsonObject, type JsonObject } from "../../src/core/json.js";
import type { Arrivals, Arrived } from "./arrivals.js";
import { type Answered, sendActivity } from "./bot-client.js";
import { buttonOf, says } from "./card-facts.js";
import { type Turn, wordsOf } from "./turn-words.js";

/** Answers that count: an echo is words, all else a card. */
const FITS: Readonly<Record<Turn, (arrived: Arrived) => boolean>> = {
  echo: ({ text }) => text.startsWith("Echo: "),
  "show policy": ({ card }) => card !== undefined,
  "enable passkeys": ({ card }) => buttonOf(card, "Cancel") !== undefined,
};

/** A plan that waits, and who asked for it. */
export interface WaitingPlan {
  readonly number: number;
  readonly requester: Sender;
  readonly botUrl: string;
}

/** What a load was like. */
export interface LoadFigures {
  /** From the first activity until the last answer. */
  readonly seconds: number;
  /** From sending an activity until its answer was here, in milliseconds. */
  readonly latencies: readonly number[];
  /** Plans that were made. */
  readonly plans: readonly WaitingPlan[];
}

export interface Load {
  readonly turn: Turn;
  /** Taken in turns, as by a load balancer. */
  readonly botUrls: readonly string[];
  /** Each writes in a chat of their own; who has waited longest is the next. */
  readonly people: readonly Sender[];
  /** How many of them wait for an answer at a time. */
  readonly atOnce: number;
  readonly count: number;
}

export interface Approval {
  readonly botUrl: string;
  readonly room: Room;
  readonly requester: Sender;
  readonly approver: Sender;
  /** The approver's single sign-on token. */
  readonly ssoToken: string;
}

/** What an approval took, in milliseconds, until the bot said that it is applied. */
export interface ApprovalTimes {
  /** From the first press. */
  readonly milliseconds: number;
  /** From the press that carries the token. */
  readonly sinceTokenMs: number;
}

export interface DriverParts {
  readonly connector: ConnectorServer;
  readonly arrivals: Arrivals;
  /** What the activities are signed with. */
  readonly token: string;
  readonly appIdUri: string;
}

/** Plays the people in front of Teams. */
export class Driver {
  readonly #parts: DriverParts;
  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /** One after the other sends and waits for the answer, so many at a time, until there are as many as asked for. */
  async load({ turn, botUrls, people, atOnce, count }: Load): Promise<LoadFigures> {
    const latencies: number[] = [];
    const plans: WaitingPlan[] = [];
    const free = [...people];
    let sent = 0;
    const worker = async () => {
      for (let person = free.shift(); person !== undefined && sent < count; person = free.shift()) {
        const botUrl = pick(botUrls, sent);
        const words = wordsOf(turn, sent);
        sent += 1;
        const sentAt = performance.now();
        const { at, card } = await this.#ask(botUrl, person, chatOf(person), words, FITS[turn]);
        latencies.push(at - sentAt);
        const number = buttonOf(card, "Cancel")?.data.planId;
        if (number !== undefined) plans.push({ number: Number(number), requester: person, botUrl });
        free.push(person);
      }
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: atOnce }, worker));
    return { seconds: (performance.now() - startedAt) / 1000, latencies, plans };
  }

  /** Cancels them, a few at a time: nobody has a thousand plans waiting. */
  async cancel(plans: readonly WaitingPlan[]): Promise<void> {
    const left = [...plans];
    const worker = async () => {
      for (let plan = left.pop(); plan !== undefined; plan = left.pop()) {
        const { number, requester, botUrl } = plan;
        const said = (arrived: Arrived) => arrived.text.startsWith(`Plan #${number} is cancelled`);
        await this.#ask(botUrl, requester, chatOf(requester), `cancel ${number}`, said);
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
  }

  /** Resolves when the bots have done what they do after their answers. */
  quiet(): Promise<void> {
    return this.#parts.arrivals.quiet();
  }

  /** Says something once, and waits for a card or words that say so. */
  async say(botUrl: string, person: Sender, room: Room, text: string, answer: string): Promise<void> {
    await this.#ask(
      botUrl,
      person,
      room,
      text,
      (came) => came.text.includes(answer) || says(came.card, answer),
    );
  }

  /**
   * Makes a plan and approves it, as the Teams client does: the first press is answered with a request to sign in,
   * the second one has the token.
   */
  async approve({ botUrl, room, requester, approver, ssoToken }: Approval): Promise<ApprovalTimes> {
    const shown = await this.#ask(
      botUrl,
      requester,
      room,
      "enable passkeys",
      ({ card }) => buttonOf(card, "Approve") !== undefined,
    );
    const { verb, data } = buttonOf(shown.card, "Approve") ?? { verb: "", data: {} };
    const action = { type: "Action.Execute", title: "Approve", verb, data };
    const { connector, arrivals, appIdUri } = this.#parts;
    const redrawn = arrivals.next(room.id, ({ card }) => says(card, APPLIED));
    const startedAt = performance.now();
    let signedInAt = startedAt;
    const outcome = await pressButton(pressFrom(connector, approver, room, { card: shown.id, action }), {
      deliver: (activity) => this.#send(botUrl, activity),
      signIn: async () => {
        signedInAt = performance.now();
        return ssoToken;
      },
      appIdUri,
    });
    const answeredAt = performance.now();
    if (!isApplied(outcome)) throw new Error(`approved, and not applied: ${JSON.stringify(outcome)}`);
    await redrawn;
    return { milliseconds: answeredAt - startedAt, sinceTokenMs: answeredAt - signedInAt };
  }

  async #ask(
    botUrl: string,
    person: Sender,
    room: Room,
    text: string,
    fits: (arrived: Arrived) => boolean,
  ): Promise<Arrived> {
    const { connector, arrivals } = this.#parts;
    connector.conversations.install(room.id);
    const answer = arrivals.next(room.id, fits);
    const message = messageFrom(connector, person, room, text);
    const [arrived] = await Promise.all([answer, this.#send(botUrl, message)]);
    return arrived;
  }

  async #send(botUrl: string, activity: JsonObject): Promise<Answered> {
    const answer = await sendActivity(botUrl, this.#parts.token, activity);
    const { status, text } = answer;
    if (status !== 200) throw new Error(`the bot answered ${status} to an activity: ${text}`);
    return answer;
  }
}

const APPLIED = "Applied and verified";

function isApplied(outcome: PressOutcome): boolean {
  if (outcome.kind !== "answered" || outcome.answer.kind !== "answered" || !outcome.signedIn) return false;
  const { body } = outcome.answer;
  return isJsonObject(body) && says(body.value, APPLIED);
}

function pick<T>(all: readonly T[], nth: number): T {
  const one = all[nth % all.length];
  if (one === undefined) throw new Error("there is nothing to choose from");
  return one;
}
