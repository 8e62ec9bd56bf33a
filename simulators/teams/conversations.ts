/** Which conversations there are, and in which of them the bot is installed. A thread belongs to its channel. */
export class Conversations {
  readonly #installed = new Map<string, boolean>();
  /** When the bot last came or went, in milliseconds. */
  readonly #changedAt = new Map<string, number>();
  readonly #chats = new Map<string, string>();

  /** There is such a conversation; the bot need not be in it. */
  add(conversation: string): void {
    const id = withoutThread(conversation);
    this.#installed.set(id, this.#installed.get(id) ?? false);
  }

  /** A person's own chat with the bot, found by any of the person's ids from now on. */
  addChat(conversation: string, memberIds: readonly string[]): void {
    this.add(conversation);
    for (const id of memberIds) this.#chats.set(id, conversation);
  }

  /** @param at when it happened, in milliseconds: what was told late changes nothing. Left out: now */
  install(conversation: string, at?: number): void {
    this.#change(withoutThread(conversation), true, at);
  }

  /** @param at as for an installation */
  uninstall(conversation: string, at?: number): void {
    this.#change(withoutThread(conversation), false, at);
  }

  has(conversation: string): boolean {
    return this.#installed.has(withoutThread(conversation));
  }

  isInstalledIn(conversation: string): boolean {
    return this.#installed.get(withoutThread(conversation)) ?? false;
  }

  #change(id: string, isInstalled: boolean, at: number = Date.now()): void {
    if (at < (this.#changedAt.get(id) ?? at)) return;
    this.#changedAt.set(id, at);
    this.#installed.set(id, isInstalled);
  }

  /** The chat with the person of this id; undefined when there is none. */
  chatWith(memberId: string): string | undefined {
    return this.#chats.get(memberId);
  }
}

/** A thread of a channel is named `<channel>;messageid=<message>`. */
function withoutThread(conversation: string): string {
  return conversation.split(";", 1)[0] ?? conversation;
}
