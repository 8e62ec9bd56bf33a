import type { PolicyChange } from "../policy/change.js";
import { type Aaguid, NO_AAGUID, type PasskeyRules, type Policy } from "../policy/policy.js";
import { POLICY_WARNING_BYTES } from "../policy/policy-limits.js";
import type { Difference } from "./difference.js";
import type { Impact } from "./impact.js";
import { reportLags } from "./report-lags.js";

/** What a change costs or leaves open: facts, which are kept; `core/words` says them. */
export type PlanWarning =
  /** With passkeys off, they neither work nor can be set up. */
  | { readonly kind: "turned-off" }
  /** Passkeys are off, and a list loses models in use: that shows once they are on. */
  | { readonly kind: "matters-once-on"; readonly turnsOff: boolean; readonly models: readonly Aaguid[] }
  /** Today any authenticator works; afterwards only those that are listed. */
  | { readonly kind: "starts-to-restrict" }
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
  /** The policy is near its limit. */
  | { readonly kind: "little-room"; readonly bytes: number }
  /** The scan leaves out people whose account is disabled. */
  | { readonly kind: "disabled-not-scanned" }
  /** The scan may lack what was registered lately. */
  | { readonly kind: "lately-registered-not-scanned" };

interface Found extends Pick<Difference, "changes" | "usage" | "modelWarnings"> {
  readonly after: Policy;
  readonly impact: Pick<Impact, "narrows" | "coverage">;
  /** Size of the configuration after, in bytes. */
  readonly bytes: number;
}

/** Everything an approver is warned of, in the order in which it is said. */
export function findWarnings(found: Found): readonly PlanWarning[] {
  return [...ofState(found), ...ofRules(found), ...ofSize(found), ...ofScan(found)];
}

function ofState(found: Found): readonly PlanWarning[] {
  const { after, changes } = found;
  const turnsOff = turns(changes, "disabled");
  const models = after.state === "disabled" ? usedAndRemoved(found) : [];
  return [
    ...(turnsOff ? [{ kind: "turned-off" } as const] : []),
    ...(models.length > 0 ? [{ kind: "matters-once-on", turnsOff, models } as const] : []),
    ...(startsToRestrict(changes) ? [{ kind: "starts-to-restrict" } as const] : []),
  ];
}

/** Of the profiles the change is about; while passkeys are off, no rule is in force. */
function ofRules(found: Found): readonly PlanWarning[] {
  if (found.after.state !== "enabled") return [];
  const touched = touchedRules(found);
  const nameless = found.usage.find((use) => use.aaguid === NO_AAGUID)?.people ?? 0;
  const warned = modelsWarnedOf(found, touched);
  const restricts = (mode: string) => touched.some((rules) => rules.restriction.mode === mode);
  const isUnproven = (rules: PasskeyRules) => !rules.attestationEnforced && rules.restriction.mode !== "any";
  return [
    ...(touched.some(isUnproven) ? [{ kind: "list-not-proven" } as const] : []),
    ...(touched.some((rules) => rules.attestationEnforced)
      ? [{ kind: "attestation-excludes" } as const]
      : []),
    ...(restricts("block") ? [{ kind: "block-list" } as const] : []),
    ...(nameless > 0 && restricts("allow") ? [{ kind: "nameless-in-use", people: nameless } as const] : []),
    ...(warned.length > 0 ? [{ kind: "models-warned-of", models: warned } as const] : []),
  ];
}

function ofSize({ bytes }: Found): readonly PlanWarning[] {
  return bytes >= POLICY_WARNING_BYTES ? [{ kind: "little-room", bytes }] : [];
}

/** Only a change that narrows rests on the scan. */
function ofScan({ impact: { narrows, coverage } }: Found): readonly PlanWarning[] {
  if (!narrows) return [];
  return [
    { kind: "disabled-not-scanned" },
    ...(reportLags(coverage) ? [{ kind: "lately-registered-not-scanned" } as const] : []),
  ];
}

function turns(changes: readonly PolicyChange[], state: "enabled" | "disabled"): boolean {
  return changes.some((change) => change.setting === "state" && change.after === state);
}

/** While passkeys are off, no authenticator works, so a list restricts nothing yet. */
function startsToRestrict(changes: readonly PolicyChange[]): boolean {
  if (turns(changes, "enabled")) return false;
  return changes.some(
    (change) =>
      change.setting === "restriction" && change.before.mode === "any" && change.after.mode === "allow",
  );
}

/** The rules of the profiles a change is about; all of them when it changes who or whether. */
function touchedRules({ after, changes }: Found): readonly PasskeyRules[] {
  if (after.shape === "legacy") return [after];
  const ids = changes.flatMap((change) =>
    "profile" in change && change.profile !== undefined ? [change.profile.id] : [],
  );
  return ids.length === 0 ? after.profiles : after.profiles.filter((profile) => ids.includes(profile.id));
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
function modelsWarnedOf({ modelWarnings = {} }: Found, touched: readonly PasskeyRules[]): readonly Aaguid[] {
  const allowed = touched.flatMap(({ restriction }) =>
    restriction.mode === "allow" ? restriction.aaguids : [],
  );
  return [...new Set(allowed)].filter((aaguid) => modelWarnings[aaguid] !== undefined);
}
