import type { Refusal } from "../errors.js";
import type { Model } from "../policy/model.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Aaguid, PasskeyRules, PasskeyType, Policy } from "../policy/policy.js";
import { permits } from "../policy/restriction-rules.js";
import type { Ports, Rules } from "../ports.js";
import { typesSeen } from "./allowed-today.js";
import { findModels } from "./find-models.js";
import { findScan } from "./find-scan.js";

/** What one set of rules says of a model. */
export interface RulesOnModel {
  /** Absent in a tenant without profiles. */
  readonly profile?: string;
  /** Its passkeys of this kind may be used; `kind`: the list has it, and passkeys of its kind are not admitted. */
  readonly verdict: "any" | "listed" | "not-blocked" | "not-listed" | "blocked" | "kind";
}

/** Whether one model may be used, set of rules by set of rules. */
export interface ModelAllowed {
  readonly model: Model;
  readonly rules: readonly RulesOnModel[];
  /** By the latest scan. */
  readonly people: number;
}

/** Whether models that a person named may be used. */
export interface IsAllowed {
  readonly kind: "is-allowed";
  readonly state: Policy["state"];
  readonly models: readonly ModelAllowed[];
}

/** @throws Fault when the policy cannot be read */
export async function isAllowed(
  ports: Pick<Ports, "scans" | "catalogue" | "tenant">,
  rules: Pick<Rules, "tenantId">,
  words: string,
): Promise<IsAllowed | Refusal> {
  const inventory = await findScan(ports, rules);
  const found = findModels(ports, "what is", words, inventory);
  if (found.kind === "refusal") return found;
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const models = found.models.map((model): ModelAllowed => {
    const use = inventory?.models.find(({ aaguid }) => aaguid === model.aaguid);
    const types = use === undefined ? undefined : typesSeen(use);
    return { model, rules: rulesOn(policy, model.aaguid, types), people: use?.people ?? 0 };
  });
  return { kind: "is-allowed", state: policy.state, models };
}

function rulesOn(
  policy: Policy,
  aaguid: Aaguid,
  types: readonly PasskeyType[] | undefined,
): readonly RulesOnModel[] {
  if (policy.shape === "legacy") return [{ verdict: verdictOf(policy, aaguid, types) }];
  return policy.profiles.map((profile) => ({
    profile: profile.name,
    verdict: verdictOf(profile, aaguid, types),
  }));
}

function verdictOf(
  rules: PasskeyRules,
  aaguid: Aaguid,
  types: readonly PasskeyType[] = ["deviceBound", "synced"],
): RulesOnModel["verdict"] {
  const { mode } = rules.restriction;
  const isListed = mode !== "any" && rules.restriction.aaguids.includes(aaguid);
  if (mode === "allow" && !isListed) return "not-listed";
  if (mode === "block" && isListed) return "blocked";
  if (!types.some((type) => permits(rules, aaguid, type))) return "kind";
  return mode === "any" ? "any" : mode === "allow" ? "listed" : "not-blocked";
}
