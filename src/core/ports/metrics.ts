import type { OpenPlanState, PlanStateKind } from "../plan/plan.js";
import type { PasskeyAnswer } from "../scan/inventory.js";
import type { Duty } from "../stores.js";

/**
 * What is counted for those who watch the bot from outside. Nothing here takes a name, an id or a text, so nothing of a
 * person or a tenant can get into a label. Never throws.
 */
export interface Metrics {
  /** A plan came into this state, or was made anew in it. */
  planStored(state: PlanStateKind): void;
  /** A plan was not touched, because the store holds something else than what was recorded of it. */
  planAltered(): void;
  /** A revision that waited was decided, or its time was up, so many seconds after it was shown. */
  planDecided(decision: PlanDecision, waitedSeconds: number): void;
  /** How the tenant stands, told by the process that looks after the plans; undefined: that is another process. */
  tenantFigures(figures: TenantFigures | undefined): void;
  /** Whether this process has the duty. */
  dutyHeld(duty: Duty, isHeld: boolean): void;
  /** Graph's last word about so many people whose passkeys were asked for. */
  peopleAsked(outcome: PasskeyAnswer["kind"], count: number): void;
  /** Graph did not answer for so many people this time: they are asked for again. */
  peoplePutOff(why: "throttled" | "other", count: number): void;
  /** A scan ended, here or by a person's word here. */
  scanEnded(begunBy: ScanBeginner, outcome: ScanOutcome): void;
  /** @param status undefined: no answer came */
  graphAnswered(method: "GET" | "POST" | "PATCH", status: number | undefined): void;
}

/** `latchkey`: it began the scan because its time had come. */
export type ScanBeginner = "person" | "latchkey";
export type ScanOutcome = "finished" | "cancelled" | "failed";

export type PlanDecision = "approved" | "rejected" | "cancelled" | "expired" | "superseded";

export interface TenantFigures {
  readonly openPlans: Readonly<Record<OpenPlanState, number>>;
  readonly hasOpenDrift: boolean;
  /** The sequence of the newest record, which is how many there are. */
  readonly records: number;
}
