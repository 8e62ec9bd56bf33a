import { UNKNOWN_MODEL } from "../../core/policy/model.js";
import {
  ALL_USERS,
  type IncludeTarget,
  type PasskeyType,
  type Restriction,
} from "../../core/policy/policy.js";
import { listed, number, plain } from "./card-text.js";

export type Names = Readonly<Record<string, string>>;

/** How many groups are named in one cell. */
const GROUPS_NAMED = 4;

export function onOff(state: "enabled" | "disabled"): string {
  return state === "enabled" ? "on" : "off";
}

export function attestationWords(enforced: boolean): string {
  return enforced ? "enforced" : "not enforced";
}

export function typesWords(types: readonly PasskeyType[]): string {
  if (types.length === 0) return "none";
  return listed(
    types.map((type) => (type === "synced" ? "synced" : "device-bound")),
    2,
  );
}

/** "7 listed", "all but 3 blocked", "any". */
export function restrictionWords(restriction: Restriction): string {
  switch (restriction.mode) {
    case "any":
      return "any";
    case "allow":
      return `${number(restriction.aaguids.length)} listed`;
    case "block":
      return restriction.aaguids.length === 0
        ? "none blocked"
        : `all but ${number(restriction.aaguids.length)} blocked`;
  }
}

/** "all users", "Pilot and Finance", "nobody". */
export function targetWords(targets: readonly IncludeTarget[], groupNames: Names): string {
  if (targets.length === 0) return "nobody";
  return listed(
    targets.map((target) => groupWords(target.id, groupNames)),
    GROUPS_NAMED,
  );
}

export function excludeWords(ids: readonly string[], groupNames: Names): string {
  if (ids.length === 0) return "nobody";
  return listed(
    ids.map((id) => groupWords(id, groupNames)),
    GROUPS_NAMED,
  );
}

export function groupWords(id: string, groupNames: Names): string {
  if (id === ALL_USERS) return "all users";
  const name = groupNames[id];
  return name === undefined ? `a group that no longer exists (${plain(id)})` : plain(name);
}

/** The name people know, else the AAGUID itself. */
export function modelWords(aaguid: string, modelNames: Names): string {
  return plain(modelNames[aaguid] ?? aaguid);
}

/** The same with the beginning of the AAGUID where that alone tells models apart: of one name, or of none. */
export function distinctModelWords(aaguid: string, modelNames: Names): string {
  const name = modelNames[aaguid];
  const shared = Object.values(modelNames).filter((other) => other === name).length > 1;
  const words = modelWords(aaguid, modelNames);
  return name === UNKNOWN_MODEL || (name !== undefined && shared)
    ? `${words} (${aaguid.slice(0, 8)}…)`
    : words;
}
