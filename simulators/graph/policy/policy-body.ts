import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.js";
import type { SimExcludeTarget, SimIncludeTarget, SimPolicy } from "../../tenant/simulated-tenant.js";
import { badRequest } from "../graph-error.js";
import type { Readings } from "../readings.js";
import {
  aaguidsOf,
  booleanOf,
  GUID,
  idOf,
  listOf,
  oneOf,
  passkeyTypesOf,
  refuseUnknown,
  textOf,
} from "./policy-values.js";

/** The type a PATCH has to declare (documented). */
export const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

export interface RestrictionPatch {
  readonly isEnforced?: boolean;
  readonly enforcementType?: "allow" | "block";
  readonly aaGuids?: readonly string[];
}
export interface ProfilePatch {
  readonly id?: string;
  readonly name?: string;
  readonly passkeyTypes?: string;
  readonly attestationEnforcement?: "disabled" | "registrationOnly";
  readonly keyRestrictions?: RestrictionPatch;
  /** Properties Microsoft added later. */
  readonly later: JsonObject;
}
/** A PATCH whose every value has the right type. Whether the values go together is not said yet. */
export interface PolicyPatch {
  readonly state?: "enabled" | "disabled";
  readonly isSelfServiceRegistrationAllowed?: boolean;
  readonly isAttestationEnforced?: boolean;
  readonly keyRestrictions?: RestrictionPatch;
  readonly includeTargets?: readonly SimIncludeTarget[];
  readonly excludeTargets?: readonly SimExcludeTarget[];
  readonly passkeyProfiles?: readonly ProfilePatch[];
  readonly later: JsonObject;
}

const POLICY_PROPERTIES = [
  "id",
  "state",
  "isSelfServiceRegistrationAllowed",
  "isAttestationEnforced",
  "keyRestrictions",
  "defaultPasskeyProfile",
  "includeTargets",
  "excludeTargets",
  "passkeyProfiles",
];
const PROFILE_PROPERTIES = ["id", "name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"];
const TARGET_PROPERTIES = ["id", "targetType", "isRegistrationRequired", "allowedPasskeyProfiles"];

/** Reads a PATCH body by the published types. Properties the stored policy has are known, others are refused. @throws GraphRefusal */
export function readPolicyPatch(body: JsonObject, stored: SimPolicy, readings: Readings): PolicyPatch {
  if (readings.annotationsInBody === "refused") refuseAnnotations(body);
  refuseUnknown(
    body,
    [...POLICY_PROPERTIES, ...Object.keys(stored)],
    "fido2AuthenticationMethodConfiguration",
  );
  refuseReadOnly(body, stored);
  return {
    ...present(body, "state", (value) => oneOf(value, "state", ["enabled", "disabled"])),
    ...present(body, "isSelfServiceRegistrationAllowed", booleanOf),
    ...present(body, "isAttestationEnforced", booleanOf),
    ...present(body, "keyRestrictions", readRestriction),
    ...present(body, "includeTargets", (value, name) => listOf(value, name).map(readIncludeTarget)),
    ...present(body, "excludeTargets", (value, name) =>
      listOf(value, name).map((item) => readTarget(item, [])),
    ),
    ...present(body, "passkeyProfiles", (value, name) =>
      // There is no way back from profiles since their general availability (documented): null is no list.
      listOf(value, name).map((item) => readProfile(item, stored)),
    ),
    later: laterProperties(body, POLICY_PROPERTIES),
  };
}

/** `{ [name]: parsed }` when the body holds the property, else nothing. */
function present<Name extends string, T>(
  body: JsonObject,
  name: Name,
  parse: (value: Json, name: string) => T,
): { readonly [key in Name]?: T } {
  const value = body[name];
  return value === undefined ? {} : ({ [name]: parse(value, name) } as { readonly [key in Name]?: T });
}

function laterProperties(body: JsonObject, known: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !known.includes(name) && !name.includes("@odata.")),
  );
}

function refuseAnnotations(body: JsonObject): void {
  const annotation = Object.keys(body).find((name) => name.includes("@odata.") && name !== "@odata.type");
  if (annotation !== undefined)
    throw badRequest(`The annotation '${annotation}' is not allowed in a request.`);
}

function refuseReadOnly(body: JsonObject, stored: SimPolicy): void {
  const { id, defaultPasskeyProfile: profile } = body;
  if (id !== undefined && String(id).toLowerCase() !== "fido2")
    throw badRequest("Property 'id' is read-only.");
  if (profile !== undefined && profile !== stored.defaultPasskeyProfile) {
    throw badRequest("Property 'defaultPasskeyProfile' is read-only.");
  }
}

function readRestriction(value: Json, name: string): RestrictionPatch {
  if (!isJsonObject(value)) throw badRequest(`Property '${name}' must be a fido2KeyRestrictions object.`);
  refuseUnknown(value, ["isEnforced", "enforcementType", "aaGuids"], "fido2KeyRestrictions");
  return {
    ...present(value, "isEnforced", booleanOf),
    ...present(value, "enforcementType", (type) => oneOf(type, "enforcementType", ["allow", "block"])),
    ...present(value, "aaGuids", aaguidsOf),
  };
}

function readProfile(value: Json, stored: SimPolicy): ProfilePatch {
  if (!isJsonObject(value)) throw badRequest("An item of 'passkeyProfiles' must be an object.");
  const known = [...PROFILE_PROPERTIES, ...stored.passkeyProfiles.flatMap((profile) => Object.keys(profile))];
  refuseUnknown(value, known, "passkeyProfile");
  // Words that Microsoft added later are those that are stored already.
  const later = {
    types: stored.passkeyProfiles.flatMap(({ passkeyTypes }) => passkeyTypes.split(",")),
    attestation: stored.passkeyProfiles.map(({ attestationEnforcement }) => attestationEnforcement),
  };
  return {
    ...present(value, "id", idOf),
    ...present(value, "name", textOf),
    ...present(value, "passkeyTypes", (types, name) => passkeyTypesOf(types, name, later.types)),
    ...present(value, "attestationEnforcement", (level, name) =>
      oneOf(level, name, ["disabled", "registrationOnly", ...later.attestation]),
    ),
    ...present(value, "keyRestrictions", readRestriction),
    later: laterProperties(value, PROFILE_PROPERTIES),
  };
}

function readIncludeTarget(value: Json): SimIncludeTarget {
  const target = readTarget(value, ["all_users"]);
  const object = value as JsonObject;
  const profiles = object.allowedPasskeyProfiles;
  return {
    ...laterProperties(object, TARGET_PROPERTIES),
    ...target,
    isRegistrationRequired: booleanOf(object.isRegistrationRequired ?? false, "isRegistrationRequired"),
    allowedPasskeyProfiles:
      profiles === undefined ? [] : listOf(profiles, "allowedPasskeyProfiles").map(idOf),
  };
}

/** @param words ids allowed beside GUIDs */
function readTarget(value: Json, words: readonly string[]): SimExcludeTarget {
  if (!isJsonObject(value)) throw badRequest("A target must be an object with 'id' and 'targetType'.");
  refuseUnknown(value, TARGET_PROPERTIES, "authenticationMethodTarget");
  const id = textOf(value.id ?? null, "id");
  if (!words.includes(id) && !GUID.test(id)) throw badRequest(`Invalid target id '${id}'.`);
  return { id, targetType: oneOf(value.targetType ?? null, "targetType", ["group", "user"]) };
}
