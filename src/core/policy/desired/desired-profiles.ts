import { createHash } from "node:crypto";
import { type Refusal, refuse, unreachable } from "../../errors.js";
import type { JsonObject } from "../../json.js";
import { withProfiles } from "../graph-made/migration.js";
import type { CreateProfileIntent, KindIntent, ProfileIntent, RenameProfileIntent } from "../intent.js";
import { parsePolicy } from "../parse-policy.js";
import type { Policy, ProfilesPolicy } from "../policy.js";
import { PROFILE_LIMIT } from "../policy-limits.js";
import { type ChosenProfile, findProfile, idOf, rawProfiles } from "./find-profile.js";
import { withoutType, withType } from "./passkey-types.js";

/** The policy after a profile was made, renamed, changed or deleted, or after the tenant opted in to profiles. */
export function desiredProfiles(policy: Policy, intent: ProfileIntent): Policy | Refusal {
  if (intent.kind === "use-profiles") {
    return policy.shape === "legacy"
      ? withProfiles(policy)
      : refuse({ code: "profiles-in-use-already", known: policy.profiles.map(({ name }) => name) });
  }
  if (policy.shape === "legacy") return withoutProfiles(intent);
  switch (intent.kind) {
    case "create-profile":
      return created(policy, intent);
    case "rename-profile":
      return renamed(policy, intent);
    case "delete-profile":
      return deleted(policy, intent.profile);
    case "admit-kind":
    case "refuse-kind":
      return withKinds(policy, intent);
    default:
      return unreachable(intent);
  }
}

function withoutProfiles(intent: Exclude<ProfileIntent, { kind: "use-profiles" }>): Refusal {
  if (intent.kind === "create-profile") return refuse({ code: "profiles-not-opted-in", name: intent.name });
  if (intent.kind === "admit-kind" || intent.kind === "refuse-kind") {
    if (intent.profile === undefined) return refuse({ code: "kinds-need-profiles", type: intent.type });
  }
  return refuse({ code: "profiles-not-in-use", name: intent.profile ?? "" });
}

function created(policy: ProfilesPolicy, intent: CreateProfileIntent): Policy | Refusal {
  const taken = refuseName(policy, intent.name);
  if (taken !== undefined) return taken;
  const { profiles } = policy;
  if (profiles.length >= PROFILE_LIMIT) {
    return refuse({
      code: "too-many-profiles",
      count: profiles.length + 1,
      limit: PROFILE_LIMIT,
      unused: profiles.filter(({ id }) => canBeDeleted(policy, id)).map(({ name }) => name),
    });
  }
  if (intent.attestation && intent.types.includes("synced")) {
    return refuse({ code: "synced-not-attested", name: intent.name });
  }
  const { restriction } = intent;
  const profile: JsonObject = {
    id: newProfileId(policy, intent.name),
    name: intent.name,
    passkeyTypes: intent.types.join(","),
    attestationEnforcement: intent.attestation ? "registrationOnly" : "disabled",
    keyRestrictions: {
      isEnforced: restriction.mode !== "any",
      enforcementType: restriction.mode === "block" ? "block" : "allow",
      aaGuids: restriction.mode === "any" ? [] : restriction.aaguids,
    },
  };
  return parsePolicy({ ...policy.raw, passkeyProfiles: [...rawProfiles(policy), profile] });
}

/** Ours until Graph gives it one: the same for the same name, so that a plan that is made again is the same plan. */
function newProfileId({ profiles }: ProfilesPolicy, name: string): string {
  for (let nth = 0; ; nth += 1) {
    const hex = createHash("sha256").update(`passkey profile ${nth} ${name}`).digest("hex");
    const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    if (!profiles.some((profile) => profile.id === id)) return id;
  }
}

/** Two profiles of one name could not be told apart, by a person or by us. */
function refuseName(policy: ProfilesPolicy, name: string, own?: string): Refusal | undefined {
  const taken = policy.profiles.find(
    (other) => comparable(other.name) === comparable(name) && other.id !== own,
  );
  return taken && refuse({ code: "profile-name-taken", name: taken.name });
}

const comparable = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

function renamed(policy: ProfilesPolicy, { profile: typed, name }: RenameProfileIntent): Policy | Refusal {
  const profile = findProfile(policy, typed);
  if ("kind" in profile) return profile;
  return refuseName(policy, name, profile.id) ?? edited(policy, profile, { name });
}

function deleted(policy: ProfilesPolicy, typed: string): Policy | Refusal {
  const profile = findProfile(policy, typed);
  if ("kind" in profile) return profile;
  const { id, name } = profile;
  if (id === policy.defaultProfile) return refuse({ code: "default-profile-stays", name });
  const targets = policy.include.filter(({ profiles }) => profiles.includes(id));
  if (targets.length > 0)
    return refuse({ code: "profile-assigned", profile: name, targets: targets.map((target) => target.id) });
  return parsePolicy({
    ...policy.raw,
    passkeyProfiles: rawProfiles(policy).filter((raw) => idOf(raw) !== id),
  });
}

function canBeDeleted({ defaultProfile, include }: ProfilesPolicy, id: string): boolean {
  return id !== defaultProfile && !include.some(({ profiles }) => profiles.includes(id));
}

function withKinds(policy: ProfilesPolicy, { kind, type, profile: typed }: KindIntent): Policy | Refusal {
  const profile = findProfile(policy, typed);
  if ("kind" in profile) return profile;
  const { types, otherTypes = [], name, raw } = profile;
  if ((kind === "admit-kind") === types.includes(type)) return policy;
  if (kind === "admit-kind")
    return edited(policy, profile, { passkeyTypes: withType(raw.passkeyTypes, type) });
  const isLast = types.length === 1 && otherTypes.length === 0;
  if (isLast) return refuse({ code: "last-kind", profile: name, type });
  return edited(policy, profile, { passkeyTypes: withoutType(raw.passkeyTypes, type) });
}

function edited(policy: ProfilesPolicy, { id }: ChosenProfile, members: JsonObject): Policy {
  const passkeyProfiles = rawProfiles(policy).map((raw) => (idOf(raw) === id ? { ...raw, ...members } : raw));
  return parsePolicy({ ...policy.raw, passkeyProfiles });
}
