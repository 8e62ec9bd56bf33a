import type { AuditEntry } from "../../src/core/audit/record.js";
import type { Baseline, BaselineDraft } from "../../src/core/drift/baseline.js";
import type { Drift } from "../../src/core/drift/drift.js";
import type { AlteredWatch } from "../../src/core/drift/recorded/watch-trail.js";
import type { Rebase } from "../../src/core/stores/plan-store.js";
import type { WatchStore } from "../../src/core/stores.js";

interface Around {
  append(entries: readonly AuditEntry[]): void;
  installation(): string;
  /** Whether a plan is being applied or its outcome is unknown. */
  hasUnsettledPlan(): boolean;
}

/** The watch of one tenant in memory, with the same promises as the store: compare-and-set, and all or nothing. */
export class FakeWatchStore implements WatchStore {
  current: Baseline | undefined;
  readonly drifts = new Map<number, Drift>();
  readonly #around: Around;
  constructor(around: Around) {
    this.#around = around;
  }

  readonly baseline = async () => this.current;

  /** What somebody edited in the store, as comparing with the record would tell. */
  altered: AlteredWatch | undefined;
  readonly recorded: WatchStore["recorded"] = async (_, number) => {
    if (this.altered !== undefined) return this.altered;
    const drift = number === undefined ? await this.openDrift() : this.drifts.get(number);
    return { kind: "as-recorded", baseline: this.current, drift };
  };

  readonly setFirst: WatchStore["setFirst"] = async (draft, record) => {
    if (this.current !== undefined) return undefined;
    this.#around.append([record]);
    return this.#set(draft);
  };

  readonly sawBaseline: WatchStore["sawBaseline"] = async ({ version }, seenAt) => {
    if (this.current?.version === version) this.current = { ...this.current, seenAt };
  };

  readonly openDrift = async () => [...this.drifts.values()].find((drift) => drift.state.kind === "open");

  readonly lastDrift = async () => [...this.drifts.values()].at(-1);

  readonly findDrift: WatchStore["findDrift"] = async (_, number) => this.drifts.get(number);

  readonly readThrough: WatchStore["readThrough"] = (_, among) => this.#last(among);

  async *#last(among: number): AsyncGenerator<Drift> {
    yield* [...this.drifts.values()].toReversed().slice(0, among);
  }

  readonly beginDrift: WatchStore["beginDrift"] = async (draft, record) => {
    if ((await this.openDrift()) !== undefined || this.#isOvertaken(draft)) return undefined;
    const number = this.drifts.size + 1;
    this.#around.append([{ ...record, driftNumber: number }]);
    const drift: Drift = { ...draft, number, version: 1, installation: this.#around.installation() };
    this.drifts.set(number, drift);
    return drift;
  };

  readonly replaceDrift: WatchStore["replaceDrift"] = async (next, records, baseline) => {
    if (this.drifts.get(next.number)?.version !== next.version) return undefined;
    if (baseline === undefined ? this.#isOvertaken(next) : this.current?.version !== next.baseline.version)
      return undefined;
    this.#around.append(records);
    const drift: Drift = { ...next, version: next.version + 1 };
    this.drifts.set(drift.number, drift);
    if (baseline !== undefined) this.#set(baseline);
    return drift;
  };

  /** What an applied plan brings along. @returns the drift that ended */
  rebase(rebase: Rebase): Drift | undefined {
    const open = [...this.drifts.values()].find((drift) => drift.state.kind === "open");
    const { baseline, drift, records } = rebase({ baseline: this.current, drift: open });
    this.#around.append(records);
    this.#set(baseline);
    if (drift === undefined) return undefined;
    const ended: Drift = { ...drift, version: drift.version + 1 };
    this.drifts.set(ended.number, ended);
    return ended;
  }

  #isOvertaken(drift: Pick<Drift, "baseline">): boolean {
    return this.current?.version !== drift.baseline.version || this.#around.hasUnsettledPlan();
  }

  #set(draft: BaselineDraft): Baseline {
    this.current = { ...draft, version: (this.current?.version ?? 0) + 1 };
    return this.current;
  }
}
