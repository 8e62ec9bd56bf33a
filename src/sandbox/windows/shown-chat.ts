import type { Message, MessageLog } from "../../../simulators/teams/message-log.js";
import type { JsonObject } from "../../core/json.js";
import type { ChannelPerson } from "./channel-people.js";
import type { PlaygroundWindow } from "./playground-window.js";

/**
 * One chat as the windows show it; Teams keeps it. A Playground gives messages ids of its own, forgets them when
 * its page is loaded again, and never shows what came before the page was open. So the chat is shown again whenever
 * a window opens, and a group chat is shown in everybody's window. (Not so channels: their threads are named by ids
 * that each Playground makes up.)
 */
export class ShownChat {
  readonly id: string;
  readonly windows: readonly PlaygroundWindow[];
  readonly #messages: MessageLog;
  /** The id by which each window knows a message, by the message's own. */
  readonly #shownAs = new Map<string, Map<PlaygroundWindow, string>>();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(id: string, windows: readonly PlaygroundWindow[], messages: MessageLog) {
    this.id = id;
    this.windows = windows;
    this.#messages = messages;
  }

  /** Shows a new message in every window, but for those that show it already and the one it was typed in. */
  show(message: Message, typedIn?: PlaygroundWindow): Promise<void> {
    return this.#inOrder(async () => {
      for (const window of this.windows) {
        const isShown = this.#shownAs.get(message.id)?.has(window) ?? false;
        if (!isShown && window !== typedIn) await this.#show(message, window);
      }
    });
  }

  /** Redraws a message wherever it is shown. */
  redraw(message: Message): Promise<void> {
    return this.#inOrder(async () => {
      for (const [window, shownId] of this.#shownAs.get(message.id) ?? []) {
        await window.redraw(this.id, shownId, drawnAs(message));
      }
    });
  }

  /** Adds what a person says. What was typed stands in that window already. */
  note(author: ChannelPerson, text: string, typedIn?: PlaygroundWindow): Promise<void> {
    const message = { conversation: this.id, author: author.key, activity: saying(author, text) };
    return this.show(this.#messages.post(message), typedIn);
  }

  /** Shows the whole chat in a window whose page was just loaded, as it stands now. */
  replay(window: PlaygroundWindow): Promise<void> {
    return this.#inOrder(async () => {
      for (const message of this.#messages.of(this.id)) await this.#show(message, window);
    });
  }

  /** The id of the message that a window knows by an id of its own. */
  idOf(window: PlaygroundWindow, shownId: string): string | undefined {
    return [...this.#shownAs].find(([, shown]) => shown.get(window) === shownId)?.[0];
  }

  async #show(message: Message, window: PlaygroundWindow): Promise<void> {
    if (!window.open) return;
    const shownId = await window.show(this.id, drawnAs(message));
    if (shownId === undefined) return;
    const shown = this.#shownAs.get(message.id) ?? new Map<PlaygroundWindow, string>();
    this.#shownAs.set(message.id, shown.set(window, shownId));
  }

  /** One thing after the other: a replay must not overtake a message, nor an update its message. */
  #inOrder<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** What a person says, as the bot's message: the Playground draws no other that was not typed in it. */
export const saying = ({ name }: ChannelPerson, text: string): JsonObject => ({
  type: "message",
  textFormat: "plain",
  text: `${name}: ${text}`,
});

/** The Playground cannot delete. */
const DELETED: JsonObject = { type: "message", text: "_This message has been deleted._" };

function drawnAs({ deleted, versions }: Message): JsonObject {
  return deleted ? DELETED : (versions.at(-1)?.activity ?? {});
}
