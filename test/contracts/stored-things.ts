import type { AuditEntry } from "../../src/core/audit/record.js";
import { conversationId, type Person, personId, replicaId, tenantId } from "../../src/core/person.js";
import type { Plan, PlanDraft, PlanState } from "../../src/core/plan/plan.js";
import { AUTHENTICATOR_IOS } from "../../src/core/policy/policy.js";
import type { Conversation } from "../../src/core/stores.js";

export const TENANT = tenantId("bbbbbbbb-0000-4000-8000-000000000001");
export const OTHER_TENANT = tenantId("bbbbbbbb-0000-4000-8000-000000000002");
export const ADA: Person = { id: personId("cccccccc-0000-4000-8000-000000000001"), name: "Ada O'Brien; --" };
export const BOB: Person = {
  id: personId("cccccccc-0000-4000-8000-000000000002"),
  name: "Bob \u0000 \ud83d\udd11",
};
export const AT = "2026-11-22T10:42:00.000Z";
export const ROOM = conversationId("19:room@thread.tacv2;messageid=1");

export function draft(changes: Partial<PlanDraft> = {}): PlanDraft {
  const policy = {
    "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
    state: "enabled",
  };
  return {
    tenantId: TENANT,
    revision: 1,
    command: "enable passkeys for 'everyone' \u0000 \ud83d\udd11",
    intent: { kind: "enable", restriction: "as-fits", authenticators: ["ios"] },
    requester: ADA,
    conversation: ROOM,
    createdAt: AT,
    expiresAt: "2026-11-22T11:42:00.000Z",
    proposal: {
      before: { ...policy, state: "disabled" },
      after: policy,
      fingerprint: "f".repeat(64),
      changes: [{ setting: "state", before: "disabled", after: "enabled" }],
      impact: {
        narrows: false,
        losing: [],
        keepingAnother: [],
        regaining: 1,
        modelsCutOff: [],
        coverage: {
          scanId: "scan-1",
          kind: "full",
          from: AT,
          at: AT,
          fullSince: AT,
          path: "report",
          complete: true,
          asked: 1,
          carried: 0,
          gone: 0,
          unreadCount: 0,
          unread: [],
          keyholders: 1,
          recentIncluded: true,
        },
      },
      warnings: [{ kind: "starts-to-restrict" }],
      usage: [{ aaguid: AUTHENTICATOR_IOS, people: 1 }],
      bytes: 120,
      modelNames: {},
      groupNames: {},
    },
    approvals: [],
    approvalsRequired: 1,
    state: { kind: "waiting" },
    ...changes,
  };
}

export const waiting: PlanState = { kind: "waiting" };
export const REPLICA = replicaId("replica-1");
export const applying: PlanState = {
  kind: "applying",
  by: BOB,
  at: AT,
  clientRequestId: "request-1",
  replica: REPLICA,
};
export const cancelled: PlanState = { kind: "cancelled", by: ADA, at: AT };
export const unknown = {
  kind: "unknown",
  by: BOB,
  at: AT,
  lostSight: { replica: REPLICA, elapsed: 1_000 },
  clientRequestId: "request-1",
  seen: "nothing",
} as const satisfies PlanState;

export function entry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    tenantId: TENANT,
    at: AT,
    event: "plan-proposed",
    by: ADA,
    detail: { command: "\u0000'" },
    ...changes,
  };
}

export function entryOf(plan: Plan, event: AuditEntry["event"]): AuditEntry {
  const { tenantId, number: planNumber, revision } = plan;
  return entry({ tenantId, event, planNumber, revision });
}

/** An entry that cannot be recorded. Its type says it is JSON, as a mistake in the program might. */
export function unrecordable(): AuditEntry {
  return entry({ detail: { count: 1n as unknown as number } });
}

export type Remembered = Omit<Conversation, "approvalRoom">;

export function conversation(changes: Partial<Remembered> = {}): Remembered {
  return {
    id: ROOM,
    tenantId: TENANT,
    kind: "channel",
    reference: { serviceUrl: "https://smba.example/emea/", bot: { id: "28:bot" } },
    ...changes,
  };
}
