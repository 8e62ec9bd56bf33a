import type { Aaguid, Policy, Restriction } from "../policy/policy.js";
import type { Ports } from "../ports.js";

/** AAGUID -> model name. */
export function nameModels(
  ports: Pick<Ports, "catalogue">,
  hints: ReadonlyMap<Aaguid, string | undefined>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...hints].map(([aaguid, hint]) => [aaguid, ports.catalogue.modelName(aaguid, hint)]),
  );
}

/** AAGUID -> what the FIDO metadata warns of; models without a warning are left out. */
export function warnOfModels(
  ports: Pick<Ports, "catalogue">,
  hints: ReadonlyMap<Aaguid, string | undefined>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...hints].flatMap(([aaguid, hint]) => {
      const statuses = ports.catalogue.model(aaguid, hint).warnings.map((warning) => warning.status);
      return statuses.length === 0 ? [] : [[aaguid, [...new Set(statuses)].join(", ")]];
    }),
  );
}

/** Every model a policy names in an enforced list. */
export function listedModels(policy: Policy): readonly Aaguid[] {
  const sets = policy.shape === "legacy" ? [policy] : policy.profiles;
  return sets.flatMap((rules) => listOf(rules.restriction));
}

function listOf(restriction: Restriction): readonly Aaguid[] {
  return restriction.mode === "any" ? [] : restriction.aaguids;
}
