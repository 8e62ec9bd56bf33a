import type { AuditEntry } from "../../src/core/audit/record.js";
import type { ModelNotice } from "../../src/core/news/model-notice.js";
import type { TenantId } from "../../src/core/person.js";
import type { FactChange, ModelNoticeStore } from "../../src/core/stores/news-store.js";

/** Notices of models in memory, with the same promises. */
export class FakeModelNotices implements ModelNoticeStore {
  readonly notices = new Map<string, ModelNotice>();
  readonly known = new Map<string, string>();
  /** Called before something is learned, as another process may learn something then. */
  onLearn: () => void = () => {};
  readonly #append: (entry: AuditEntry) => void;

  constructor(append: (entry: AuditEntry) => void) {
    this.#append = append;
  }

  async facts(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.known);
  }

  async learn(
    _: TenantId,
    changes: readonly FactChange[],
    notices: readonly ModelNotice[],
  ): Promise<boolean> {
    this.onLearn();
    if (changes.some(({ fact, from }) => this.known.get(fact) !== from)) return false;
    for (const { fact, to } of changes) {
      if (to === undefined) this.known.delete(fact);
      else this.known.set(fact, to);
    }
    for (const notice of notices) this.notices.set(notice.id, notice);
    return true;
  }

  async find(_: TenantId, id: string): Promise<ModelNotice | undefined> {
    return this.notices.get(id);
  }

  open = async (_: TenantId, limit: number): Promise<readonly ModelNotice[]> => this.#in("open", limit);
  putOff = async (_: TenantId, limit: number): Promise<readonly ModelNotice[]> => this.#in("put-off", limit);

  async replace(next: ModelNotice, record: AuditEntry): Promise<ModelNotice | undefined> {
    if (this.notices.get(next.id)?.version !== next.version) return undefined;
    this.#append(record);
    const stored = { ...next, version: next.version + 1 };
    this.notices.set(next.id, stored);
    return stored;
  }

  #in(kind: ModelNotice["state"]["kind"], limit: number): readonly ModelNotice[] {
    const all = [...this.notices.values()].filter(({ state }) => state.kind === kind);
    return all.sort((a, b) => b.foundAt.localeCompare(a.foundAt)).slice(0, limit);
  }
}
