import type { Drift, DriftState, LoggedWrite } from "../../../../src/core/drift/drift.js";
import type { Impact } from "../../../../src/core/impact/impact.js";
import { personId, tenantId } from "../../../../src/core/person.js";
import { hugePlan } from "../plan/large-plans.js";
import { ADA, GRACE, impact, LATER, LOSING, narrowingPlan } from "../plan/sample-plans.js";

export const KATHERINE: LoggedWrite = {
  name: "Katherine Johnson",
  id: personId("aaaaaaaa-0000-4000-8000-000000000003"),
  at: "2026-11-22T10:44:00.000Z",
};
export const MICROSOFT: LoggedWrite = {
  name: "Microsoft Entra ID",
  isApp: true,
  at: "2026-11-22T10:45:00.000Z",
};

/** A model was taken off the list in the portal, and three people have nothing else. */
export function aDrift(changes: Partial<Drift> = {}, impactChanges: Partial<Impact> = {}): Drift {
  const { proposal } = narrowingPlan();
  const { fingerprint, bytes, impact: narrowing, ...difference } = proposal;
  return {
    tenantId: tenantId("bbbbbbbb-0000-4000-8000-000000000001"),
    number: 3,
    revision: 1,
    version: 1,
    baseline: {
      version: 7,
      at: "2026-11-20T09:00:00.000Z",
      source: { kind: "applied", planNumber: 12, by: GRACE, sentAt: "2026-11-20T08:59:58.000Z" },
    },
    difference,
    meaning: { kind: "assessed", impact: { ...narrowing, ...impactChanges } },
    unchangedAt: "2026-11-22T10:32:00.000Z",
    foundAt: LATER,
    readAt: LATER,
    writers: [KATHERINE],
    state: { kind: "open" },
    ...changes,
  };
}

/** Nobody loses anything. */
export const harmlessDrift = (changes: Partial<Drift> = {}): Drift =>
  aDrift({ meaning: { kind: "assessed", impact: impact({ regaining: 4 }) }, ...changes });

/** Three people could not be read. */
export function unreadDrift(): Drift {
  const unread = LOSING.map(({ id, name, isAdmin }) => ({ id, name, isAdmin, why: "403" }));
  const coverage = { ...impact().coverage, complete: false, unreadCount: unread.length, unread };
  return aDrift({}, { losing: [], keepingAnother: [], modelsCutOff: [], coverage });
}

/** 500 models and 5,000 people with long names. */
export function hugeDrift(): Drift {
  const { fingerprint, bytes, impact: everybody, ...difference } = hugePlan().proposal;
  const writers = Array.from({ length: 20 }, (_, at) => ({
    ...KATHERINE,
    name: `${at} ${"Writer ".repeat(40)}`,
  }));
  return aDrift({ difference, meaning: { kind: "assessed", impact: everybody }, writers });
}

export const ENDS: readonly Exclude<DriftState, { kind: "open" }>[] = [
  { kind: "accepted", by: GRACE, at: LATER, reason: "The help desk *asked* for it" },
  { kind: "put-back", planNumber: 14, by: GRACE, at: LATER },
  { kind: "over", why: "back-as-it-was", at: LATER },
  { kind: "over", why: "part-of-plan", planNumber: 15, by: ADA, at: LATER },
];
