import { Fault } from "../errors.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type {
  Aaguid,
  IncludeTarget,
  PasskeyProfile,
  PasskeyType,
  Policy,
  ProfilesPolicy,
  Restriction,
} from "./policy.js";

/** The default profile's id in every tenant; source: Microsoft Learn, the PATCH example of the fido2 configuration. */
export const DEFAULT_PROFILE = "00000000-0000-0000-0000-000000000001";
const ATTESTATIONS: readonly string[] = ["disabled", "registrationOnly"];
const EVERY_TYPE: readonly PasskeyType[] = ["deviceBound", "synced"];

/**
 * Reads Graph's `fido2AuthenticationMethodConfiguration` in either shape.
 * What is missing is unknown, never "fine": a tenant must not be planned on a guess.
 * @throws Fault `policy-unreadable` naming the member that is missing or not understood
 */
export function parsePolicy(raw: JsonObject): Policy {
  const state = raw.state;
  if (state !== "enabled" && state !== "disabled") throw unreadable("state", "enabled or disabled", state);
  const common = {
    raw,
    state,
    selfService: readFlag(raw, "isSelfServiceRegistrationAllowed"),
    include: readList(raw, "includeTargets").map(readInclude),
    exclude: readList(raw, "excludeTargets").map((target) => readTargetId(target, "excludeTargets")),
  } as const;
  const profiles = raw.passkeyProfiles;
  if (Array.isArray(profiles) && profiles.length > 0)
    return { ...common, shape: "profiles", ...readProfiles(raw) };
  if (typeof raw.defaultPasskeyProfile === "string") {
    throw unreadable("passkeyProfiles", "the profiles, since there is a default one", profiles);
  }
  return {
    ...common,
    shape: "legacy",
    attestationEnforced: readFlag(raw, "isAttestationEnforced"),
    types: EVERY_TYPE,
    restriction: readRestriction(raw, ""),
  };
}

function readProfiles(raw: JsonObject): Pick<ProfilesPolicy, "profiles" | "defaultProfile"> {
  const profiles = readList(raw, "passkeyProfiles").map(readProfile);
  const defaultProfile = defaultProfileOf(raw);
  if (!profiles.some((profile) => profile.id === defaultProfile)) {
    throw unreadable("defaultPasskeyProfile", "the id of one of the profiles", raw.defaultPasskeyProfile);
  }
  return { profiles, defaultProfile };
}

/** Id (lower case) of the profile that is the default in a tenant with profiles. */
export function defaultProfileOf({ defaultPasskeyProfile: named }: JsonObject): string {
  return (typeof named === "string" ? named : DEFAULT_PROFILE).toLowerCase();
}

function readProfile(raw: JsonObject): PasskeyProfile {
  const id = readText(raw, "passkeyProfiles.id", "id").toLowerCase();
  const name = raw.name;
  const attestation = readText(raw, "passkeyProfiles.attestationEnforcement", "attestationEnforcement");
  return {
    id,
    name: typeof name === "string" && name !== "" ? name : id,
    attestationEnforced: attestation !== "disabled",
    ...(ATTESTATIONS.includes(attestation)
      ? {}
      : { otherAttestation: readWord("attestationEnforcement", attestation) }),
    ...readTypes(raw),
    restriction: readRestriction(raw, "passkeyProfiles."),
  };
}

/** A flags enum: `deviceBound`, `synced` or both with a comma. */
function readTypes(raw: JsonObject): Pick<PasskeyProfile, "types" | "otherTypes"> {
  const text = raw.passkeyTypes;
  if (text === null) return { types: EVERY_TYPE };
  if (typeof text !== "string")
    throw unreadable("passkeyProfiles.passkeyTypes", "deviceBound, synced or both", text);
  const words = text.split(",").map((word) => word.trim());
  const others = words.filter((word) => word !== "" && !(EVERY_TYPE as readonly string[]).includes(word));
  return {
    types: EVERY_TYPE.filter((type) => words.includes(type)),
    ...(others.length === 0 ? {} : { otherTypes: others.map((word) => readWord("passkeyTypes", word)) }),
  };
}

/** A word of a later Graph's; it is shown to people, so a text that is no word is none. */
function readWord(member: string, text: string): string {
  if (!/^\w+$/.test(text)) throw unreadable(`passkeyProfiles.${member}`, "a word", text);
  return text;
}

function readRestriction(holder: JsonObject, where: string): Restriction {
  const raw = holder.keyRestrictions;
  if (raw === null) return { mode: "any" };
  if (!isJsonObject(raw)) throw unreadable(`${where}keyRestrictions`, "an object", raw);
  const enforced = raw.isEnforced;
  if (enforced === false || enforced === null) return { mode: "any" };
  if (enforced !== true) throw unreadable(`${where}keyRestrictions.isEnforced`, "true or false", enforced);
  const mode = raw.enforcementType;
  if (mode !== "allow" && mode !== "block") {
    throw unreadable(`${where}keyRestrictions.enforcementType`, "allow or block", mode);
  }
  const list = raw.aaGuids;
  if (!isListOfTexts(list)) {
    throw unreadable(`${where}keyRestrictions.aaGuids`, "a list of GUIDs", list);
  }
  return { mode, aaguids: distinct(list) };
}

function isListOfTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

/** The list in the one spelling we compare in; Graph stores duplicates and upper case without complaint. */
export function distinct(list: readonly string[]): readonly Aaguid[] {
  return [...new Set(list.map((entry) => entry.trim().toLowerCase() as Aaguid))];
}

function readInclude(raw: JsonObject): IncludeTarget {
  const profiles = raw.allowedPasskeyProfiles ?? [];
  if (!isListOfTexts(profiles)) {
    throw unreadable("includeTargets.allowedPasskeyProfiles", "a list of ids", profiles);
  }
  return {
    id: readTargetId(raw, "includeTargets"),
    profiles: profiles.map((id) => id.toLowerCase()),
  };
}

/** A target is a group, all users, or (discouraged since 2022) one person; whom any other kind means is not known. */
function readTargetId(raw: JsonObject, list: string): string {
  const kind = raw.targetType ?? "group";
  if (kind !== "group" && kind !== "user") throw unreadable(`${list}.targetType`, "group or user", kind);
  return readText(raw, `${list}.id`, "id").toLowerCase();
}

function readFlag(raw: JsonObject, name: string): boolean {
  const value = raw[name];
  if (value === null) return false;
  if (typeof value !== "boolean") throw unreadable(name, "true or false", value);
  return value;
}

function readText(raw: JsonObject, where: string, name: string): string {
  const value = raw[name];
  if (typeof value !== "string" || value === "") throw unreadable(where, "a text", value);
  return value;
}

function readList(raw: JsonObject, name: string): readonly JsonObject[] {
  const value = raw[name];
  if (value === null) return [];
  if (!Array.isArray(value) || !value.every((entry) => isJsonObject(entry)))
    throw unreadable(name, "a list", value);
  return value as readonly JsonObject[];
}

function unreadable(member: string, expected: string, found: Json | undefined): Fault {
  const seen = found === undefined ? "nothing" : JSON.stringify(found).slice(0, 80);
  return new Fault(
    "policy-unreadable",
    `The policy's ${member} should be ${expected}, but Graph sent ${seen}.`,
  );
}
