import type { Drift } from "../../src/core/drift/drift.js";
import type { Refusal } from "../../src/core/errors.js";
import type { Digest } from "../../src/core/news/digest.js";
import type { ModelNotice } from "../../src/core/news/model-notice.js";
import type { ConversationId } from "../../src/core/person.js";
import type { Plan } from "../../src/core/plan/plan.js";
import type { Announcer } from "../../src/core/ports/announcer.js";
import type { ScanNews } from "../../src/core/scan/scan.js";
import type { DeferredChange, FirstIntent } from "../../src/core/stores.js";

/** What was announced, each in order. */
export interface Told {
  /** Where a new plan is shown at once. */
  firstPlaces: readonly ConversationId[];
  readonly announced: Plan[];
  readonly intended: FirstIntent[];
  readonly runningOut: number[];
  readonly news: ScanNews[];
  readonly digests: Digest[];
  readonly notices: ModelNotice[];
  readonly drifts: Drift[];
  readonly caughtUp: string[];
  readonly there: { readonly waiting: DeferredChange; readonly plan: Plan }[];
  readonly refused: { readonly waiting: DeferredChange; readonly refusal: Refusal }[];
  readonly failed: { readonly waiting: DeferredChange; readonly error: unknown }[];
}

/** An announcer that posts nothing and keeps what it was told. */
export function announcerInto(told: Told): Announcer {
  return {
    planChanged: async (plan, intents) => {
      told.announced.push(plan);
      if (intents !== undefined) told.intended.push(...intents);
    },
    firstPlaces: async () => told.firstPlaces,
    planRunsOut: async (plan) => {
      told.runningOut.push(plan.number);
    },
    scanChanged: async (news) => {
      told.news.push(news);
    },
    digestTold: async (digest) => {
      told.digests.push(digest);
    },
    modelsNoticed: async (notice) => {
      told.notices.push(notice);
    },
    driftChanged: async (drift) => {
      told.drifts.push(drift);
    },
    catchUp: async (_tenant, doneBefore) => {
      told.caughtUp.push(doneBefore);
    },
    changeThere: async (waiting, plan) => {
      told.there.push({ waiting, plan });
    },
    changeRefused: async (waiting, refusal) => {
      told.refused.push({ waiting, refusal });
    },
    changeFailed: async (waiting, error) => {
      told.failed.push({ waiting, error });
    },
  };
}
