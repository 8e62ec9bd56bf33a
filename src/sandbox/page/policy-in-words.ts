import type {
  SimKeyRestrictions,
  SimPolicy,
  SimProfile,
  SimulatedTenant,
} from "../../../simulators/tenant/simulated-tenant.js";
import { catalogue } from "../../catalogue/catalogue.js";
import { toAaguid } from "../../core/policy/policy.js";

export interface PolicyInWords {
  /** One fact a line. */
  readonly facts: readonly string[];
  /** What is demanded of passkeys: one for the legacy shape, one for each profile otherwise. */
  readonly rules: readonly RulesInWords[];
}

export interface RulesInWords {
  readonly name: string;
  readonly facts: readonly string[];
  readonly models: readonly string[];
}

/** The catalogue that the bot has without a network, as in the sandbox. */
const NAMES = catalogue();

/** The policy in plain words, for readers who do not read JSON. */
export function policyInWords(policy: SimPolicy, tenant: SimulatedTenant): PolicyInWords {
  const { passkeyProfiles } = policy;
  const targets = policy.includeTargets.map(({ id, allowedPasskeyProfiles }) => {
    const profiles = allowedPasskeyProfiles.map((profile) => profileName(passkeyProfiles, profile));
    return `${targetName(id, tenant)}${profiles.length > 0 ? ` (${profiles.join(", ")})` : ""}`;
  });
  const excluded = policy.excludeTargets.map(({ id }) => targetName(id, tenant));
  return {
    facts: [
      `Passkeys are ${policy.state === "enabled" ? "on" : "off"}.`,
      policy.isSelfServiceRegistrationAllowed
        ? "People may set up a passkey themselves."
        : "People cannot set up a passkey themselves.",
      `For: ${targets.join("; ") || "nobody"}.`,
      ...(excluded.length > 0 ? [`Not for: ${excluded.join("; ")}.`] : []),
      passkeyProfiles.length > 0
        ? `Shape: passkey profiles (${passkeyProfiles.length} of at most 3).`
        : "Shape: legacy, one set of rules for everybody.",
    ],
    rules:
      passkeyProfiles.length > 0
        ? passkeyProfiles.map((profile) => ({
            name: `${profile.name}${profile.id === policy.defaultPasskeyProfile ? " (default)" : ""}`,
            ...rules(profile.keyRestrictions, profile.attestationEnforcement !== "disabled"),
          }))
        : [{ name: "Rules", ...rules(policy.keyRestrictions, policy.isAttestationEnforced) }],
  };
}

function rules(restrictions: SimKeyRestrictions, attested: boolean): Omit<RulesInWords, "name"> {
  const { isEnforced, enforcementType, aaGuids } = restrictions;
  const count = aaGuids.length === 1 ? "1 model" : `${aaGuids.length} models`;
  const restriction = !isEnforced
    ? `Any model may be used${aaGuids.length > 0 ? `: a list of ${count} is there and not enforced` : ""}.`
    : enforcementType === "allow"
      ? `Only ${count} may be used.`
      : `Every model may be used but ${count}.`;
  return {
    facts: [restriction, attested ? "Attestation is enforced." : "Attestation is not enforced."],
    models: aaGuids.map(modelName),
  };
}

/** Named as the bot names them; firmware is said where models of one name differ by it. */
function modelName(written: string): string {
  const aaguid = toAaguid(written);
  if (aaguid === undefined) return written;
  const { name, firmware } = NAMES.model(aaguid);
  return `${name}${firmware === undefined ? "" : ` (firmware ${firmware})`} · ${aaguid}`;
}

const profileName = (profiles: readonly SimProfile[], id: string): string =>
  profiles.find((profile) => profile.id === id)?.name ?? id;

const targetName = (id: string, tenant: SimulatedTenant): string =>
  id === "all_users" ? "everybody" : (tenant.groups.get(id)?.displayName ?? id);
