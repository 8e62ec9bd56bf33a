import { ConversationLog } from "./conversation-log.js";
import type { PlaygroundWindow } from "./playground-window.js";

/** Where a conversation is shown. */
export type Place =
  /** A personal or group chat, which the gateway keeps. */
  | { readonly kind: "chat"; readonly log: ConversationLog }
  /** A channel or its team: it lives in one window. */
  | { readonly kind: "channel"; readonly window: PlaygroundWindow };

/** All conversations there are, and in which of them the bot is installed. */
export class Chats {
  readonly #logs: ReadonlyMap<string, ConversationLog>;
  readonly #windows: readonly PlaygroundWindow[];
  readonly #installed = new Set<string>();

  constructor(windows: readonly PlaygroundWindow[], groupChat: string) {
    this.#windows = windows;
    this.#logs = new Map([
      ...windows.map(
        (window) =>
          [window.person.personalChat, new ConversationLog(window.person.personalChat, [window])] as const,
      ),
      [groupChat, new ConversationLog(groupChat, windows)],
    ]);
  }

  /** @returns undefined when there is no such conversation */
  find(conversation: string): Place | undefined {
    const log = this.#logs.get(conversation);
    if (log !== undefined) return { kind: "chat", log };
    // A thread of a channel is named `<channel>;messageid=<message>`.
    const key = /^19:(?:team|passkeys)-([^@]+)@thread\.tacv2(?:;|$)/.exec(conversation)?.[1];
    const window = this.#windows.find(({ person }) => person.key === key);
    return window === undefined ? undefined : { kind: "channel", window };
  }

  /** Chats that a window shows. */
  of(window: PlaygroundWindow): readonly ConversationLog[] {
    return [...this.#logs.values()].filter((log) => log.windows.includes(window));
  }

  /** The window of the person addressed by Teams id or object id. */
  windowOf(id: string): PlaygroundWindow | undefined {
    return this.#windows.find(({ person }) => person.teamsId === id || person.id === id);
  }

  isInstalledIn(conversation: string): boolean {
    return this.#installed.has(conversation);
  }

  install(conversation: string): void {
    this.#installed.add(conversation);
  }

  uninstall(conversation: string): void {
    this.#installed.delete(conversation);
  }
}
