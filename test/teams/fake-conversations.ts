import type { AuditEntry } from "../../src/core/audit/record.js";
import type {
  CardKey,
  Conversation,
  ConversationStore,
  Posting,
  PostingIntent,
  PostingStore,
} from "../../src/core/stores.js";

/** Conversations and postings in memory, with what the ports promise. */
export class FakeConversations {
  readonly known = new Map<string, Conversation>();
  /** Where cards stand, in the order in which that became known. */
  readonly posted: Posting[] = [];
  readonly intents: PostingIntent[] = [];
  readonly records: AuditEntry[] = [];

  readonly conversations: ConversationStore = {
    remember: async (conversation) => {
      const known = this.known.get(conversation.id);
      this.known.set(conversation.id, { ...conversation, approvalRoom: known?.approvalRoom ?? false });
      return known === undefined ? "added" : "known";
    },
    find: async (id) => this.known.get(id),
    approvalRooms: async () => [...this.known.values()].filter((conversation) => conversation.approvalRoom),
    personalChats: async () =>
      [...this.known.values()].filter((conversation) => conversation.kind === "personal"),
    chatsOf: async (_, people) =>
      [...this.known.values()].filter(({ person }) => person !== undefined && people.includes(person.id)),
    setApprovalRoom: async (id, record) => {
      const conversation = this.known.get(id);
      if (conversation) this.known.set(id, { ...conversation, approvalRoom: true });
      this.records.push(record);
    },
    endApprovalRoom: async (id, record) => {
      const conversation = this.known.get(id);
      if (conversation?.approvalRoom !== true) return false;
      this.known.set(id, { ...conversation, approvalRoom: false });
      this.records.push(record);
      return true;
    },
    forget: async (id) => {
      this.known.delete(id);
    },
  };

  readonly postings: PostingStore = {
    intend: async (intent, replaced = []) => {
      for (const each of [...replaced, intent]) this.#remove(each);
      this.intents.push(intent);
    },
    keep: async (posting, intent) => {
      if (intent !== undefined) this.#remove(intent);
      const at = this.posted.findIndex((each) => isSame(each, posting));
      const known = this.posted[at];
      if (known === undefined) this.posted.push(posting);
      else if (posting.version > known.version || (posting.version === known.version && !known.doneAt)) {
        this.posted[at] = posting;
      }
    },
    drop: async (nothing) => this.#remove(nothing),
    of: async (card) => ({
      postings: this.posted.filter(isOf(card)),
      intents: this.intents.filter(isOf(card)),
    }),
    ofMessage: async (_, activityId) => this.posted.filter((posting) => posting.activityId === activityId),
    unfinished: async () => {
      const left = [...this.posted, ...this.intents].filter(({ doneAt }) => doneAt === undefined);
      return left
        .filter((card, at) => left.findIndex(isOf(card)) === at)
        .map(({ tenantId, kind, id }) => ({ tenantId, kind, id }));
    },
    forget: async (_, doneBefore) => {
      for (const entry of [...this.posted, ...this.intents]) {
        if (entry.doneAt !== undefined && entry.doneAt < doneBefore) this.#remove(entry);
      }
    },
  };

  /** Where cards of this kind stand. */
  postedOf(kind: CardKey["kind"]): readonly Posting[] {
    return this.posted.filter((posting) => posting.kind === kind);
  }

  #remove(entry: Posting | PostingIntent): void {
    if ("intentId" in entry) remove(this.intents, ({ intentId }) => intentId === entry.intentId);
    else remove(this.posted, (each) => isSame(each, entry));
  }
}

const isOf =
  ({ kind, id }: CardKey) =>
  (entry: CardKey): boolean =>
    entry.kind === kind && entry.id === id;

const isSame = (one: Posting, other: Posting): boolean =>
  isOf(one)(other) && one.conversation === other.conversation && one.activityId === other.activityId;

function remove<Entry>(entries: Entry[], fits: (entry: Entry) => boolean): void {
  const at = entries.findIndex(fits);
  if (at !== -1) entries.splice(at, 1);
}
