import type { AuditEntry } from "../../src/core/audit/record.js";
import type {
  Conversation,
  ConversationStore,
  DriftPosting,
  Posting,
  PostingStore,
  ScanPosting,
} from "../../src/core/stores.js";

/** Conversations and postings in memory, with what the ports promise. */
export class FakeConversations {
  readonly known = new Map<string, Conversation>();
  readonly posted: Posting[] = [];
  readonly scansPosted: ScanPosting[] = [];
  readonly driftsPosted: DriftPosting[] = [];
  readonly records: AuditEntry[] = [];

  readonly conversations: ConversationStore = {
    remember: async (conversation) => {
      const approvalRoom = this.known.get(conversation.id)?.approvalRoom ?? false;
      this.known.set(conversation.id, { ...conversation, approvalRoom });
    },
    find: async (id) => this.known.get(id),
    approvalRooms: async () => [...this.known.values()].filter((conversation) => conversation.approvalRoom),
    personalChats: async () =>
      [...this.known.values()].filter((conversation) => conversation.kind === "personal"),
    setApprovalRoom: async (id, record) => {
      const conversation = this.known.get(id);
      if (conversation) this.known.set(id, { ...conversation, approvalRoom: true });
      this.records.push(record);
    },
    forget: async (id) => {
      this.known.delete(id);
    },
  };

  readonly postings: PostingStore = {
    add: async (posting) => {
      this.posted.push(posting);
    },
    of: async (_, planNumber) => this.posted.filter((posting) => posting.planNumber === planNumber),
    addScan: async (posting) => {
      this.scansPosted.push(posting);
    },
    addDrift: async (posting) => {
      this.driftsPosted.push(posting);
    },
    ofDrift: async (_, driftNumber) =>
      this.driftsPosted.filter((posting) => posting.driftNumber === driftNumber),
    ofScan: async (_, scanId) => this.scansPosted.filter((posting) => posting.scanId === scanId),
  };
}
