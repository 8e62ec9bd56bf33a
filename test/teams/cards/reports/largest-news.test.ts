import { describe, expect, it } from "vitest";
import type { ModelNotice, NoticedModel } from "../../../../src/core/news/model-notice.js";
import { tenantId } from "../../../../src/core/person.js";
import { type PlanSummary, summaryOf } from "../../../../src/core/plan/plan.js";
import type { HistoryEvent } from "../../../../src/core/record/history-of.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { digestCard } from "../../../../src/teams/cards/reports/digest-card.js";
import { historyOfCard } from "../../../../src/teams/cards/reports/history-of-card.js";
import { modelsCard } from "../../../../src/teams/cards/reports/models-card.js";
import { noticeCard } from "../../../../src/teams/cards/reports/notice-card.js";
import { rolloutEvidenceCard } from "../../../../src/teams/cards/reports/rollout-evidence-card.js";
import { inventory, model, use } from "../../../core/report/fake-reports.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { hugePlan } from "../plan/large-plans.js";
import { AT, GRACE, LATER } from "../plan/sample-plans.js";

/** Of each character a name may have, the one that takes the most room on a card. */
const LONG = "`\u{1f511}".repeat(200);
const PROFILES = [1, 2, 3].map((nth) => `${nth}${LONG}`);
const id = (at: number): string => `${String(at).padStart(8, "0")}-1000-4000-8000-000000000000`;

const MODELS: readonly NoticedModel[] = Array.from({ length: 500 }, (_, at) => ({
  model: model(id(at), LONG, {
    vendor: LONG,
    firmware: LONG,
    source: "nobody",
    warnings: Array.from({ length: 9 }, (_, nth) => ({ status: `${nth}${LONG}`, since: "2026-11-22" })),
  }),
  allowed: "some-profiles",
  use: use(id(at), 100_000),
  lists: { allowing: PROFILES, removing: PROFILES },
  lost: LONG,
}));
const notice = (about: ModelNotice["about"], changes: Partial<ModelNotice> = {}): ModelNotice => ({
  tenantId: tenantId("tenant"),
  id: "n".repeat(36),
  version: 1,
  about,
  foundAt: LATER,
  scannedAt: AT,
  models: MODELS,
  state: { kind: "open" },
  ...changes,
});
const PUT_OFF = notice("status", {
  state: { kind: "put-off", by: { ...GRACE, name: LONG }, at: LATER, reason: LONG.repeat(5) },
});
const SUMMARY: PlanSummary = summaryOf(hugePlan());
const EVENTS: readonly HistoryEvent[] = [
  ...Array.from({ length: 40 }, () => ({ kind: "plan", at: AT, plan: SUMMARY, parts: ["asked"] }) as const),
  ...Array.from({ length: 40 }, () => ({ kind: "notice", at: AT, notice: PUT_OFF }) as const),
];

const CARDS: readonly (readonly [string, () => AdaptiveCard])[] = [
  ...(["new", "status", "unused"] as const).map(
    (about) => [`a notice: ${about}`, () => noticeCard(notice(about))] as const,
  ),
  ["a notice that was put off", () => noticeCard(PUT_OFF)],
  [
    "models",
    () =>
      modelsCard(
        {
          kind: "models",
          inUse: MODELS.map((each) => ({ ...use(each.model.aaguid, 9), model: each.model, allowed: "no" })),
          unused: MODELS.map((each) => ({ model: each.model, profiles: PROFILES })),
          inventory: inventory([]),
          policy: "unreadable",
          isRestricted: true,
          hasMetadata: false,
        },
        [notice("new"), PUT_OFF, PUT_OFF, PUT_OFF, PUT_OFF],
      ),
  ],
  [
    "the digest",
    () =>
      digestCard({
        tenantId: tenantId("tenant"),
        day: "2026-11-23",
        at: AT,
        isOn: true,
        blocked: 100_000,
        open: { count: 99_999, plans: Array.from({ length: 5 }, () => SUMMARY) },
        drift: { number: 999_999_999, foundAt: AT },
        models: { inUse: 500, unused: 500, warned: 500 },
        notices: Array.from({ length: 5 }, () => notice("new", { models: MODELS.slice(0, 1) })),
      }),
  ],
  [
    "the history of one thing",
    () =>
      historyOfCard({
        kind: "history-of",
        subject: { kind: "profile", id: id(1), name: LONG },
        events: EVENTS,
        plans: { of: 123_456, lookedAt: 1_000 },
        onlyLastDrifts: 100,
        onlyLastNotices: 100,
      }),
  ],
  [
    "the evidence of the rollout",
    () =>
      rolloutEvidenceCard(
        { plans: Array.from({ length: 200 }, () => SUMMARY), isWhole: false, validUntil: AT },
        `https://latchkey.example/evidence/${"s".repeat(64)}`,
      ),
  ],
];

describe("the largest card of what is said without being asked for, and of the record", () => {
  it.each(CARDS)("is valid and stays under 28 KB: %s", (_, draw) => {
    const card = draw();
    expect(cardProblems(card)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });
});
