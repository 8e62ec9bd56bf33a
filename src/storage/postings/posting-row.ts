import { conversationId, replicaId, tenantId } from "../../core/person.js";
import type { CardKey, Posting, PostingIntent } from "../../core/stores.js";
import type { Tables } from "../schema.js";

export type Row = Tables["postings"];

/** A posting as a row, which has no poster any more. */
export function postingRow(posting: Posting): Row {
  return { ...sharedColumns(posting), message_id: posting.activityId, poster: "", tries: 0 };
}

/** An intent as a row, under its own id for want of a message. */
export function intentRow(intent: PostingIntent): Row {
  const { intentId, poster, tries } = intent;
  return { ...sharedColumns(intent), message_id: intentId, poster, tries };
}

function sharedColumns(entry: Posting | PostingIntent): Omit<Row, "message_id" | "poster" | "tries"> {
  return {
    tenant_id: entry.tenantId,
    kind: entry.kind,
    card_id: entry.id,
    conversation_id: entry.conversation,
    version: entry.version,
    done_at: entry.doneAt ?? null,
  };
}

export function toPosting(row: Row): Posting {
  return { ...shared(row), activityId: row.message_id };
}

export function toIntent(row: Row): PostingIntent {
  return { ...shared(row), intentId: row.message_id, poster: replicaId(row.poster), tries: row.tries };
}

function shared(row: Row): CardKey & Pick<Posting, "conversation" | "version" | "doneAt"> {
  return {
    tenantId: tenantId(row.tenant_id),
    kind: row.kind,
    id: row.card_id,
    conversation: conversationId(row.conversation_id),
    version: row.version,
    ...(row.done_at === null ? {} : { doneAt: row.done_at }),
  };
}
