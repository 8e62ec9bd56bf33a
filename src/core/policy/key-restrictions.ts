import { isJsonObject, type Json, type JsonObject } from "../json.js";

/** Graph's `keyRestrictions` with every member there; entries as they came, in their spelling and order. */
export interface KeyRestrictions {
  readonly isEnforced: boolean;
  readonly enforcementType: "allow" | "block";
  readonly aaGuids: readonly string[];
}

/** What is missing reads as "not restricted", as Graph means it. */
export function readKeyRestrictions(today: Json): KeyRestrictions {
  if (!isJsonObject(today)) return { isEnforced: false, enforcementType: "allow", aaGuids: [] };
  const list = today.aaGuids;
  return {
    isEnforced: today.isEnforced === true,
    enforcementType: today.enforcementType === "block" ? "block" : "allow",
    aaGuids: Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [],
  };
}

/**
 * Today's value with these restrictions. All three members are sent, because what Graph does with a missing one is
 * not documented; members we do not know stay.
 */
export function writeKeyRestrictions(today: Json, after: KeyRestrictions): JsonObject {
  return {
    ...(isJsonObject(today) ? today : {}),
    aaGuids: after.aaGuids,
    enforcementType: after.enforcementType,
    isEnforced: after.isEnforced,
  };
}

/** The entries without these models, however they are spelled. */
export function withoutModels(entries: readonly string[], models: readonly string[]): readonly string[] {
  return entries.filter((entry) => !models.includes(entry.trim().toLowerCase()));
}
