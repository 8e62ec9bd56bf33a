import type { Aaguid, PasskeyRules, PasskeyType, Restriction } from "./policy.js";

function allows(restriction: Restriction, aaguid: Aaguid): boolean {
  switch (restriction.mode) {
    case "any":
      return true;
    case "allow":
      return restriction.aaguids.includes(aaguid);
    case "block":
      return !restriction.aaguids.includes(aaguid);
  }
}

/** Whether a passkey of this model and type may be used under these rules. Attestation counts at registration only. */
export function permits(rules: PasskeyRules, aaguid: Aaguid, type: PasskeyType): boolean {
  return rules.types.includes(type) && allows(rules.restriction, aaguid);
}

/** True when everything `narrow` permits is permitted by `wide`, for every model there may be. */
export function coversRules(wide: PasskeyRules, narrow: PasskeyRules): boolean {
  return (
    narrow.types.every((type) => wide.types.includes(type)) &&
    coversRestriction(wide.restriction, narrow.restriction)
  );
}

function coversRestriction(wide: Restriction, narrow: Restriction): boolean {
  if (wide.mode === "any") return true;
  if (narrow.mode === "any") return wide.mode === "block" && wide.aaguids.length === 0;
  if (narrow.mode === "allow") return narrow.aaguids.every((aaguid) => allows(wide, aaguid));
  return wide.mode === "block" && wide.aaguids.every((aaguid) => narrow.aaguids.includes(aaguid));
}
