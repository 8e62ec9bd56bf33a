import { ownMember } from "../own-member.js";
import type { PolicyChange } from "../policy/change.js";
import { policyBytes } from "../policy/comparable-policy.js";
import {
  type Aaguid,
  NO_AAGUID,
  type PasskeyRules,
  type PasskeyType,
  type Policy,
} from "../policy/policy.js";
import { POLICY_WARNING_BYTES } from "../policy/policy-limits.js";
import type { Difference } from "./difference.js";
import { findSideEffects, type SideEffect } from "./elsewhere/side-effects.js";
import type { Impact } from "./impact.js";
import { type ReachWarning, warnOfReach } from "./profile-reach.js";
import { reportLags } from "./report-lags.js";
import type { UnlikeModels } from "./unlike-models.js";

/** What a change costs or leaves open: facts, which are kept; `core/words` says them. */
export type PlanWarning =
  | ReachWarning
  | SideEffect
  /** Models that a list would have got, and that the profile admits no passkey of; they are not on it. */
  | {
      readonly kind: "models-left-out";
      readonly models: readonly Aaguid[];
      readonly type: PasskeyType;
      /** Names: of the profile, and of those that do admit the kind. */
      readonly profile: string;
      readonly others: readonly string[];
    }
  /** Other groups have names that look like that of a group the change is about. Object ids. */
  | {
      readonly kind: "group-looks-alike";
      readonly group: string;
      readonly others: readonly string[];
      /** How many more there are. */
      readonly more: number;
    }
  /** So many groups of the tenant were compared with those, and not all. */
  | { readonly kind: "look-alikes-not-looked-for"; readonly lookedAt: number }
  /** The people of such a group cannot register passkeys through it. */
  | {
      readonly kind: "group-not-security";
      readonly group: string;
      readonly is: "microsoft-365" | "distribution";
    }
  /** With passkeys off, they neither work nor can be set up. */
  | { readonly kind: "turned-off" }
  /** Passkeys are off, and a list loses models in use: that shows once they are on. */
  | { readonly kind: "matters-once-on"; readonly turnsOff: boolean; readonly models: readonly Aaguid[] }
  /** Today any authenticator works, or would; afterwards only those that are listed, or all but blocked ones. */
  | { readonly kind: "starts-to-restrict"; readonly turnsOn?: true; readonly list?: "block" }
  /** A list without attestation: a modified authenticator can claim any model. */
  | { readonly kind: "list-not-proven" }
  /** Attestation keeps out synced passkeys, and phones by a QR code. */
  | { readonly kind: "attestation-excludes" }
  /** A block list lets in every model that is not on it. */
  | { readonly kind: "block-list" }
  /** People use passkeys that name no model, which no allow list can let in. */
  | { readonly kind: "nameless-in-use"; readonly people: number }
  /** An allow list has models that the FIDO metadata warns of. */
  | { readonly kind: "models-warned-of"; readonly models: readonly Aaguid[] }
  /** The tenant moves to passkey profiles, from which there is no way back. */
  | { readonly kind: "profiles-for-good" }
  /** The policy is near its limit. */
  | { readonly kind: "little-room"; readonly bytes: number }
  /** The scan leaves out people whose account is disabled; `count` is absent where they were not counted. */
  | { readonly kind: "disabled-not-scanned"; readonly count?: number }
  /** The scan may lack what was registered lately. */
  | { readonly kind: "lately-registered-not-scanned" };

/** What is true of a policy as it is, with or without a change: for a reader of the policy. */
export type StandingFact = Extract<
  PlanWarning,
  { kind: "list-not-proven" | "attestation-excludes" | "block-list" | "models-warned-of" | "little-room" }
>;

interface Found extends Pick<Difference, "changes" | "usage" | "modelWarnings"> {
  readonly before: Policy;
  readonly after: Policy;
  readonly impact: Pick<Impact, "narrows" | "coverage">;
  /** Size of the configuration after, in bytes. */
  readonly bytes: number;
}

/**
 * Everything an approver is warned of, in the order in which it is said: only what this change brings. What was so
 * before is said of the policy itself (`standingFacts`).
 */
export function findWarnings(found: Found): readonly PlanWarning[] {
  const optsIn = found.before.shape === "legacy" && found.after.shape === "profiles";
  return [
    ...(optsIn ? [{ kind: "profiles-for-good" } as const] : []),
    ...warnOfReach(found.after, found.changes),
    ...ofState(found),
    ...ofRules(found),
    ...findSideEffects(found),
    ...ofSize(found),
    ...ofScan(found),
  ];
}

/** What was left out of a list, as an approver is told it. */
export function warnOfLeftOut(leftOut: UnlikeModels | undefined): readonly PlanWarning[] {
  if (leftOut === undefined) return [];
  const { models, profile, type, others } = leftOut;
  const aaguids = models.map(({ aaguid }) => aaguid);
  return [{ kind: "models-left-out", models: aaguids, type, profile: profile.name, others }];
}

function ofState(found: Found): readonly PlanWarning[] {
  const { after, changes } = found;
  const turnsOff = turns(changes, "disabled");
  const models = after.state === "disabled" ? usedAndRemoved(found) : [];
  return [
    ...(turnsOff ? [{ kind: "turned-off" } as const] : []),
    ...(models.length > 0 ? [{ kind: "matters-once-on", turnsOff, models } as const] : []),
    ...startsToRestrict(changes),
  ];
}

/** Of the profiles the change is about, as far as it was not so before; while passkeys are off, no rule is in force. */
function ofRules(found: Found): readonly PlanWarning[] {
  if (found.after.state !== "enabled") return [];
  const news = touchedRules(found).map(newFacts);
  const nameless = found.usage.find((use) => use.aaguid === NO_AAGUID)?.people ?? 0;
  const warned = modelsWarnedOf(
    found,
    news.flatMap(({ allowed }) => allowed),
  );
  return [
    ...RULE_FACTS.filter((kind) => news.some(({ kinds }) => kinds.includes(kind))).map((kind) => ({ kind })),
    ...(nameless > 0 && news.some(({ hasAllowList }) => hasAllowList)
      ? [{ kind: "nameless-in-use", people: nameless } as const]
      : []),
    ...(warned.length > 0 ? [{ kind: "models-warned-of", models: warned } as const] : []),
  ];
}

/** What is so of a policy, for a reader of it. */
export function standingFacts(
  policy: Policy,
  { modelWarnings, bytes }: Pick<Found, "modelWarnings" | "bytes">,
): readonly StandingFact[] {
  const facts = (policy.shape === "legacy" ? [policy] : policy.profiles).map(factsOf);
  const warned = modelsWarnedOf(
    modelWarnings === undefined ? {} : { modelWarnings },
    facts.flatMap(({ allowed }) => allowed),
  );
  return [
    ...RULE_FACTS.filter((kind) => facts.some(({ kinds }) => kinds.includes(kind))).map((kind) => ({ kind })),
    ...(warned.length > 0 ? [{ kind: "models-warned-of", models: warned } as const] : []),
    ...(bytes >= POLICY_WARNING_BYTES ? [{ kind: "little-room", bytes } as const] : []),
  ];
}

/** In the order in which they are said. */
const RULE_FACTS = ["list-not-proven", "attestation-excludes", "block-list"] as const;

function factsOf({ restriction, attestationEnforced }: PasskeyRules) {
  const holds: Readonly<Record<(typeof RULE_FACTS)[number], boolean>> = {
    "list-not-proven": !attestationEnforced && restriction.mode !== "any",
    "attestation-excludes": attestationEnforced,
    "block-list": restriction.mode === "block",
  };
  return {
    kinds: RULE_FACTS.filter((kind) => holds[kind]),
    hasAllowList: restriction.mode === "allow",
    allowed: restriction.mode === "allow" ? restriction.aaguids : [],
  };
}

/** What is so of a set of rules, and was not before. */
function newFacts({ before, after }: TouchedRules): ReturnType<typeof factsOf> {
  const [was, is] = [before === undefined ? undefined : factsOf(before), factsOf(after)];
  // Who lets synced passkeys in where attestation is on lets in none that is yet to be set up.
  const letsSyncedIn = before?.types.includes("synced") === false && after.types.includes("synced");
  const isNews = (kind: (typeof RULE_FACTS)[number]) =>
    was?.kinds.includes(kind) !== true || (kind === "attestation-excludes" && letsSyncedIn);
  return {
    kinds: is.kinds.filter(isNews),
    hasAllowList: is.hasAllowList && was?.hasAllowList !== true,
    allowed: is.allowed.filter((aaguid) => was?.allowed.includes(aaguid) !== true),
  };
}

function ofSize({ before, bytes }: Found): readonly PlanWarning[] {
  return bytes >= POLICY_WARNING_BYTES && bytes > policyBytes(before.raw)
    ? [{ kind: "little-room", bytes }]
    : [];
}

/** Only a change that narrows rests on the scan. */
function ofScan({ impact: { narrows, coverage } }: Found): readonly PlanWarning[] {
  if (!narrows) return [];
  const disabled = coverage.accounts?.disabled;
  return [
    ...(disabled === 0
      ? []
      : [{ kind: "disabled-not-scanned", ...(disabled === undefined ? {} : { count: disabled }) } as const]),
    ...(reportLags(coverage) ? [{ kind: "lately-registered-not-scanned" } as const] : []),
  ];
}

function turns(changes: readonly PolicyChange[], state: "enabled" | "disabled"): boolean {
  return changes.some((change) => change.setting === "state" && change.after === state);
}

/** While passkeys are off, no authenticator works, so turning them on with a list is said in other words. */
function startsToRestrict(changes: readonly PolicyChange[]): readonly PlanWarning[] {
  const start = changes.find(
    (change) =>
      change.setting === "restriction" && change.before.mode === "any" && change.after.mode !== "any",
  );
  if (start?.setting !== "restriction") return [];
  return [
    {
      kind: "starts-to-restrict",
      ...(turns(changes, "enabled") ? { turnsOn: true } : {}),
      ...(start.after.mode === "block" ? { list: "block" } : {}),
    },
  ];
}

/** A set of rules after the change, and before it where there was one in force. */
interface TouchedRules {
  readonly before: PasskeyRules | undefined;
  readonly after: PasskeyRules;
}

/** The rules of the profiles a change is about; all of them when it changes who or whether. */
function touchedRules({ before, after, changes }: Found): readonly TouchedRules[] {
  const wasOn = before.state === "enabled";
  if (after.shape === "legacy")
    return [{ after, before: wasOn && before.shape === "legacy" ? before : undefined }];
  const ids = changes.flatMap((change) =>
    "profile" in change && change.profile !== undefined ? [change.profile.id] : [],
  );
  const old = wasOn && before.shape === "profiles" ? before.profiles : [];
  return after.profiles
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .map((profile) => ({ after: profile, before: old.find(({ id }) => id === profile.id) }));
}

/** Models that people use and that a list loses. */
function usedAndRemoved({ changes, usage }: Found): readonly Aaguid[] {
  const removed = changes.flatMap((change) =>
    change.setting === "restriction" && change.after.mode === "allow" ? change.removed : [],
  );
  return [...new Set(removed)].filter((aaguid) =>
    usage.some((use) => use.aaguid === aaguid && use.people > 0),
  );
}

/** Models that an allow list lets in although the FIDO metadata warns of them. */
function modelsWarnedOf(
  { modelWarnings = {} }: Pick<Found, "modelWarnings">,
  allowed: readonly Aaguid[],
): readonly Aaguid[] {
  return [...new Set(allowed)].filter((aaguid) => ownMember(modelWarnings, aaguid) !== undefined);
}
