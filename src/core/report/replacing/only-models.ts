import { type Refusal, refuse } from "../../errors.js";
import type { Model } from "../../policy/model.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { type Aaguid, type PasskeyRules, type Policy, toAaguid } from "../../policy/policy.js";
import type { Ports, Rules } from "../../ports.js";
import { findScan } from "../find-scan.js";

/** A model that may be used today, and how many people have it by the latest scan. */
export interface UsableModel {
  readonly model: Model;
  readonly people: number;
}

/** What of today's list would stay and what would go, if nothing but the named models were allowed. */
export interface OnlyModels {
  readonly kind: "only-models";
  readonly typed: string;
  /** What kind of list there is: without an allow list, what is on none would stay usable. */
  readonly mode: PasskeyRules["restriction"]["mode"];
  /** Absent in a tenant without profiles. */
  readonly profile?: string;
  readonly kept: readonly UsableModel[];
  /** Those that most people have first. */
  readonly others: readonly UsableModel[];
}

/** Says nothing of which model it is. */
const NO_NAME = /^(?:all|the|our|any|keys?|models?|authenticators?|devices?)$/;
const SECURITY_KEY = /^(?:hardware|security)$/;

/** Refuses a name that no model on the list or in use has. @throws Fault when the policy cannot be read */
export async function onlyModels(
  ports: Pick<Ports, "scans" | "catalogue" | "tenant">,
  rules: Pick<Rules, "tenantId">,
  typed: string,
): Promise<OnlyModels | Refusal> {
  const inventory = await findScan(ports, rules);
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const { restriction, profile } = rulesOf(policy);
  const used = inventory?.models ?? [];
  const isBlocked = (aaguid: Aaguid) => restriction.mode === "block" && restriction.aaguids.includes(aaguid);
  const usable =
    restriction.mode === "allow"
      ? restriction.aaguids
      : used.map(({ aaguid }) => aaguid).filter((aaguid) => !isBlocked(aaguid));
  const models = usable.map((aaguid): UsableModel => {
    const use = used.find((each) => each.aaguid === aaguid);
    return { model: ports.catalogue.model(aaguid, use?.hint), people: use?.people ?? 0 };
  });
  const isMeant = meaning(typed);
  const kept = models.filter(({ model }) => isMeant(model));
  if (kept.length === 0 && restriction.mode !== "any") return refuse({ code: "unknown-model", typed });
  const others = models.filter(({ model }) => !isMeant(model)).sort((a, b) => b.people - a.people);
  return {
    kind: "only-models",
    typed,
    mode: restriction.mode,
    ...(profile === undefined ? {} : { profile }),
    kept,
    others,
  };
}

/** The default profile's, where there are profiles. */
function rulesOf(policy: Policy): Pick<PasskeyRules, "restriction"> & { readonly profile?: string } {
  if (policy.shape === "legacy") return policy;
  const found = policy.profiles.find(({ id }) => id === policy.defaultProfile);
  return { restriction: found?.restriction ?? { mode: "any" }, ...(found && { profile: found.name }) };
}

/** "YubiKeys" are all whose maker or name has the word. */
function meaning(typed: string): (model: Model) => boolean {
  const own = toAaguid(typed);
  if (own !== undefined) return ({ aaguid }) => aaguid === own;
  const said = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => !NO_NAME.test(word));
  if (said.length === 0) return () => false;
  if (said.every((word) => SECURITY_KEY.test(word))) return ({ kind }) => kind === "security-key";
  const words = said.map((word) => word.replace(/(?<=...)s$/, ""));
  return ({ name, vendor = "" }) => {
    const known = `${vendor} ${name}`.toLowerCase();
    return words.every((word) => known.includes(word));
  };
}
