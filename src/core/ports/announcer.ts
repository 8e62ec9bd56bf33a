import type { Drift } from "../drift/drift.js";
import type { Refusal } from "../errors.js";
import type { Digest } from "../news/digest.js";
import type { ModelNotice } from "../news/model-notice.js";
import type { ConversationId, Instant, TenantId } from "../person.js";
import type { Plan, PlanDraft } from "../plan/plan.js";
import type { ScanNews } from "../scan/scan.js";
import type { DeferredChange, FirstIntent } from "../stores.js";

/** Shows plans and scans wherever they have to be seen, and redraws every copy. Never throws: a card is not the record. */
export interface Announcer {
  /** @param intents stored with a new plan: copies that are posted now */
  planChanged(plan: Plan, intents?: readonly FirstIntent[]): Promise<void>;
  /** Conversations in which a new plan is shown at once. */
  firstPlaces(plan: Pick<PlanDraft, "tenantId" | "conversation">): Promise<readonly ConversationId[]>;
  /** Tells the person who asked that the time of the plan is nearly up. */
  planRunsOut(plan: Plan): Promise<void>;
  scanChanged(news: ScanNews): Promise<void>;
  driftChanged(drift: Drift): Promise<void>;
  modelsNoticed(notice: ModelNotice): Promise<void>;
  digestTold(digest: Digest): Promise<void>;
  /** Draws every card that does not show the newest state, and forgets those that were done with by then. */
  catchUp(tenant: TenantId, doneBefore: Instant): Promise<void>;
  /** A change that waited for a scan is what this plan does already. */
  changeThere(waiting: DeferredChange, plan: Plan): Promise<void>;
  /** A change that waited for a scan cannot be proposed. */
  changeRefused(waiting: DeferredChange, refusal: Refusal): Promise<void>;
  /** The same, because something failed. */
  changeFailed(waiting: DeferredChange, error: unknown): Promise<void>;
}
