import type { PasskeyRules, PasskeyType, Restriction } from "../policy/policy.js";
import { counted, listed, number } from "./amounts.js";

/** "on". */
export function onOff(state: "enabled" | "disabled"): string {
  return state === "enabled" ? "on" : "off";
}

/** "enforced". */
export function attestationWords(enforced: boolean, other?: string): string {
  if (other !== undefined) return `${other}, which this version does not know`;
  return enforced ? "enforced" : "not enforced";
}

/** "synced and device-bound". @param others words of a later Graph's, shown as they are */
export function typesWords(types: readonly PasskeyType[], others: readonly string[] = []): string {
  const words = [...types.map((type) => (type === "synced" ? "synced" : "device-bound")), ...others];
  return words.length === 0 ? "none" : listed(words, words.length);
}

/** "7 allowed", "all but 3 blocked", "any". */
export function restrictionWords(restriction: Restriction): string {
  switch (restriction.mode) {
    case "any":
      return "any";
    case "allow":
      return `${number(restriction.aaguids.length)} allowed`;
    case "block":
      return restriction.aaguids.length === 0
        ? "none blocked"
        : `all but ${number(restriction.aaguids.length)} blocked`;
  }
}

/** Which models a set of rules lets in, as a part of a sentence: "only the 7 models on the list". */
export function allowedModelsWords({ restriction }: Pick<PasskeyRules, "restriction">): string {
  const count = restriction.mode === "any" ? 0 : restriction.aaguids.length;
  if (restriction.mode === "allow") {
    return count === 0 ? "none: the list is empty" : `only the ${counted(count, "model")} on the list`;
  }
  return count === 0
    ? "any"
    : `any but the ${counted(count, "model")} that ${count === 1 ? "is" : "are"} blocked`;
}
