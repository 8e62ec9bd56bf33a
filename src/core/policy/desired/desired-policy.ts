import { type Refusal, refuse, unreachable } from "../../errors.js";
import type { JsonObject } from "../../json.js";
import type { EnableIntent, GroupsIntent, Intent, ListIntent } from "../intent.js";
import { parsePolicy } from "../parse-policy.js";
import type { Aaguid, Policy, ProfilesPolicy } from "../policy.js";
import { revertPolicy } from "../revert/revert.js";
import { desiredGroups } from "./desired-groups.js";
import { desiredList } from "./desired-list.js";
import { desiredProfiles } from "./desired-profiles.js";
import { desiredPromotion } from "./desired-promotion.js";
import { desiredRestriction } from "./desired-restriction.js";
import { desiredTargets } from "./desired-targets.js";
import { type ChosenProfile, findProfile, idOf, rawProfiles } from "./find-profile.js";
import { withType } from "./passkey-types.js";

/**
 * The policy after an intent. Only what the intent is about is edited; every other byte stays as Graph sent it.
 * @param inUse models of the passkeys people have registered
 */
export function desiredPolicy(policy: Policy, intent: Intent, inUse: readonly Aaguid[]): Policy | Refusal {
  switch (intent.kind) {
    case "disable":
      return parsePolicy({ ...policy.raw, state: "disabled" });
    case "enable":
      return policy.shape === "legacy"
        ? enableLegacy(policy, intent, inUse)
        : enableProfile(policy, intent, inUse);
    case "add-group":
    case "remove-group":
    case "exclude-group":
    case "include-group":
      return editGroups(policy, intent);
    case "promote": {
      const edited = desiredPromotion(policy, intent);
      return "kind" in edited ? edited : parsePolicy({ ...policy.raw, ...edited });
    }
    case "create-profile":
    case "rename-profile":
    case "delete-profile":
    case "admit-kind":
    case "refuse-kind":
    case "use-profiles":
      return desiredProfiles(policy, intent);
    case "allow":
    case "remove":
    case "allow-in-use":
      return policy.shape === "legacy"
        ? editLegacyList(policy, intent, inUse)
        : editProfileList(policy, intent, inUse);
    case "revert":
      return revertPolicy(policy, intent);
    default:
      return unreachable(intent);
  }
}

function editGroups(policy: Policy, intent: GroupsIntent): Policy | Refusal {
  if (policy.shape === "legacy" && intent.profile !== undefined) return noProfiles(intent.profile);
  const profile = policy.shape === "legacy" ? undefined : findProfile(policy, intent.profile);
  if (profile !== undefined && "kind" in profile) return profile;
  const edited = desiredGroups(policy, intent, profile);
  return "kind" in edited ? edited : parsePolicy({ ...policy.raw, ...edited });
}

function editLegacyList(policy: Policy, intent: ListIntent, inUse: readonly Aaguid[]): Policy | Refusal {
  if (intent.profile !== undefined) return noProfiles(intent.profile);
  const edited = desiredList(policy.raw.keyRestrictions ?? null, { intent, inUse });
  return "kind" in edited ? edited : parsePolicy({ ...policy.raw, ...edited });
}

function editProfileList(
  policy: ProfilesPolicy,
  intent: ListIntent,
  inUse: readonly Aaguid[],
): Policy | Refusal {
  const profile = findProfile(policy, intent.profile);
  if ("kind" in profile) return profile;
  const list = desiredList(profile.raw.keyRestrictions ?? null, { intent, inUse, profile: profile.name });
  const kinds = desiredTypes(profile, intent);
  // Where no list is enforced, the kind is all that keeps such models out.
  const isKindAlone = "kind" in list && list.code === "not-restricted" && kinds !== undefined;
  if ("kind" in list && !isKindAlone) return list;
  const edited = { ...("kind" in list ? {} : list), ...kinds };
  return parsePolicy({ ...policy.raw, ...replaced(policy, profile, edited) });
}

/** The kinds of passkey that a profile admits with the one that is to come; nothing where it admits that already. */
function desiredTypes(
  { types, raw }: ChosenProfile,
  intent: ListIntent,
): { readonly passkeyTypes: string } | undefined {
  const admits = intent.kind === "allow" ? intent.admits : undefined;
  if (admits === undefined || types.includes(admits)) return undefined;
  return { passkeyTypes: withType(raw.passkeyTypes, admits) };
}

function enableLegacy(policy: Policy, intent: EnableIntent, inUse: readonly Aaguid[]): Policy | Refusal {
  if (intent.profile !== undefined) return noProfiles(intent.profile);
  const targets = desiredTargets(policy, intent, undefined);
  if ("kind" in targets) return targets;
  return parsePolicy({
    ...policy.raw,
    ...TURNED_ON,
    ...targets,
    isAttestationEnforced: desiredAttestation(policy, intent) ?? policy.raw.isAttestationEnforced ?? false,
    keyRestrictions: desiredRestriction(policy.raw.keyRestrictions ?? null, intent, inUse),
  });
}

function enableProfile(
  policy: ProfilesPolicy,
  intent: EnableIntent,
  inUse: readonly Aaguid[],
): Policy | Refusal {
  const profile = findProfile(policy, intent.profile);
  if ("kind" in profile) return profile;
  const targets = desiredTargets(policy, intent, profile);
  if ("kind" in targets) return targets;
  const attestation = desiredAttestation(policy, intent);
  const edited = {
    ...(attestation === undefined || attestation === profile.attestationEnforced
      ? {}
      : { attestationEnforcement: attestation ? "registrationOnly" : "disabled" }),
    keyRestrictions: desiredRestriction(profile.raw.keyRestrictions ?? null, intent, inUse),
  };
  return parsePolicy({ ...policy.raw, ...TURNED_ON, ...targets, ...replaced(policy, profile, edited) });
}

const TURNED_ON = { state: "enabled", isSelfServiceRegistrationAllowed: true };

/** As asked; on a first enable not enforced; otherwise undefined: as it is. */
function desiredAttestation(policy: Policy, intent: EnableIntent): boolean | undefined {
  if (intent.attestation !== undefined) return intent.attestation === "enforced";
  return policy.state === "disabled" ? false : undefined;
}

function replaced(policy: ProfilesPolicy, profile: ChosenProfile, edited: JsonObject): JsonObject {
  return {
    passkeyProfiles: rawProfiles(policy).map((raw) =>
      idOf(raw) === profile.id ? { ...raw, ...edited } : raw,
    ),
  };
}

function noProfiles(name: string): Refusal {
  return refuse({ code: "profiles-not-in-use", name });
}
