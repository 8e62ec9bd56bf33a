import type { PlanStateKind } from "../../src/core/plan/plan.js";
import type {
  Metrics,
  PlanDecision,
  ScanBeginner,
  ScanOutcome,
  TenantFigures,
} from "../../src/core/ports/metrics.js";

/** Keeps what was counted, to be asked for it. */
export class FakeMetrics implements Metrics {
  readonly stored: PlanStateKind[] = [];
  readonly decided: { readonly decision: PlanDecision; readonly waitedSeconds: number }[] = [];
  /** The last that were told. */
  figures: TenantFigures | undefined;
  readonly duties: Record<string, boolean> = {};
  /** People by what came of asking for them. */
  readonly people: Record<string, number> = {};
  readonly answers: (readonly [method: string, status: number | undefined])[] = [];

  planStored = (state: PlanStateKind): void => void this.stored.push(state);
  altered = 0;
  planAltered = (): void => void this.altered++;
  planDecided = (decision: PlanDecision, waitedSeconds: number): void =>
    void this.decided.push({ decision, waitedSeconds });
  tenantFigures = (figures: TenantFigures | undefined): void => {
    this.figures = figures;
  };
  dutyHeld = (duty: string, isHeld: boolean): void => {
    this.duties[duty] = isHeld;
  };
  peopleAsked = (outcome: string, count: number): void => {
    this.people[outcome] = (this.people[outcome] ?? 0) + count;
  };
  /** Scans that ended: who began them, and how they ended. */
  readonly scans: (readonly [ScanBeginner, ScanOutcome])[] = [];
  scanEnded = (by: ScanBeginner, outcome: ScanOutcome): void => void this.scans.push([by, outcome]);
  peoplePutOff = (why: string, count: number): void => this.peopleAsked(why, count);
  graphAnswered = (method: string, status: number | undefined): void =>
    void this.answers.push([method, status]);
}
