import type { Digest } from "../../../../src/core/news/digest.js";
import type { ModelNotice, NoticedModel } from "../../../../src/core/news/model-notice.js";
import { tenantId } from "../../../../src/core/person.js";
import { summaryOf } from "../../../../src/core/plan/plan.js";
import type { ModelsReport } from "../../../../src/core/report/models-report.js";
import { digestCard } from "../../../../src/teams/cards/reports/digest-card.js";
import { modelsCard } from "../../../../src/teams/cards/reports/models-card.js";
import { noticeCard } from "../../../../src/teams/cards/reports/notice-card.js";
import { model, use } from "../../../core/report/fake-reports.js";
import { AT, GRACE, LATER, narrowingPlan } from "../plan/sample-plans.js";
import { found, keys, NEO, NFC } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const TITAN = model("42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3", "Google Titan Security Key v2", {
  vendor: "Google",
});
const YUBIKEY = model(NFC, "YubiKey 5 Series with NFC", { vendor: "Yubico", firmware: "5.2 and 5.4" });
const OLD = model(NEO, "YubiKey NEO", {
  vendor: "Yubico",
  warnings: [{ status: "USER_VERIFICATION_BYPASS", since: "2026-11-20", version: "3.4" }],
});
const LISTED = { allowing: [], removing: [""] };

function notice(about: ModelNotice["about"], ...models: readonly NoticedModel[]): ModelNotice {
  const open = { kind: "open" } as const;
  return {
    tenantId: tenantId("tenant"),
    id: "notice-1",
    version: 1,
    about,
    foundAt: LATER,
    scannedAt: AT,
    models,
    state: open,
  };
}

const NEW = notice("new", {
  model: TITAN,
  use: use(TITAN.aaguid, 2),
  allowed: "no",
  lists: { allowing: [""], removing: [] },
});
const UNUSED = notice(
  "unused",
  ...[TITAN, YUBIKEY].map((each) => ({
    model: each,
    allowed: "yes" as const,
    lists: { allowing: [], removing: ["Default passkey profile", "Executives"] },
  })),
);

const report: ModelsReport = {
  kind: "models",
  inUse: keys().rows,
  unused: [
    { model: TITAN, profiles: [] },
    { model: YUBIKEY, profiles: [] },
  ],
  inventory: found(),
  policy: "read",
  isRestricted: true,
  hasMetadata: true,
};

const DIGEST: Digest = {
  tenantId: tenantId("tenant"),
  day: "2026-11-23",
  at: LATER,
  isOn: true,
  scanned: {
    startedAt: AT,
    isComplete: true,
    adoption: { of: "accounts", people: 240, withPasskey: 174, deviceBound: 170, synced: 9, outside: 0 },
  },
  before: { at: "2026-11-16T07:00:00.000Z", withPasskey: 162 },
  open: { count: 1, plans: [summaryOf(narrowingPlan())] },
  drift: { number: 3, foundAt: AT },
  models: { inUse: 12, unused: 2, warned: 1 },
  notices: [NEW],
};

/** Models, and what is said of them without being asked for. */
export const MODELS: readonly Exhibit[] = [
  [
    "models",
    "Models in use, allowed and warned of",
    () =>
      modelsCard(report, [
        NEW,
        {
          ...UNUSED,
          state: { kind: "put-off", by: GRACE, at: LATER, reason: "The new Titans arrive in January." },
        },
      ]),
  ],
  ["notice-new", "A model that is new here, and not allowed", () => noticeCard(NEW)],
  [
    "notice-status",
    "A model in use that the FIDO Alliance warns of",
    () =>
      noticeCard(
        notice("status", {
          model: OLD,
          use: use(NEO, 12),
          allowed: "yes",
          lists: LISTED,
          lost: "FIDO Certified L2",
        }),
      ),
  ],
  ["notice-unused", "Models on the lists of two profiles that no person uses", () => noticeCard(UNUSED)],
  ["digest", "The week on one card", () => digestCard(DIGEST)],
  [
    "digest-off",
    "The same before the first scan, turned off",
    () =>
      digestCard({
        tenantId: DIGEST.tenantId,
        day: DIGEST.day,
        at: LATER,
        isOn: false,
        open: { count: 0, plans: [] },
        notices: [],
      }),
  ],
  [
    "notice-put-off",
    "The same, put off",
    () =>
      noticeCard({
        ...NEW,
        state: { kind: "put-off", by: GRACE, at: LATER, reason: "Two people of the lab try them out." },
      }),
  ],
];
