import type { SimulatedEntra } from "../../simulators/entra/simulated-entra.js";
import {
  chatOf,
  installationFrom,
  messageFrom,
  pressFrom,
  type Room,
  type Sender,
  signInFailureFrom,
  signInWindowClosedFrom,
} from "../../simulators/teams/activities.js";
import type { BotAnswer } from "../../simulators/teams/bot-endpoint.js";
import type { ConnectorRecord } from "../../simulators/teams/connector.js";
import type { Message } from "../../simulators/teams/message-log.js";
import { pressButton } from "../../simulators/teams/press-button.js";
import {
  type SimulatedTeams,
  startTeams,
  type TeamsOptions,
} from "../../simulators/teams/simulated-teams.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { until } from "../faults/until.js";
import { type Card, findButton, textOf } from "./read-card.js";

export type { Message } from "../../simulators/teams/message-log.js";
export type TeamsPerson = Sender;

/** What the bot said to a click: HTTP status and the body of the invoke response. */
export interface ClickAnswer {
  readonly status: number;
  readonly statusCode: number | undefined;
  readonly type: string | undefined;
  readonly text: string;
  readonly value: unknown;
  /** Whether the client had to sign the person in on the way. */
  readonly signedIn: boolean;
  /** Where the button leads that the client shows, where it cannot sign the person in. */
  readonly signInAddress?: string;
}

/** That an answer takes longer, news of models, and the digest of the week. */
const NO_ANSWER = /the answer comes here\.|took longer than usual\.|Models · found|^Passkeys this week/;

type Answered = Extract<BotAnswer, { kind: "answered" }>;

/** What people do in Teams, and what they see there. */
export class Teams {
  /** The bot's endpoint; set when it runs. */
  botUrl = "";
  readonly #entra: SimulatedEntra;
  readonly #tenant: SimulatedTenant;
  #teams!: SimulatedTeams;
  /** Messages that the bot did not take, told where an answer is missing. */
  readonly #notTaken: string[] = [];

  private constructor(entra: SimulatedEntra, tenant: SimulatedTenant) {
    this.#entra = entra;
    this.#tenant = tenant;
  }

  static async start(
    entra: SimulatedEntra,
    tenant: SimulatedTenant,
    secure?: TeamsOptions["secure"],
  ): Promise<Teams> {
    const teams = new Teams(entra, tenant);
    const botEndpoint = () => `${teams.botUrl}/api/messages`;
    teams.#teams = await startTeams({ tenant, entra, botEndpoint, secure });
    return teams;
  }

  get serviceUrl(): string {
    return this.#teams.serviceUrl;
  }

  get messages(): readonly Message[] {
    return this.#teams.messages.standing;
  }

  /** All requests to the connector. */
  get received(): readonly ConnectorRecord[] {
    return this.#teams.requests;
  }

  close(): Promise<void> {
    return this.#teams.close();
  }

  chatOf(person: TeamsPerson): Room {
    return chatOf(person);
  }

  /** The person installs the bot for themselves. */
  async install(person: TeamsPerson): Promise<void> {
    await this.send(installationFrom(this.#teams, person, chatOf(person)));
  }

  async say(person: TeamsPerson, text: string, room: Room = chatOf(person)): Promise<number> {
    const { status } = await this.send(messageFrom(this.#teams, person, room, text));
    if (status !== 200) this.#notTaken.push(`${status} to ${JSON.stringify(text)} of ${person.name}`);
    return status;
  }

  /** The person's client says why it could not sign in silently. */
  async failSignIn(person: TeamsPerson, code: string, room: Room = chatOf(person)): Promise<number> {
    return (await this.send(signInFailureFrom(this.#teams, person, room, code))).status;
  }

  /** The person's client reports that a sign-in window closed, as it does for a button that is on no card. */
  async closeSignInWindow(person: TeamsPerson, state: string): Promise<BotAnswer> {
    return this.send(signInWindowClosedFrom(this.#teams, person, chatOf(person), state));
  }

  /** Presses a button of a card as the Teams client does, signing in when the bot asks for it. */
  async press(
    person: TeamsPerson,
    message: Message,
    title: string,
    options: {
      inputs?: JsonObject;
      data?: JsonObject;
      token?: string;
      /** The client cannot sign the person in by itself. */
      notSilently?: true;
      /** What the client adds when the press comes again from a sign-in window. */
      state?: string;
      /** Called when the client signs the person in, before the press goes out again. */
      onSignIn?: () => void;
    } = {},
  ): Promise<ClickAnswer> {
    const button = findButton(message.card, title);
    const data = options.data ?? { ...button.data, ...options.inputs };
    const kind = message.conversation.startsWith("a:") ? "personal" : "channel";
    const room: Room = { id: message.conversation, kind };
    const action = { type: "Action.Execute", verb: button.verb, data, title };
    const state = options.state === undefined ? {} : { state: options.state };
    const pressed = { card: message.id, action, ...state };
    const outcome = await pressButton(pressFrom(this.#teams, person, room, pressed), {
      deliver: (activity) => this.send(activity),
      signIn: async () => {
        options.onSignIn?.();
        return options.notSilently
          ? undefined
          : (options.token ?? (await this.#entra.issueSsoToken(person.id)));
      },
      appIdUri: this.#tenant.appIdUri,
    });
    if (outcome.kind === "unusable-login") {
      throw new Error(`a sign-in request that Teams would not take: ${outcome.problems.join("; ")}`);
    }
    if (outcome.kind === "sign-in-button") {
      return { ...readAnswer(answered(outcome.answer), false), signInAddress: outcome.address };
    }
    return readAnswer(answered(outcome.answer), outcome.signedIn);
  }

  /**
   * Sends any activity, signed as Teams' service signs it unless told otherwise; a member that is undefined is left out.
   * @throws Error when no answer comes
   */
  async send(activity: object, authorization?: string): Promise<Answered> {
    return answered(await this.#teams.send(activity as JsonObject, authorization));
  }

  /** An activity as Teams would send it, for tests that change something about it. */
  message(person: TeamsPerson, text: string): JsonObject {
    return messageFrom(this.#teams, person, chatOf(person), text);
  }

  /** The newest message of a conversation that fits, as soon as there is one. */
  async find(room: Room, fits: (message: Message) => boolean, what: string): Promise<Message> {
    const look = () => this.messages.findLast((message) => message.conversation === room.id && fits(message));
    return eventually(look, () => `${what} in ${room.id}; there is:\n${this.#transcript(room)}`);
  }

  findText(room: Room, text: string | RegExp): Promise<Message> {
    return this.find(room, (message) => matches(wholeText(message), text), `a message with ${text}`);
  }

  /**
   * What was answered in a conversation after so many messages, as it reads now. That an answer takes longer than usual is
   * said in its place on a busy machine, and is none; news that the bot tells of its own accord are none either.
   */
  answerAfter(seen: number, conversation: string): Message | undefined {
    return this.messages
      .slice(seen)
      .filter((message) => message.conversation === conversation)
      .map((message) => this.current(message))
      .find((message) => !NO_ANSWER.test(wholeText(message)));
  }

  /** The current version of a message. */
  current({ conversation, id }: Message): Message {
    const message = this.#teams.messages.find(conversation, id);
    if (message === undefined) throw new Error(`there never was a message ${id} in ${conversation}`);
    return message;
  }

  #transcript(room: Room): string {
    return this.#teams.messages
      .of(room.id)
      .map((message) => `- ${wholeText(message)}`)
      .concat(this.#notTaken.map((said) => `- the bot answered ${said}`))
      .join("\n");
  }
}

export function wholeText(message: Pick<Message, "text" | "card">): string {
  return `${message.text} ${textOf(message.card)}`.trim();
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}

function answered(answer: BotAnswer): Answered {
  if (answer.kind === "silent") throw new Error(`the bot did not answer: ${answer.why}`);
  return answer;
}

function readAnswer({ status, body, text }: Answered, signedIn: boolean): ClickAnswer {
  const { statusCode, type, value } = (isJsonObject(body) ? body : {}) as {
    statusCode?: number;
    type?: string;
    value?: Json;
  };
  const words =
    typeof value === "string" ? value : type?.endsWith("card.adaptive") ? textOf(value as Card) : text;
  return { status, statusCode, type, value, text: words, signedIn };
}

/** Waits until something is there: long enough for a machine that has other work to do. */
export function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: () => string,
): Promise<T> {
  return until(look, what, { within: 120_000 });
}
