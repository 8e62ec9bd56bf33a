import { type Refusal, unreachable } from "../../../core/errors.js";
import { listed } from "../../../core/words/amounts.js";
import { typesWords } from "../../../core/words/policy-words.js";
import { code, plain } from "../card-text.js";
import { groupsWords } from "../names.js";

/** What opting in to profiles is asked for by. */
export const OPT_IN = "opt in to passkey profiles";
const GROUPS_SHOWN = 5;
const MODELS_SHOWN = 3;

type ProfileRefusal = Extract<
  Refusal,
  {
    code:
      | "profiles-not-opted-in"
      | "profiles-in-use-already"
      | "kinds-need-profiles"
      | "profile-name-taken"
      | "profile-name-unusable"
      | "default-profile-stays"
      | "profile-assigned"
      | "last-kind"
      | "kind-not-in-new-profile"
      | "synced-not-attested"
      | "too-many-profiles"
      | "which-profile";
  }
>;

/** Why a profile is not made, renamed, changed or deleted. Each ends with the next step. */
export function profileRefusalText(refusal: ProfileRefusal): string {
  switch (refusal.code) {
    case "profiles-not-opted-in":
      return `This tenant has no passkey profiles yet: one set of rules holds for everybody, so ${plain(refusal.name)} would have none beside it. To opt in to profiles turns those rules into the default profile, for the same people; nobody loses a passkey by it, unless its card says so, and it cannot be undone. Say ${code(OPT_IN)} to propose that by itself, then ask for the profile again.`;
    case "profiles-in-use-already":
      return `This tenant has passkey profiles already: ${names(refusal.known)}. Say ${code("profiles")} to see them.`;
    case "kinds-need-profiles":
      return `Without passkey profiles every kind is admitted, ${typesWords([refusal.type])} passkeys too; only attestation keeps synced ones out, when they are registered. Say ${code("show policy")} for the rules of today, or ${code(OPT_IN)} to tell kinds apart.`;
    case "profile-name-taken":
      return `There is a profile named ${plain(refusal.name)} already, and two could not be told apart. Ask again with another name, or say ${code(`show profile "${refusal.name}"`)}.`;
    case "profile-name-unusable":
      return `A profile's name is one line of at most ${refusal.limit} characters, without double quotes, so that it can be read and typed again. Ask again with another name.`;
    case "default-profile-stays":
      return `${plain(refusal.name)} is the default profile, which Entra keeps in every tenant. Say ${code("profiles")} to see which can be deleted.`;
    case "profile-assigned":
      return assignedText(refusal);
    case "last-kind":
      return `Profile ${plain(refusal.profile)} admits ${typesWords([refusal.type])} passkeys only, and without them nobody could use it. Say ${code(`allow ${refusal.type === "synced" ? "device-bound" : "synced"} passkeys in profile "${refusal.profile}"`)} first, or take the profile from its groups.`;
    case "kind-not-in-new-profile":
      return `${models(refusal)} make ${typesWords([refusal.type])} passkeys, and profile ${plain(refusal.name)} would admit no such. Ask again with ${code(`${typesWords([refusal.type])}`)} behind the name, or without them on the list.`;
    case "synced-not-attested":
      return `Synced passkeys cannot be attested, so a profile with attestation is for device-bound ones. Ask for ${plain(refusal.name)} again, either ${code("device-bound with attestation")} or ${code("synced without attestation")}.`;
    case "too-many-profiles":
      return tooManyText(refusal);
    case "which-profile":
      return `The groups of the pilot have different profiles: ${names(refusal.profiles)}. Ask again and say which, such as ${code(`promote pilot to all users in profile "${refusal.profiles[0] ?? ""}"`)}.`;
    default:
      return unreachable(refusal);
  }
}

function assignedText({ profile, targets, groups }: Extract<Refusal, { code: "profile-assigned" }>): string {
  const [first] = targets;
  const who = groups === undefined ? `${targets.length} groups` : groupsWords(targets, groups, GROUPS_SHOWN);
  const own = first === undefined ? undefined : groups?.groupNames[first];
  const take =
    own === undefined
      ? `give them another one in Entra`
      : `say ${code(`unassign "${profile}" from ${own.includes('"') ? first : `"${own}"`}`)}`;
  return `Profile ${plain(profile)} is in use by ${who}, and Entra deletes no profile that is. First ${take}, then say ${code(`delete profile "${profile}"`)}.`;
}

function tooManyText({ limit, unused = [] }: Extract<Refusal, { code: "too-many-profiles" }>): string {
  const [free] = unused;
  const next =
    free === undefined
      ? `Take one from its groups and delete it, or change one that is there: say ${code("profiles")} to see who has which.`
      : `Nobody has ${names(unused)}: say ${code(`delete profile "${free}"`)}, then ask again.`;
  return `Entra takes ${limit} passkey profiles at most, the default one included, and there are as many already. ${next}`;
}

function models({ models: unlike }: Extract<Refusal, { code: "kind-not-in-new-profile" }>): string {
  return listed(
    unlike.map(({ name, aaguid }) => plain(name ?? aaguid)),
    MODELS_SHOWN,
  );
}

const names = (all: readonly string[]): string => all.map((name) => plain(name)).join(", ");
