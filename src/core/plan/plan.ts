import type { CarriedSignIn } from "../access/sign-in-demands.js";
import type { DecidingRules } from "../access/strictest-rules.js";
import type { FaultCode, WriteFaultCode } from "../errors.js";
import type { Difference } from "../impact/difference.js";
import type { Effect } from "../impact/effect.js";
import type { AffectedPerson, Impact } from "../impact/impact.js";
import type { ProfileMembers } from "../impact/profile-members.js";
import type { PlanWarning } from "../impact/warnings.js";
import type { Weakening } from "../impact/weakenings.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Instant, Person, PersonId, ReplicaId, TenantId } from "../person.js";
import type { PolicyChange } from "../policy/change.js";
import type { NamedGroups } from "../policy/group.js";
import type { Intent } from "../policy/intent.js";
import type { OtherWriter } from "../policy/other-writer.js";

/** What an intent makes of the policy as it was read: everything a person needs to decide. */
export interface Proposal extends Difference {
  /** Of the policy before, and of the scan when the plan narrows. */
  readonly fingerprint: string;
  readonly impact: Impact;
  /** What it does to people, for its title; absent in plans of the first version. */
  readonly effect?: Effect;
  /** Who gets which profile, and loses which; absent where that stays, and in plans of before it was looked for. */
  readonly profileMembers?: readonly ProfileMembers[];
  /** What it makes weaker; absent where nothing is, and in plans of before it was looked for. */
  readonly weakenings?: readonly Weakening[];
  /** What an approver is warned of. */
  readonly warnings: readonly PlanWarning[];
  /** Size of the configuration after, in bytes. */
  readonly bytes: number;
}

/** One person's agreement to one revision. */
export interface Approval {
  readonly by: Person;
  readonly at: Instant;
  readonly revision: number;
  /** Where the button was pressed. */
  readonly conversation: ConversationId;
  /** What the sign-in carried; left out: it was Teams' own, which tells nothing. */
  readonly signIn?: CarriedSignIn;
}

/** Who loses by what differs from a plan; `not-known`: that could not be found out. */
export type LosingBeside =
  | { readonly kind: "not-known" }
  | {
      readonly kind: "by-scan";
      /** When the scan began that it rests on, and whether it read everybody. */
      readonly scanFrom: Instant;
      readonly complete: boolean;
      /** Could sign in with a passkey under the plan, and cannot; most pressing first. */
      readonly losing: readonly AffectedPerson[];
      /** How many lose one passkey and keep another. */
      readonly keepingAnother: number;
    };

/** A policy that is not as a plan wanted it: how it differs from before and from the plan, who loses by it, and whose doing it may be. */
export interface FoundPolicy extends NamedGroups {
  /** When it was first read like this. */
  readonly at: Instant;
  /** As Graph sent it. */
  readonly policy: JsonObject;
  readonly sinceBefore: readonly PolicyChange[];
  readonly besideWanted: readonly PolicyChange[];
  /** Who wrote the policy since the plan was made, by the directory audit log, which lags by minutes. */
  readonly writers: readonly OtherWriter[];
  /** Names of models in it that the proposal does not name; of groups likewise. */
  readonly modelNames: Readonly<Record<string, string>>;
  /** Who loses by it, compared with the plan; absent: it takes from no person, or a version that did not look. */
  readonly losing?: LosingBeside;
}

/** What reading showed where the policy was not as wanted; `nothing`: it could not be read. */
export type SeenInstead =
  | { readonly seen: "before" | "nothing" }
  | { readonly seen: "something-else"; readonly found: FoundPolicy };

/**
 * A write of which it is sure that nothing was done, and that is sent again when that time is over. Until then nothing of
 * it is under way.
 */
export interface PutOff {
  readonly at: Instant;
  readonly until: Instant;
  /** Graph takes no write, or is too busy or too slow for what is asked right before it. */
  readonly fault: "write-throttled" | "graph-throttled" | "graph-too-slow";
}

/** Where a plan is in its life; `plan/transition.ts` has from where to where it may go. */
export type PlanState =
  | { readonly kind: "waiting" }
  | {
      readonly kind: "applying";
      readonly by: Person;
      readonly at: Instant;
      readonly clientRequestId: string;
      /** The process that applies it. */
      readonly replica: ReplicaId;
      /** It is waited for, and `clientRequestId` is of the attempt before; absent: it may be on its way. */
      readonly putOff?: PutOff;
    }
  | {
      readonly kind: "applied";
      readonly by: Person;
      readonly at: Instant;
      readonly clientRequestId: string;
      /** Graph's id of the PATCH; absent when its answer never arrived and reading settled the matter. */
      readonly requestId?: string;
      readonly otherWriters: readonly OtherWriter[];
      /** The policy in which it was found, where that has more in it than was asked for. */
      readonly beside?: FoundPolicy;
    }
  | {
      readonly kind: "refused";
      readonly by: Person;
      readonly at: Instant;
      readonly status: number;
      readonly message: string;
      readonly requestId?: string;
    }
  | ({
      readonly kind: "unknown";
      readonly by: Person;
      /** When we last had it in hand: from then on it may still arrive for a while. */
      readonly at: Instant;
      /** The same by the process that said so and its own clock. */
      readonly lostSight: { readonly replica: ReplicaId; readonly elapsed: number };
      readonly clientRequestId: string;
      readonly requestId?: string;
    } & SeenInstead)
  | { readonly kind: "rejected"; readonly by: Person; readonly at: Instant; readonly reason: string }
  | { readonly kind: "cancelled"; readonly by: Person; readonly at: Instant }
  | { readonly kind: "expired"; readonly at: Instant }
  /**
   * The policy moved: nothing of the intent is left to do, or it can no longer be planned, or it moved before
   * it could be seen whether this plan's write had arrived.
   */
  | {
      readonly kind: "superseded";
      readonly at: Instant;
      readonly why: "already-in-force" | "no-longer-possible" | "outcome-never-known" | "store-restored";
      /** Who closed it, when its outcome was never known. */
      readonly by?: Person;
    };

/** The names of the states. */
export type PlanStateKind = PlanState["kind"];
/** The names of those in which a plan has still to be decided or settled. */
export type OpenPlanState = Extract<PlanStateKind, "waiting" | "applying" | "unknown">;

/** Why a waiting plan is not what it was: shown on the card until something newer happens. */
export type PlanNote =
  /** The policy changed since the previous revision; this one was made from the policy as it is now. */
  | { readonly kind: "policy-moved"; readonly at: Instant; readonly approver: Person }
  /** Graph answered success and reading showed the old policy. */
  | {
      readonly kind: "no-effect";
      readonly at: Instant;
      readonly approver: Person;
      readonly requestId?: string;
    }
  /** There is a newer scan than the one it rested on; this revision rests on that. */
  | { readonly kind: "scanned-anew"; readonly at: Instant }
  /** By the roles and rules of the moment in which the approver approved, these people's approvals were none any more. */
  | {
      readonly kind: "approvals-dropped";
      readonly at: Instant;
      readonly approver: Person;
      readonly people: readonly Person[];
    }
  /** Interrupted while applying; reading showed that nothing was written. */
  | { readonly kind: "not-written-after-all"; readonly at: Instant; readonly approver: Person }
  /** An approver tried and nothing was written, e.g. Graph said 403; the plan stays as it was. */
  | {
      readonly kind: "attempt-failed";
      readonly at: Instant;
      readonly approver: Person;
      /** Absent in plans of earlier versions. */
      readonly fault?: FaultCode | WriteFaultCode;
      readonly why: string;
      readonly requestId?: string;
    };

/** A change a person asked for, and everything that became of it. */
export interface Plan {
  readonly tenantId: TenantId;
  /** 1, 2, 3 ... in a tenant; people write `#12`. */
  readonly number: number;
  /** Counts what was shown for approval: 1, 2, 3 ... An approval is for one revision. */
  readonly revision: number;
  /** Counts every stored change of the plan; what compare-and-set compares. */
  readonly version: number;
  /** Of the store that numbered it; absent in plans of the first version. */
  readonly installation?: string;
  /** The command as the person typed it. */
  readonly command: string;
  readonly intent: Intent;
  readonly requester: Person;
  /** Where it was asked. */
  readonly conversation: ConversationId;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly proposal: Proposal;
  readonly approvals: readonly Approval[];
  /** How many distinct approvers this plan needs. */
  readonly approvalsRequired: number;
  /** What decided when it was made: it is held to that and to the rules of now. Absent in plans of the first version. */
  readonly rules?: DecidingRules;
  readonly state: PlanState;
  readonly note?: PlanNote;
}

/** A plan as a list shows it: without its policies and lists of people, which may be megabytes. */
export type PlanSummary = Omit<Plan, "proposal"> & {
  readonly proposal: Pick<Proposal, "modelNames" | "effect"> & Partial<NamedGroups>;
};

/** The plan without what makes it large. A summary is compared with its plan, so of an older plan it stays what it was. */
export function summaryOf({ proposal, ...rest }: Plan): PlanSummary {
  const { modelNames, groupNames, groupFacts, effect } = proposal;
  const groups = groupFacts === undefined ? {} : { groupNames, groupFacts };
  return { ...rest, proposal: { modelNames, ...groups, ...(effect === undefined ? {} : { effect }) } };
}

/** A plan before the store gave it a number. */
export type PlanDraft = Omit<Plan, "number" | "version" | "installation">;

/** Whether this person asked for the plan. */
export function isRequester(plan: Pick<Plan, "requester">, person: PersonId): boolean {
  return plan.requester.id === person;
}

/** Whether its write waits for Graph, so that none of it is under way. */
export function isPutOff({ state }: Pick<Plan, "state">): boolean {
  return state.kind === "applying" && state.putOff !== undefined;
}

/** When the person whose rights the write has approved it: no write of this plan is older. */
export function writeApprovedAt(plan: Plan): Instant {
  const { by, at } = writeOf(plan);
  return plan.approvals.findLast((approval) => approval.by.id === by.id)?.at ?? at;
}

/** The write that is under way or whose outcome is unknown. @throws Error in any other state: a mistake in this program */
export function writeOf(plan: Plan): Extract<PlanState, { kind: "applying" | "unknown" }> {
  if (plan.state.kind === "applying" || plan.state.kind === "unknown") return plan.state;
  throw new Error(`plan #${plan.number} is ${plan.state.kind}, not being applied`);
}
