import type { AuditEntry } from "../audit/record.js";
import type { ModelNotice } from "../news/model-notice.js";
import type { TenantId } from "../person.js";

/** What was said of models, and what is known of them for that: shared by all processes, so that each thing is said once. */
export interface ModelNoticeStore {
  /** What is known, by its name, with its value. */
  facts(tenant: TenantId): Promise<ReadonlyMap<string, string>>;
  /**
   * Compare-and-set: stores all of the changes together with the notices that come of them.
   * @returns false when one of the facts is another by now: nothing is stored then
   */
  learn(tenant: TenantId, changes: readonly FactChange[], notices: readonly ModelNotice[]): Promise<boolean>;
  find(tenant: TenantId, id: string): Promise<ModelNotice | undefined>;
  /** Those that were not put off, newest first. */
  open(tenant: TenantId, limit: number): Promise<readonly ModelNotice[]>;
  /** The newest ones that were put off, newest first. */
  putOff(tenant: TenantId, limit: number): Promise<readonly ModelNotice[]>;
  /** Compare-and-set with its record: stores it as version `next.version + 1`. undefined: it is another by now. */
  replace(next: ModelNotice, record: AuditEntry): Promise<ModelNotice | undefined>;
}

/** One fact becomes known, another, or forgotten. */
export interface FactChange {
  readonly fact: string;
  /** Left out: it was not known. */
  readonly from?: string;
  /** Left out: it is forgotten. */
  readonly to?: string;
}
