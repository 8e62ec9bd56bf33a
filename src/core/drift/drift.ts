import type { Difference } from "../impact/difference.js";
import type { Impact } from "../impact/impact.js";
import type { Instant, Person, PersonId, TenantId } from "../person.js";
import type { OtherWriter } from "../policy/other-writer.js";
import type { Baseline } from "./baseline.js";

/** A write to the authentication methods policy, from the directory audit log. */
export interface LoggedWrite extends OtherWriter {
  /** The person; absent for an application, and for a person the log does not name. */
  readonly id?: PersonId;
  readonly isApp?: true;
}

/** Who can no longer sign in, and who can again, as far as it can be told. */
export type DriftMeaning =
  | { readonly kind: "assessed"; readonly impact: Impact }
  /** No passkeys have been read yet. */
  | { readonly kind: "no-scan" }
  /** The scan, or who is in a group, could not be read. */
  | { readonly kind: "not-read" };

/** Whether it is to be decided yet, and what became of it. */
export type DriftState =
  | { readonly kind: "open" }
  | { readonly kind: "accepted"; readonly by: Person; readonly at: Instant; readonly reason: string }
  /** The plan that put it back is in force; `by` approved it. */
  | { readonly kind: "put-back"; readonly planNumber: number; readonly by: Person; readonly at: Instant }
  | { readonly kind: "over"; readonly why: "back-as-it-was"; readonly at: Instant }
  /** A plan set what had been changed, and nothing of the difference is left. */
  | {
      readonly kind: "over";
      readonly why: "part-of-plan";
      readonly planNumber: number;
      readonly by: Person;
      readonly at: Instant;
    };

/** The policy differs from its baseline. At most one is open in a tenant. */
export interface Drift {
  readonly tenantId: TenantId;
  /** 1, 2, 3 ... in a tenant. */
  readonly number: number;
  /** Counts what the policy was while this was open: 1, 2, 3 ... A click is for one revision. */
  readonly revision: number;
  /** Counts every stored change; what compare-and-set compares. */
  readonly version: number;
  /** Of the store that numbered it; absent in drifts of the first version. */
  readonly installation?: string;
  /** What it was compared with; its policy is `difference.before`. */
  readonly baseline: Pick<Baseline, "version" | "at" | "source">;
  readonly difference: Difference;
  readonly meaning: DriftMeaning;
  /** The last time the policy was read and was as the baseline. */
  readonly unchangedAt: Instant;
  /** When the first revision was read. */
  readonly foundAt: Instant;
  /** When this revision was read. */
  readonly readAt: Instant;
  /** Who wrote since, oldest first, by the directory audit log; empty while it does not say. */
  readonly writers: readonly LoggedWrite[];
  /** Approvers who accept it, where one alone is not enough; the last one is in the state. Absent: none. */
  readonly acceptances?: readonly DriftAcceptance[];
  readonly state: DriftState;
}

/** An approver's word for one revision, which counts together with another's. */
export interface DriftAcceptance {
  readonly by: Person;
  readonly at: Instant;
  readonly reason: string;
  readonly revision: number;
}

/** A drift before the store gave it a number. */
export type DriftDraft = Omit<Drift, "number" | "version" | "installation">;

type Kind = DriftState["kind"];

/** Every transition there is. What is not in this table cannot happen. */
const NEXT: Readonly<Record<Kind, readonly Kind[]>> = {
  open: ["open", "accepted", "put-back", "over"],
  accepted: [],
  "put-back": [],
  over: [],
};

/**
 * The drift in its next state, to be stored with compare-and-set.
 * @throws Error for a transition that is not in the table: a mistake in this program
 */
export function moveDrift(drift: Drift, state: DriftState): Drift {
  if (!NEXT[drift.state.kind].includes(state.kind)) {
    throw new Error(`drift ${drift.number} cannot go from ${drift.state.kind} to ${state.kind}`);
  }
  return { ...drift, state };
}
