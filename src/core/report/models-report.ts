import type { Model } from "../policy/model.js";
import type { Policy } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";
import { type KeyRow, type KeysInUse, keysBy } from "./keys-in-use.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** A model that lists name and no person uses. */
export interface UnusedModel {
  readonly model: Model;
  /** Profiles on whose allow list it is; empty in the legacy shape. */
  readonly profiles: readonly string[];
}

/** The models that people use, those that lists allow, and those that the FIDO metadata warns of. */
export interface ModelsReport {
  readonly kind: "models";
  /** Models with a warning and unknown ones first, then most people first. */
  readonly inUse: readonly KeyRow[];
  /** Of those on an enforced allow list. */
  readonly unused: readonly UnusedModel[];
  readonly inventory: KeysInUse["inventory"];
  readonly policy: KeysInUse["policy"];
  /** Whether any list says which models may be used. */
  readonly isRestricted: boolean;
  /** Whether there is FIDO metadata, without which no model is warned of. */
  readonly hasMetadata: boolean;
}

/** By the latest finished scan and today's policy. */
export async function modelsReport(
  ports: Pick<Ports, "scans" | "catalogue" | "tenant" | "log">,
  rules: Pick<Rules, "tenantId">,
): Promise<ModelsReport | NoScan> {
  const inventory = await findScan(ports, rules);
  if (inventory === undefined) return NO_SCAN;
  const policy = await readPolicyIfPossible(ports);
  const keys = await keysBy(ports, rules, { inventory, policy });
  const used = new Set(keys.rows.map(({ aaguid }) => aaguid));
  return {
    kind: "models",
    inUse: keys.rows,
    unused: policy === undefined ? [] : allowLists(policy).filter(({ model }) => !used.has(model.aaguid)),
    inventory: keys.inventory,
    policy: keys.policy,
    isRestricted:
      policy !== undefined && setsOf(policy).some(({ restriction }) => restriction.mode !== "any"),
    hasMetadata: ports.catalogue.metadataNumber() !== undefined,
  };

  function allowLists(today: Policy): readonly UnusedModel[] {
    const profiles = new Map<UnusedModel["model"]["aaguid"], string[]>();
    for (const { restriction, name } of setsOf(today)) {
      if (restriction.mode !== "allow") continue;
      for (const aaguid of restriction.aaguids) {
        profiles.set(aaguid, [...(profiles.get(aaguid) ?? []), ...(name === undefined ? [] : [name])]);
      }
    }
    return [...profiles].map(([aaguid, on]) => ({ model: ports.catalogue.model(aaguid), profiles: on }));
  }
}

function setsOf(policy: Policy) {
  return policy.shape === "legacy" ? [{ ...policy, name: undefined }] : policy.profiles;
}
