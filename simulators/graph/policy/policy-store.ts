import type { SimPolicy, SimulatedTenant } from "../../tenant/simulated-tenant.js";
import type { Row } from "../odata/odata-filter.js";
import type { Readings } from "../readings.js";
import { ODATA_TYPE } from "./policy-body.js";

/** Navigation properties of the configuration, by the metadata. */
const NAVIGATION = ["includeTargets", "passkeyProfiles"];

/** Serves the tenant's policy, and keeps a write out of sight for as long as the reading says. */
export class PolicyStore {
  readonly #tenant: SimulatedTenant;
  readonly #readings: Readings;
  #older: { readonly policy: SimPolicy; readonly until: number } | undefined;

  constructor(tenant: SimulatedTenant, readings: Readings) {
    this.#tenant = tenant;
    this.#readings = readings;
  }

  /** What the service holds, seen already or not. */
  get held(): SimPolicy {
    return this.#tenant.policy;
  }

  replace(next: SimPolicy): void {
    const { visibleAfterMs } = this.#readings;
    if (visibleAfterMs > 0) this.#older = { policy: this.#seen(), until: Date.now() + visibleAfterMs };
    this.#tenant.policy = next;
  }

  /**
   * The body of a GET.
   * @param expanded names of navigation properties that it asks for
   */
  serve(root: string, expanded: readonly string[] = []): Row {
    const context = `${root}/$metadata#authenticationMethodConfigurations/$entity`;
    const whole = { "@odata.context": context, ...servedPolicy(this.#seen(), this.#readings, root) };
    if (this.#readings.navigation === "always") return whole;
    const left = NAVIGATION.filter((name) => !expanded.includes(name));
    const isServed = (name: string) => !left.some((one) => name === one || name.startsWith(`${one}@`));
    return Object.fromEntries(Object.entries(whole).filter(([name]) => isServed(name)));
  }

  #seen(): SimPolicy {
    const { policy, until } = this.#older ?? { policy: this.held, until: 0 };
    return Date.now() < until ? policy : this.held;
  }
}

/** A policy the way Graph writes it: with annotations, and with the deprecated pair mirroring the default profile. */
export function servedPolicy(policy: SimPolicy, readings: Readings, root: string): Row {
  const { isAttestationEnforced, keyRestrictions, includeTargets, passkeyProfiles, ...rest } =
    structuredClone(policy);
  const order = <T>(items: T[]): T[] => (readings.collectionOrder === "reversed" ? items.reverse() : items);
  const entity = `${root}/$metadata#policies/authenticationMethodsPolicy/authenticationMethodConfigurations('Fido2')`;
  return {
    "@odata.type": ODATA_TYPE,
    ...rest,
    ...deprecatedPair(policy, readings),
    "includeTargets@odata.context": `${entity}/microsoft.graph.fido2AuthenticationMethodConfiguration/includeTargets`,
    includeTargets: order(includeTargets),
    "passkeyProfiles@odata.context": `${entity}/microsoft.graph.fido2AuthenticationMethodConfiguration/passkeyProfiles`,
    passkeyProfiles: order(passkeyProfiles),
  };
}

function deprecatedPair(policy: SimPolicy, readings: Readings): Row {
  const standard = policy.passkeyProfiles.find((profile) => profile.id === policy.defaultPasskeyProfile);
  if (standard === undefined) {
    const { isAttestationEnforced, keyRestrictions } = structuredClone(policy);
    return { isAttestationEnforced, keyRestrictions };
  }
  if (readings.deprecatedPair === "absent") return {};
  if (readings.deprecatedPair === "null") return { isAttestationEnforced: null, keyRestrictions: null };
  return {
    isAttestationEnforced: standard.attestationEnforcement === "registrationOnly",
    keyRestrictions: structuredClone(standard.keyRestrictions),
  };
}
