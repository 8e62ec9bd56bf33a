import { ROLE } from "../../tenant/directory-roles.js";
import { activeRoles } from "../../tenant/membership.js";
import type { SimUser, SimulatedTenant } from "../../tenant/simulated-tenant.js";
import type { ClaimsRequest } from "./claims-request.js";
import type { Method } from "./sessions.js";

/** What Conditional Access demands: nothing more, a second factor, a passkey, or it lets nobody in. */
export type Demand = "none" | "second-factor" | "phishing-resistant" | "blocked";

/** What the tenant demands of those who sign in, beyond a password; may be changed at any time. */
export class SignInRules {
  /** Where answers may be sent: the redirect URIs of the app registration. */
  readonly redirectUris = new Set<string>();
  /** What is demanded for the app whatever it asks for. Silent sign-in cannot meet it, and is refused. */
  always: Demand = "none";
  /** What each authentication context stands for. One that is not here demands nothing and is granted. */
  readonly contexts = new Map<string, Demand>();
  /** The app registration's "Allow public client flows": whether it may sign people in without a secret. */
  allowsPublicClient = false;
  /** People whose Teams client cannot obtain a token by itself. */
  readonly notSilently = new Set<string>();
  /** Authentication contexts that no token gets, whatever the person did. */
  readonly withheldContexts = new Set<string>();
  /** Scopes that a person agreed to for themselves or, as one who may, for everybody. */
  readonly #agreed = new Map<string, Set<string>>();
  readonly #tenant: SimulatedTenant;

  constructor(tenant: SimulatedTenant) {
    this.#tenant = tenant;
  }

  /** The strongest of what is demanded for this request. */
  demandFor({ ofAccessToken, ofIdToken, answersChallenge }: ClaimsRequest): Demand {
    const named = [...ofAccessToken, ...ofIdToken].map((context) => this.contexts.get(context) ?? "none");
    const all: readonly Demand[] = [this.always, ...named, answersChallenge ? "second-factor" : "none"];
    return (
      (["blocked", "phishing-resistant", "second-factor"] as const).find((one) => all.includes(one)) ?? "none"
    );
  }

  /** Of the scopes those to which neither the tenant nor this person agreed. */
  missing(person: string, names: readonly string[]): readonly string[] {
    const { delegated } = this.#tenant.consents;
    return names.filter((name) => !delegated.has(name) && !this.#agreed.get(person)?.has(name));
  }

  agree(person: string, names: readonly string[]): void {
    this.#agreed.set(person, new Set([...(this.#agreed.get(person) ?? []), ...names]));
  }

  /** Whether the person may agree to permissions that only an administrator can give. */
  mayAgree(person: SimUser): boolean {
    const roles: readonly string[] = activeRoles(this.#tenant, person);
    return [ROLE.globalAdministrator, ROLE.cloudApplicationAdministrator, ROLE.applicationAdministrator].some(
      (role) => roles.includes(role),
    );
  }
}

/** Whether those methods meet it. */
export function meets(methods: readonly Method[], demand: Demand): boolean {
  switch (demand) {
    case "none":
      return true;
    case "second-factor":
      return methods.includes("mfa");
    case "phishing-resistant":
      return methods.includes("fido");
    case "blocked":
      return false;
  }
}
