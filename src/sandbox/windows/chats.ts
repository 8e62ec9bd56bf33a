import type { MessageLog } from "../../../simulators/teams/message-log.js";
import type { PlaygroundWindow } from "./playground-window.js";
import { ShownChat } from "./shown-chat.js";

/** Where a conversation is shown. */
export type Place =
  /** A personal or group chat, which Teams keeps. */
  | { readonly kind: "chat"; readonly chat: ShownChat }
  /** A channel or its team: it lives in one window. */
  | { readonly kind: "channel"; readonly window: PlaygroundWindow };

/** All conversations that are shown in windows. */
export class Chats {
  readonly #chats: ReadonlyMap<string, ShownChat>;
  readonly #windows: readonly PlaygroundWindow[];

  constructor(windows: readonly PlaygroundWindow[], messages: MessageLog) {
    this.#windows = windows;
    const own = windows.map((window) => new ShownChat(window.person.personalChat, [window], messages));
    const groups = groupChatsOf(windows).map((id) => {
      const members = windows.filter(({ person }) => person.groupChat.id === id);
      return new ShownChat(id, members, messages);
    });
    this.#chats = new Map([...own, ...groups].map((chat) => [chat.id, chat]));
  }

  /** @returns undefined when there is no such conversation */
  find(conversation: string): Place | undefined {
    const chat = this.#chats.get(conversation);
    if (chat !== undefined) return { kind: "chat", chat };
    // A thread of a channel is named `<channel>;messageid=<message>`.
    const key = /^19:(?:team|passkeys)-([^@]+)@thread\.tacv2(?:;|$)/.exec(conversation)?.[1];
    const window = this.#windows.find(({ person }) => person.key === key);
    return window === undefined ? undefined : { kind: "channel", window };
  }

  /** Chats that a window shows. */
  of(window: PlaygroundWindow): readonly ShownChat[] {
    return [...this.#chats.values()].filter((chat) => chat.windows.includes(window));
  }
}

/** Ids of the group chats that people with windows are in. */
export const groupChatsOf = (windows: readonly Pick<PlaygroundWindow, "person">[]): readonly string[] => [
  ...new Set(windows.map(({ person }) => person.groupChat.id)),
];
