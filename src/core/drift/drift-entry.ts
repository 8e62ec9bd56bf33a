import type { AuditEntry, AuditEvent } from "../audit/record.js";
import { asJson, type Json, type JsonObject } from "../json.js";
import type { ConversationId, Instant, Person } from "../person.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import type { BaselineDraft } from "./baseline.js";
import type { Drift, DriftDraft } from "./drift.js";

interface About {
  readonly at: Instant;
  readonly by?: Person;
  readonly conversation?: ConversationId;
  readonly detail: JsonObject;
}

/** An entry about a drift as it stands. */
export function driftEntry(drift: Drift, event: AuditEvent, about: About): AuditEntry {
  return { ...unnumberedEntry(drift, event, about), driftNumber: drift.number };
}

/** The same for a drift that has no number yet. */
export function unnumberedEntry(
  { tenantId, revision }: Pick<DriftDraft, "tenantId" | "revision">,
  event: AuditEvent,
  { at, by, conversation, detail }: About,
): AuditEntry {
  return {
    tenantId,
    at,
    event,
    revision,
    ...(by === undefined ? {} : { by }),
    ...(conversation === undefined ? {} : { conversation }),
    detail,
  };
}

/** What an auditor needs of a drift: the policy as found, the diff, whom it concerns, since when, and who wrote. */
export function driftDetail(drift: DriftDraft): JsonObject {
  const { difference, meaning, baseline, unchangedAt, readAt } = drift;
  return {
    baseline: baseline.version,
    fingerprint: policyFingerprint(difference.after),
    policy: difference.after,
    changes: asJson(difference.changes),
    unchangedAt,
    readAt,
    writers: writersDetail(drift),
    impact:
      meaning.kind === "assessed"
        ? {
            losing: meaning.impact.losing.map(({ id }) => id),
            keepingAnother: meaning.impact.keepingAnother.map(({ id }) => id),
            regaining: meaning.impact.regaining,
            scan: meaning.impact.coverage.scanId,
          }
        : meaning.kind,
  };
}

function writersDetail({ writers }: Pick<DriftDraft, "writers">): Json {
  return writers.map(({ name, at, id, isApp, isUnread }) => ({
    name,
    at,
    ...(id === undefined ? {} : { id }),
    ...(isApp === undefined ? {} : { isApp }),
    ...(isUnread === undefined ? {} : { isUnread }),
  }));
}

/** An entry about what the policy is compared with from now on. */
export function baselineDetail({ source, policy }: Pick<BaselineDraft, "source" | "policy">): JsonObject {
  return { source: source.kind, fingerprint: policyFingerprint(policy), policy };
}
