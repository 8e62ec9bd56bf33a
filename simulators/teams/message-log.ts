import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { textIn } from "../http/json-over-http.js";

/** What a message says. */
export interface MessageContent {
  readonly text: string;
  /** Its first card. */
  readonly card: JsonObject | undefined;
}

/** What a message said from some moment on. */
export interface MessageVersion extends MessageContent {
  /** When Teams got it, in milliseconds. */
  readonly at: number;
  readonly activity: JsonObject;
}

/** A message as it stands after its last change. */
export interface Message extends MessageContent {
  /** Counts all messages of the log from 1. */
  readonly number: number;
  readonly id: string;
  readonly conversation: string;
  /** undefined: the bot wrote it. */
  readonly author: string | undefined;
  /** How often it was changed after it was posted. */
  readonly updates: number;
  /** Oldest first; none in a log that keeps no contents. */
  readonly versions: readonly MessageVersion[];
  /** What is left of it is this: that it was there. */
  readonly deleted: boolean;
}

export interface NewMessage {
  readonly conversation: string;
  /** Left out: the bot. */
  readonly author?: string;
  readonly activity: JsonObject;
}

/** All messages there are, kept where Teams keeps them: in the service. */
export class MessageLog {
  readonly #messages: Message[] = [];
  readonly #positions = new Map<string, number>();
  readonly #keepsContents: boolean;
  readonly #idOf: (number: number) => string;
  #lastId = 0;

  /** @param keepsContents false: what a load of thousands says is forgotten, and only that it was said is known */
  constructor(keepsContents = true, idOf?: (number: number) => string) {
    this.#keepsContents = keepsContents;
    this.#idOf = idOf ?? (() => this.#timeId());
  }

  /** Those that were not deleted, in the order in which they came. */
  get standing(): readonly Message[] {
    return this.#messages.filter(({ deleted }) => !deleted);
  }

  /** All of a conversation, what is left of deleted ones included. */
  of(conversation: string): readonly Message[] {
    return this.#messages.filter((message) => message.conversation === conversation);
  }

  /** The message as it stands now, or what is left of it; undefined when there never was one. */
  find(conversation: string, id: string): Message | undefined {
    return this.#messages[this.#positions.get(keyOf(conversation, id)) ?? -1];
  }

  /** Teams' ids are the time in milliseconds, too. */
  #timeId(): string {
    this.#lastId = Math.max(this.#lastId + 1, Date.now());
    return String(this.#lastId);
  }

  post({ conversation, author, activity }: NewMessage): Message {
    const number = this.#messages.length + 1;
    const identity = { number, id: this.#idOf(number), conversation, author };
    return this.#keep({ ...identity, ...this.#saying(activity, []), updates: 0, deleted: false });
  }

  /** Changes a message of the bot; undefined when there is none of that id, or no more. */
  change(conversation: string, id: string, activity: JsonObject): Message | undefined {
    const message = this.#ofBot(conversation, id);
    return (
      message &&
      this.#keep({ ...message, ...this.#saying(activity, message.versions), updates: message.updates + 1 })
    );
  }

  /** Deletes a message of the bot; undefined when there is none of that id, or no more. */
  remove(conversation: string, id: string): Message | undefined {
    const message = this.#ofBot(conversation, id);
    return message && this.#keep({ ...message, deleted: true });
  }

  #ofBot(conversation: string, id: string): Message | undefined {
    const message = this.find(conversation, id);
    return message?.author === undefined && message?.deleted === false ? message : undefined;
  }

  #saying(
    activity: JsonObject,
    earlier: readonly MessageVersion[],
  ): MessageContent & Pick<Message, "versions"> {
    if (!this.#keepsContents) return NOTHING_KEPT;
    const content = contentOf(activity);
    return { ...content, versions: [...earlier, { at: Date.now(), ...content, activity }] };
  }

  #keep(message: Message): Message {
    this.#messages[message.number - 1] = message;
    this.#positions.set(keyOf(message.conversation, message.id), message.number - 1);
    return message;
  }
}

const NOTHING_KEPT = { text: "", card: undefined, versions: [] } as const;

const keyOf = (conversation: string, id: string): string => `${conversation} ${id}`;

/** The words and the card of a message. */
export function contentOf(activity: JsonObject): MessageContent {
  const [first] = Array.isArray(activity.attachments) ? (activity.attachments as readonly Json[]) : [];
  const card = isJsonObject(first) && isJsonObject(first.content) ? first.content : undefined;
  return { text: textIn(activity, "text"), card };
}
