import type { JsonObject } from "../../core/json.js";
import type { ChannelPerson } from "./channel-people.js";
import type { PlaygroundWindow } from "./playground-window.js";

interface Entry {
  readonly id: string;
  /** undefined: the bot wrote it. */
  readonly author: ChannelPerson | undefined;
  activity: JsonObject;
  /** The id by which each window knows it. */
  readonly shownAs: Map<PlaygroundWindow, string>;
}

/**
 * One chat, kept where Teams keeps it: in the service. A Playground gives messages ids of its own, forgets them when
 * its page is loaded again, and never shows what came before the page was open. So the chat is shown again whenever
 * a window opens, and a group chat is shown in everybody's window. (Not so channels: their threads are named by ids
 * that each Playground makes up.)
 */
export class ConversationLog {
  readonly id: string;
  readonly windows: readonly PlaygroundWindow[];
  readonly #entries: Entry[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #lastId = 0;

  constructor(id: string, windows: readonly PlaygroundWindow[]) {
    this.id = id;
    this.windows = windows;
  }

  /** Adds a message of the bot and answers its id. */
  post(activity: JsonObject): Promise<string> {
    return this.#inOrder(async () => {
      const entry = this.#add(undefined, activity);
      for (const window of this.windows) await this.#show(entry, window);
      return entry.id;
    });
  }

  /** Changes a message of the bot; false when there is none of that id. */
  update(id: string, activity: JsonObject): Promise<boolean> {
    return this.#inOrder(async () => {
      const entry = this.#entries.find((entry) => entry.id === id && entry.author === undefined);
      if (entry === undefined) return false;
      entry.activity = activity;
      for (const [window, shownId] of entry.shownAs) await window.redraw(this.id, shownId, activity);
      return true;
    });
  }

  /** Adds what a person wrote. It stands in that person's window already, so the others are shown it. */
  note(author: ChannelPerson, text: string): Promise<void> {
    return this.#inOrder(async () => {
      const entry = this.#add(author, {
        type: "message",
        textFormat: "plain",
        text: `${author.name}: ${text}`,
      });
      for (const window of this.windows) {
        if (window.person.key !== author.key) await this.#show(entry, window);
      }
    });
  }

  /** Shows the whole chat in a window whose page was just loaded, as it stands now. */
  replay(window: PlaygroundWindow): Promise<void> {
    return this.#inOrder(async () => {
      for (const entry of this.#entries) await this.#show(entry, window);
    });
  }

  /** The id of the message that a window knows by an id of its own. */
  idOf(window: PlaygroundWindow, shownId: string): string | undefined {
    return this.#entries.find((entry) => entry.shownAs.get(window) === shownId)?.id;
  }

  #add(author: ChannelPerson | undefined, activity: JsonObject): Entry {
    // Teams' ids are the time in milliseconds, too.
    this.#lastId = Math.max(this.#lastId + 1, Date.now());
    const entry = { id: String(this.#lastId), author, activity, shownAs: new Map() };
    this.#entries.push(entry);
    return entry;
  }

  async #show(entry: Entry, window: PlaygroundWindow): Promise<void> {
    if (!window.open) return;
    const shownId = await window.show(this.id, entry.activity);
    if (shownId !== undefined) entry.shownAs.set(window, shownId);
  }

  /** One thing after the other: a replay must not overtake a message, nor an update its message. */
  #inOrder<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}
