import { whyNotApprover } from "../access/standing.js";
import type { AuditEntry } from "../audit/record.js";
import type { Refusal } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Conversation } from "../stores.js";

type RoomPorts = Pick<Ports, "conversations" | "directory" | "clock">;

/** Plans that wait for approval are posted in that conversation from now on, if the person may approve. @throws Fault */
export async function setApprovalRoom(
  ports: RoomPorts,
  rules: Rules,
  person: Person,
  room: Omit<Conversation, "approvalRoom">,
): Promise<Refusal | { readonly kind: "set" }> {
  const refusal = await whyNotApprover(ports, rules, person.id);
  if (refusal) return refusal;
  await ports.conversations.remember(room);
  await ports.conversations.setApprovalRoom(
    room.id,
    entry(ports, rules, person, "approval-room-set", { id: room.id, kind: room.kind }),
  );
  return { kind: "set" };
}

/** What became of a wish for no more approvals in a conversation, and how many approval rooms there are now. */
export interface EndedRoom {
  readonly kind: "ended" | "was-none";
  readonly roomsLeft: number;
}

/**
 * Plans are no longer posted in that conversation for approval, if the person may approve: who could take a room away
 * without being able to set it could hide what waits. Cards that stand there stay, and are kept up to date.
 * @param place with every id by which it may have been set @throws Fault
 */
export async function endApprovalRoom(
  ports: RoomPorts,
  rules: Rules,
  person: Person,
  { ids, kind }: { readonly ids: readonly ConversationId[]; readonly kind: Conversation["kind"] },
): Promise<Refusal | EndedRoom> {
  const refusal = await whyNotApprover(ports, rules, person.id);
  if (refusal) return refusal;
  let isEnded = false;
  for (const id of new Set(ids)) {
    const record = entry(ports, rules, person, "approval-room-ended", { id, kind });
    if (await ports.conversations.endApprovalRoom(id, record)) isEnded = true;
  }
  const roomsLeft = (await ports.conversations.approvalRooms(rules.tenantId)).length;
  return { kind: isEnded ? "ended" : "was-none", roomsLeft };
}

function entry(
  { clock }: Pick<Ports, "clock">,
  { tenantId }: Pick<Rules, "tenantId">,
  by: Person,
  event: "approval-room-set" | "approval-room-ended",
  { id, kind }: Pick<Conversation, "id" | "kind">,
): AuditEntry {
  return { tenantId, at: clock.now().toISOString(), event, by, conversation: id, detail: { kind } };
}
