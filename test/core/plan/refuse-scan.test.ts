import { describe, expect, it } from "vitest";
import { refuse } from "../../../src/core/errors.js";
import type { Coverage } from "../../../src/core/impact/impact.js";
import { conversationId, type Instant, personId, tenantId } from "../../../src/core/person.js";
import { refuseScan } from "../../../src/core/plan/open-plan.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { Rules } from "../../../src/core/ports.js";

const TENANT = tenantId("tenant");
const RULES: Rules = {
  tenantId: TENANT,
  access: undefined,
  approvers: undefined,
  approvalsRequired: 1,
  allowSelfApproval: false,
  planTtlMinutes: 60,
  scanMaxAgeHours: 24,
  scanFullDays: 7,
  emergencyAccounts: [],
};

const COVERAGE: Coverage = {
  scanId: "scan",
  kind: "full",
  from: "2026-11-22T08:00:00.000Z",
  at: "2026-11-22T10:00:00.000Z",
  fullSince: "2026-11-22T08:00:00.000Z",
  path: "report",
  complete: true,
  asked: 1,
  carried: 0,
  gone: 0,
  unreadCount: 0,
  unread: [],
  keyholders: 1,
  recentIncluded: true,
};

function plan(narrows: boolean, change: Partial<Coverage> = {}): Plan {
  const coverage = { ...COVERAGE, ...change };
  return {
    tenantId: TENANT,
    number: 12,
    revision: 1,
    version: 1,
    command: "remove yubikey neo",
    intent: { kind: "disable" },
    requester: { id: personId("ada"), name: "Ada" },
    conversation: conversationId("room"),
    createdAt: COVERAGE.at,
    expiresAt: "2026-11-22T11:00:00.000Z",
    proposal: {
      before: {},
      after: {},
      fingerprint: "",
      changes: [],
      impact: { narrows, losing: [], keepingAnother: [], regaining: 0, modelsCutOff: [], coverage },
      warnings: [],
      usage: [],
      bytes: 0,
      modelNames: {},
      groupNames: {},
    },
    approvals: [],
    approvalsRequired: 1,
    state: { kind: "waiting" },
  };
}
const whyNot = (subject: Plan, now: Instant = COVERAGE.at): unknown =>
  refuseScan(subject, RULES, new Date(now));

const scanNeeded = (why: "incomplete" | "too-old") => refuse({ code: "scan-needed", planNumber: 12, why });

describe("the scan a plan that narrows rests on", () => {
  it("bears an approval while it is complete and fresh", () => {
    expect(whyNot(plan(true))).toBeUndefined();
  });

  it("does not when somebody could not be read, however fresh it is", () => {
    expect(whyNot(plan(true, { complete: false }))).toEqual(scanNeeded("incomplete"));
  });

  it("ages from when it began, since what happened after that is not in it", () => {
    expect(whyNot(plan(true), "2026-11-23T08:00:00.000Z")).toBeUndefined();
    expect(whyNot(plan(true), "2026-11-23T08:00:00.001Z")).toEqual(scanNeeded("too-old"));
  });

  it("may be a minute from the future, as clocks differ, and not more", () => {
    expect(whyNot(plan(true), "2026-11-22T07:59:00.000Z")).toBeUndefined();
    expect(whyNot(plan(true), "2026-11-22T07:58:59.999Z")).toEqual(scanNeeded("too-old"));
  });

  it("is too old when nobody can tell its age", () => {
    expect(whyNot(plan(true, { from: "" }))).toEqual(scanNeeded("too-old"));
  });

  it("does not matter to a plan that takes nothing from anybody", () => {
    expect(whyNot(plan(false, { complete: false }), "2027-01-01T00:00:00.000Z")).toBeUndefined();
  });
});
