import type { AuditEntry } from "../../src/core/audit/record.js";
import type { BaselineDraft } from "../../src/core/drift/baseline.js";
import type { Drift, DriftDraft } from "../../src/core/drift/drift.js";
import type { Rebase } from "../../src/core/stores/plan-store.js";
import { AT, BOB, entry, draft as planDraft, TENANT } from "./stored-things.js";

const { before, after, changes, usage, modelNames, groupNames } = planDraft().proposal;

export function baselineDraft(changes: Partial<BaselineDraft> = {}): BaselineDraft {
  return {
    tenantId: TENANT,
    policy: { ...before, note: "\u0000 ' \ud83d\udd11" },
    at: AT,
    seenAt: AT,
    source: { kind: "first-read" },
    ...changes,
  };
}

export function driftDraft(given: Partial<DriftDraft> = {}): DriftDraft {
  return {
    tenantId: TENANT,
    revision: 1,
    baseline: { version: 1, at: AT, source: { kind: "first-read" } },
    difference: { before, after, changes, usage, modelNames, groupNames },
    meaning: { kind: "no-scan" },
    unchangedAt: AT,
    foundAt: AT,
    readAt: AT,
    writers: [{ name: "Somebody 'else' \u0000", at: AT, isApp: true }],
    state: { kind: "open" },
    ...given,
  };
}

export const ACCEPTED: Drift["state"] = { kind: "accepted", by: BOB, at: AT, reason: "because '\u0000'" };
export const OVER: Drift["state"] = { kind: "over", why: "back-as-it-was", at: AT };

export const baselineSet = (): AuditEntry => entry({ event: "baseline-set" });
export const driftOver = (): AuditEntry => entry({ event: "drift-over" });
export const driftChanged = (): AuditEntry => entry({ event: "drift-changed" });
export const driftFound = (): AuditEntry => entry({ event: "drift-found" });

/** A plan was applied: its policy is the baseline, and with `ends` the open drift is over. */
export function rebaseTo(policy: BaselineDraft["policy"], ends?: Drift["state"]): Rebase {
  return ({ drift }) => ({
    baseline: baselineDraft({
      policy,
      source: { kind: "applied", planNumber: 1, by: BOB, sentAt: AT },
    }),
    ...(drift === undefined || ends === undefined ? {} : { drift: { ...drift, state: ends } }),
    records: drift === undefined || ends === undefined ? [baselineSet()] : [baselineSet(), driftOver()],
  });
}
