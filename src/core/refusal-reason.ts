import type { EmergencyProblem } from "./access/emergency-people.js";
import type { SignInDemand } from "./access/sign-in-demands.js";
import type { DriftState } from "./drift/drift.js";
import type { WatchAlteration } from "./drift/recorded/watch-trail.js";
import type { FaultCode, SignInProblem, WriteFaultCode } from "./errors.js";
import type { Instant, Person, PersonId } from "./person.js";
import type { PlanStateKind } from "./plan/plan.js";
import type { Alteration } from "./plan/recorded/as-recorded.js";
import type { Group, NamedGroups, UnknownGroup } from "./policy/group.js";
import type { GroupRef, TakenBack } from "./policy/intent.js";
import type { Model } from "./policy/model.js";
import type { Aaguid, PasskeyType, Policy } from "./policy/policy.js";
import type { WrongEntry } from "./policy/typed-aaguid.js";

/** The policy as it is, with the groups it names. */
export interface PolicyNow {
  readonly policy: Policy;
  readonly groups: NamedGroups;
}

export type RefusalReason =
  | { readonly code: "unknown-plan"; readonly planNumber: number }
  /** The card shows something else than the plan of that number is: of another store, or of one before a restore. */
  | { readonly code: "other-plan"; readonly planNumber: number }
  | { readonly code: "stale-revision"; readonly planNumber: number; readonly revision: number }
  | { readonly code: "plan-expired"; readonly planNumber: number; readonly at: Instant }
  | {
      readonly code: "already-decided";
      readonly planNumber: number;
      readonly state: string;
      readonly by?: Person;
    }
  /** `isPutOff`: its write waits for Graph, and may still be stopped. */
  | {
      readonly code: "being-applied";
      readonly planNumber: number;
      readonly by: Person;
      readonly isPutOff?: true;
    }
  /** Another plan of the tenant is being applied: one at a time. */
  | { readonly code: "tenant-busy"; readonly planNumber: number }
  /** The plan in the store is not what was recorded: it was edited there. Nothing is written of it. */
  | { readonly code: "plan-altered"; readonly planNumber: number; readonly why: Alteration }
  /** The scan in the store is not the one that was recorded, down to each person: nothing is planned or written on it. */
  | { readonly code: "scan-altered"; readonly planNumber?: number }
  /** What waited for a scan is not what was recorded when it was asked for, or was answered before: nothing comes of it. */
  | { readonly code: "request-altered" }
  /** The drift of that number, or what the policy is compared with, is not what was recorded: nothing comes of it. */
  | { readonly code: "watch-altered"; readonly driftNumber?: number; readonly why: WatchAlteration }
  /** One person has so many open plans as one may have. */
  | {
      readonly code: "too-many-open-plans";
      readonly limit: number;
      /** Oldest first. */
      readonly planNumbers: readonly number[];
    }
  | { readonly code: "own-plan"; readonly planNumber: number }
  | { readonly code: "already-approved"; readonly planNumber: number; readonly missing: number }
  | { readonly code: "not-an-approver"; readonly required: ApproverRule }
  | { readonly code: "no-access"; readonly byRole: boolean }
  | { readonly code: "not-requester-nor-approver"; readonly planNumber: number }
  | { readonly code: "scan-needed"; readonly planNumber?: number; readonly why: "incomplete" | "too-old" }
  /** The scan the change waited for was cancelled. */
  | { readonly code: "scan-cancelled"; readonly by: Person }
  /** `of`: what was to be taken back is not in force any more. `now`: where on or off was asked for, how it is. */
  | { readonly code: "nothing-to-change"; readonly of?: TakenBack; readonly now?: PolicyNow }
  /** Only what was applied can be undone. */
  | {
      readonly code: "not-applied";
      readonly planNumber: number;
      readonly state: Exclude<PlanStateKind, "applied">;
    }
  /** Taken back, the policy would contradict itself, or this tenant as it is. */
  | {
      readonly code: "cannot-revert";
      readonly of: TakenBack;
      /**
       * `moved-by-it`: it is what brought passkey profiles into use. `migrated`: they came into use in between.
       * `moved-back`: they did, and are in use no longer. `profile-gone`: a profile was removed since that
       * would be named again. `profile-in-use`: one that would go is in use since. `no-types`: a profile would
       * let in no kind of passkey.
       */
      readonly why:
        | "moved-by-it"
        | "migrated"
        | "moved-back"
        | "profile-gone"
        | "profile-in-use"
        | "no-types";
      readonly profile?: string;
    }
  | { readonly code: "unknown-drift"; readonly driftNumber: number }
  /** The same for a drift. */
  | { readonly code: "other-drift"; readonly driftNumber: number }
  /** The policy moved on, or what it is compared with did; `revision` is the one of now. */
  | { readonly code: "stale-drift"; readonly driftNumber: number; readonly revision: number }
  | {
      readonly code: "drift-decided";
      readonly driftNumber: number;
      readonly state: Exclude<DriftState["kind"], "open">;
      readonly by?: Person;
    }
  /** Who changed the policy elsewhere does not accept that. */
  | { readonly code: "own-drift"; readonly driftNumber: number }
  /** This person accepts it already, and who changed the policy is not known: it takes another approver. */
  | { readonly code: "drift-needs-another"; readonly driftNumber: number }
  /** What another writer changed is accepted with a reason or not at all. */
  | { readonly code: "reason-missing"; readonly driftNumber: number }
  /** A notice of models that is not in this store. */
  | { readonly code: "unknown-notice" }
  /** A notice of models is put off with a reason only. */
  | { readonly code: "notice-reason-missing" }
  /** A plan that puts it back waits for approval already. */
  | { readonly code: "drift-has-plan"; readonly driftNumber: number; readonly planNumber: number }
  | ({ readonly code: "unknown-group" } & UnknownGroup)
  | { readonly code: "ambiguous-group"; readonly name: string; readonly groups: readonly MeantGroup[] }
  /** They are exceptions, which win in Graph over every target. */
  | { readonly code: "group-excluded"; readonly groups: readonly GroupRef[] }
  /** Passkeys are for them as it is: by a target of their own, or because they are for all users. */
  | {
      readonly code: "group-has-passkeys";
      readonly groups: readonly GroupRef[];
      readonly through: "all-users" | "itself";
      /** Names of the profiles they have, in a tenant with profiles. */
      readonly profiles: readonly string[];
      /** The profile they might be given in addition. */
      readonly other?: string;
    }
  /** They are on no list of their own, or not in that profile. */
  | {
      readonly code: "group-not-on-list";
      readonly groups: readonly GroupRef[];
      readonly forAllUsers: boolean;
      readonly profile?: string;
    }
  | { readonly code: "group-not-excluded"; readonly groups: readonly GroupRef[] }
  /** No group would be left whose people may use passkeys. */
  | { readonly code: "nobody-left" }
  /** Graph keeps no profiles for those who are excluded. */
  | { readonly code: "exclusion-has-no-profile"; readonly groups: readonly GroupRef[] }
  | { readonly code: "unknown-profile"; readonly name: string; readonly known: readonly string[] }
  /** The profile lets in another kind of passkey only, so on its list they would work for no person. */
  | {
      readonly code: "kind-not-admitted";
      readonly models: readonly Model[];
      readonly type: PasskeyType;
      readonly profile: string;
      /** Profiles that do admit the kind, by name. */
      readonly others: readonly string[];
      /** Without them there would be nothing on the allow list that was asked for. */
      readonly leavesListEmpty?: true;
    }
  | { readonly code: "profiles-not-in-use"; readonly name: string }
  /** A second profile is asked for, and the tenant has no profiles yet: it opts in first, for good. */
  | { readonly code: "profiles-not-opted-in"; readonly name: string }
  /** The tenant opted in already. */
  | { readonly code: "profiles-in-use-already"; readonly known: readonly string[] }
  /** Without profiles no rule tells the kinds of passkey apart. */
  | { readonly code: "kinds-need-profiles"; readonly type: PasskeyType }
  | { readonly code: "profile-name-taken"; readonly name: string }
  /** No name that a person could read and type again. */
  | { readonly code: "profile-name-unusable"; readonly name: string; readonly limit: number }
  /** Entra deletes no default profile. */
  | { readonly code: "default-profile-stays"; readonly name: string }
  /** Groups, or all users, have the profile: it cannot be deleted before they have it no longer. */
  | {
      readonly code: "profile-assigned";
      readonly profile: string;
      /** Ids of the targets. */
      readonly targets: readonly string[];
      readonly groups?: NamedGroups;
    }
  /** A profile that admits no kind of passkey lets no person in. */
  | { readonly code: "last-kind"; readonly profile: string; readonly type: PasskeyType }
  /** Models that are to be on a new profile's list make another kind of passkey than it is to admit. */
  | {
      readonly code: "kind-not-in-new-profile";
      readonly name: string;
      readonly type: PasskeyType;
      readonly models: readonly Model[];
    }
  /** Synced passkeys cannot be attested. */
  | { readonly code: "synced-not-attested"; readonly name: string }
  /** No order of a rollout is written down. */
  | { readonly code: "no-stages" }
  /** Each stage of it is reached. */
  | { readonly code: "no-stage-left" }
  | { readonly code: "too-many-stages"; readonly limit: number }
  /** After everybody there is no stage left. */
  | { readonly code: "everyone-not-last" }
  | { readonly code: "stage-twice"; readonly group: GroupRef }
  /** Passkeys are off, so there is no pilot to promote. */
  | { readonly code: "pilot-off" }
  /** Passkeys are for no group. */
  | { readonly code: "no-pilot"; readonly forAllUsers: boolean }
  | { readonly code: "all-users-already"; readonly profiles: readonly string[] }
  /** The groups of the pilot have different profiles. */
  | { readonly code: "which-profile"; readonly profiles: readonly string[] }
  /** Nothing that could be a model is known by these words. */
  | { readonly code: "unknown-model"; readonly typed: string }
  /** Entries of a list that cannot be understood; nothing comes of the others before all are. */
  | {
      readonly code: "entries-not-understood";
      readonly wrong: readonly WrongEntry[];
      /** Those that can. */
      readonly understood: readonly Aaguid[];
      readonly verb: "allow" | "remove" | "new profile";
      readonly profile?: string;
      readonly admits?: PasskeyType;
    }
  | { readonly code: "too-many-models"; readonly entries: number; readonly limit: number }
  /** Several models have this name, or only similar names are known: the person chooses. */
  | {
      readonly code: "ambiguous-model";
      readonly typed: string;
      /** Best first, at most eight. */
      readonly candidates: readonly Model[];
      /** Those of the candidates that people of the tenant have registered. */
      readonly inUse?: readonly Aaguid[];
      /** What to say again, with one of them. */
      readonly verb: "allow" | "remove" | "new profile" | "who uses" | "what is";
      /** The other models of the same command, as typed. */
      readonly others?: readonly string[];
      readonly profile?: string;
      /** The kind of passkey that was to be let in with it. */
      readonly admits?: PasskeyType;
    }
  /** The all-zero AAGUID names no model, so it is not put on a list: an allow list for `allow`, else a block list. */
  | { readonly code: "no-model-aaguid"; readonly verb: "allow" | "remove" }
  /** No list is enforced, here or in this profile. */
  | { readonly code: "not-restricted"; readonly verb: "allow" | "remove"; readonly profile?: string }
  /** An enforced allow list with nothing on it lets no person in. */
  | { readonly code: "list-would-be-empty"; readonly profile?: string }
  /** The scan to cancel has ended. */
  | { readonly code: "scan-not-running" }
  /** Neither one of those who asked for the scan, nor an approver. */
  | { readonly code: "not-scan-asker" }
  | { readonly code: "policy-too-large"; readonly bytes: number; readonly limit: number }
  | {
      readonly code: "too-many-profiles";
      readonly count: number;
      readonly limit: number;
      /** Names of those that no group has, which could make room. */
      readonly unused?: readonly string[];
    }
  | { readonly code: "emergency-account-cut-off"; readonly people: readonly Person[] }
  /**
   * The change could take a passkey from one of them, and theirs cannot be read: `away` may pass, `declined` will not.
   */
  | {
      readonly code: "emergency-account-not-read";
      readonly people: readonly Person[];
      readonly why: "away" | "declined";
    }
  /** The change could take a passkey from a person, and whom the installation protects is not certain. */
  | { readonly code: "emergency-accounts-unsure"; readonly problems: readonly EmergencyProblem[] }
  | {
      readonly code: "sign-in-failed";
      readonly problem: SignInProblem;
      readonly entraCode?: string;
      /** What Entra demands, for it to be met in a browser; JSON of Entra's own. */
      readonly claims?: string;
    }
  | { readonly code: "someone-elses-token"; readonly clicker: PersonId }
  /** The sign-in does not carry what this installation asks of an approver's. */
  | { readonly code: "sign-in-too-weak"; readonly unmet: readonly SignInDemand[] }
  /** Something was sent to Graph, and the store failed before the outcome could be kept. Reading settles it later. */
  | { readonly code: "outcome-not-recorded"; readonly planNumber: number }
  /** Nothing was written; the plan stays open. */
  | {
      readonly code: "not-written";
      readonly planNumber: number;
      /** A reading before the write, which is the app's, or the write, which is the approver's. */
      readonly fault: FaultCode | WriteFaultCode;
      readonly requestId?: string;
      readonly retryAfterSeconds?: number;
      /** What a sign-in has to bring for Graph to take it. */
      readonly claims?: string;
    };

/** A group that a person may have meant, with what tells it from others of its name. */
export interface MeantGroup extends Group {
  /** Users in it; absent: it could not be read. */
  readonly people?: number;
}

/** Who may approve: named people and groups, or holders of a directory role. */
export type ApproverRule = { readonly by: "ids" } | { readonly by: "roles" };
