import { type Refusal, refuse } from "../errors.js";
import type { PolicyChange } from "../policy/change.js";
import { desiredPolicy } from "../policy/desired/desired-policy.js";
import { findProfile } from "../policy/desired/find-profile.js";
import { diffPolicies } from "../policy/diff-policies.js";
import type { AllowIntent, CreateProfileIntent, Intent } from "../policy/intent.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS, type Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import type { ModelInUse } from "../scan/inventory.js";
import { type UnlikeModels, unlikeModels, unlikeOnLists } from "./unlike-models.js";

type Known = Pick<Ports, "catalogue">;

/** The policy an intent makes, and what it would have put on a list if the profile admitted such passkeys. */
export interface AdmittedPolicy {
  readonly after: Policy;
  readonly changes: readonly PolicyChange[];
  readonly leftOut?: UnlikeModels;
}

/**
 * The policy after an intent, without models on a list whose passkeys the profile does not admit: they would look
 * allowed, and work for no person. Refuses where such a model was asked for by name, and where nothing else would be
 * listed or changed. A model that is on the list today stays.
 */
export function admittedPolicy(
  ports: Known,
  before: Policy,
  intent: Intent,
  inUse: readonly ModelInUse[],
): AdmittedPolicy | Refusal {
  const unlike = intent.kind === "allow" ? unlikeAsked(ports, before, intent, inUse) : undefined;
  if (unlike !== undefined) return refuseUnlike(unlike);
  if (intent.kind === "create-profile") {
    const misfit = unlikeInNew(ports, before, intent, inUse);
    if (misfit !== undefined) {
      const { type, models } = misfit;
      return refuse({ code: "kind-not-in-new-profile", name: intent.name, type, models });
    }
  }
  const used = inUse.map(({ aaguid }) => aaguid);
  const whole = desired(before, intent, used);
  if ("kind" in whole) return whole;
  if (intent.kind !== "enable" && intent.kind !== "allow-in-use") return whole;
  const lacking = unlikeOnLists(ports, whole.after, whole.changes, inUse);
  if (lacking === undefined) return whole;

  const out = lacking.models.map(({ aaguid }) => aaguid);
  const rest = desired(
    before,
    without(intent, out),
    used.filter((aaguid) => !out.includes(aaguid)),
  );
  if ("kind" in rest) return rest;
  const list = listOf(rest.after, lacking);
  const models = lacking.models.filter(({ aaguid }) => !list.includes(aaguid));
  // What an administrator wrote on the list before stays there.
  if (models.length === 0) return rest;
  const leftOut = { ...lacking, models };
  if (list.length === 0) return refuseUnlike(leftOut, { leavesListEmpty: true });
  return rest.changes.length === 0 ? refuseUnlike(leftOut) : { ...rest, leftOut };
}

function desired(before: Policy, intent: Intent, used: readonly Aaguid[]): AdmittedPolicy | Refusal {
  const after = desiredPolicy(before, intent, used);
  return "kind" in after ? after : { after, changes: diffPolicies(before, after) };
}

/** Of what was asked for by name and the profile does not let in today, what it would not admit afterwards either. */
function unlikeAsked(
  ports: Known,
  before: Policy,
  { aaguids, profile: name, admits }: AllowIntent,
  inUse: readonly ModelInUse[],
): UnlikeModels | undefined {
  if (before.shape === "legacy") return undefined;
  const profile = findProfile(before, name);
  if ("kind" in profile) return undefined;
  const { restriction } = profile;
  const types = admits === undefined ? profile.types : [...new Set([...profile.types, admits])];
  const isNews = (aaguid: Aaguid) =>
    restriction.mode === "any" || (restriction.mode === "allow") !== restriction.aaguids.includes(aaguid);
  const asked = { profile: { ...profile, types }, aaguids: aaguids.filter(isNews) };
  return unlikeModels(ports, { policy: before, ...asked, inUse });
}

/** Of the allow list that a new profile is to begin with, what it would not admit. */
function unlikeInNew(
  ports: Known,
  policy: Policy,
  { name, types, attestation, restriction }: CreateProfileIntent,
  inUse: readonly ModelInUse[],
): UnlikeModels | undefined {
  if (policy.shape === "legacy" || restriction.mode !== "allow") return undefined;
  const profile = { id: name, name, types, attestationEnforced: attestation, restriction };
  return unlikeModels(ports, { policy, profile, aaguids: restriction.aaguids, inUse });
}

function without(intent: Intent, models: readonly Aaguid[]): Intent {
  if (intent.kind !== "enable") return intent;
  const isLeft = (name: "ios" | "android") =>
    !models.includes(name === "ios" ? AUTHENTICATOR_IOS : AUTHENTICATOR_ANDROID);
  return { ...intent, authenticators: intent.authenticators.filter(isLeft) };
}

/** The allow list that the profile has after. */
function listOf(after: Policy, { profile }: UnlikeModels): readonly Aaguid[] {
  const rules = after.shape === "legacy" ? undefined : after.profiles.find(({ id }) => id === profile.id);
  return rules?.restriction.mode === "allow" ? rules.restriction.aaguids : [];
}

const refuseUnlike = (
  { profile, type, models, others }: UnlikeModels,
  about: { readonly leavesListEmpty?: true } = {},
): Refusal => refuse({ code: "kind-not-admitted", models, type, profile: profile.name, others, ...about });
