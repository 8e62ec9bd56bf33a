import { randomUUID } from "node:crypto";
import { findUser } from "../../tenant/membership.js";
import type { SimUser, SimulatedTenant } from "../../tenant/simulated-tenant.js";
import { EntraRefusal } from "../entra-error.js";
import type { TokenAuthority } from "../token-authority.js";
import { AuthorizationCodes } from "./authorization-codes.js";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request.js";
import { type Method, Sessions } from "./sessions.js";
import { meets, type SignInRules } from "./sign-in-rules.js";

/** What the browser gets next. */
export type SignInStep =
  | {
      readonly kind: "choose-account";
      readonly flow: string;
      readonly people: readonly SimUser[];
      /** Everything is asked anew, and how a person signs in is theirs to choose. */
      readonly anew: boolean;
    }
  | {
      readonly kind: "second-factor";
      readonly flow: string;
      readonly person: SimUser;
      readonly passkeyOnly: boolean;
    }
  | {
      readonly kind: "consent";
      readonly flow: string;
      readonly person: SimUser;
      readonly scopes: readonly string[];
      readonly needsAdministrator: boolean;
    }
  /** On a page of Entra's own: the app hears nothing. */
  | { readonly kind: "stopped"; readonly refusal: EntraRefusal }
  | { readonly kind: "sent-back"; readonly location: string };

/** What a person does on one of the pages. */
export type SignInDeed =
  | { readonly kind: "account"; readonly person: string; readonly method: Method }
  | { readonly kind: "method"; readonly method: Method }
  | { readonly kind: "consent" }
  | { readonly kind: "cancel" };

interface Flow {
  readonly browser: string;
  readonly request: AuthorizeRequest;
  person?: SimUser;
  agreed: boolean;
}

/** One request for an authorization code, as far as it went. Holds no secret. */
interface AuthorizeRecord {
  readonly scope: string;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  readonly contexts: readonly string[];
  readonly answersChallenge: boolean;
  readonly challengeMethod: string | undefined;
}

export interface InteractiveContext {
  readonly tenant: SimulatedTenant;
  readonly authority: TokenAuthority;
  readonly rules: SignInRules;
}

/** Entra's sign-in in a browser: account, second factor, consent, and then a code for the app. */
export class InteractiveSignIn {
  readonly sessions = new Sessions();
  readonly codes: AuthorizationCodes;
  readonly requests: AuthorizeRecord[] = [];
  readonly #context: InteractiveContext;
  readonly #flows = new Map<string, Flow>();

  constructor(context: InteractiveContext) {
    this.#context = context;
    this.codes = new AuthorizationCodes(context.authority);
  }

  /** `GET /authorize` */
  begin(query: URLSearchParams, browser: string): SignInStep {
    const { tenant, rules } = this.#context;
    try {
      const read = readAuthorizeRequest(query, tenant, rules.redirectUris);
      if (read.kind === "wrong") return sentBack(read, errorOf(read.refusal));
      const { request } = read;
      this.requests.push(recordOf(query, request));
      const flow: Flow = { browser, request, agreed: false };
      const person = this.#accountOf(flow);
      if (person !== undefined) flow.person = person;
      const id = randomUUID();
      this.#flows.set(id, flow);
      return this.#next(id, flow);
    } catch (problem) {
      if (problem instanceof EntraRefusal) return { kind: "stopped", refusal: problem };
      throw problem;
    }
  }

  /** What a person did on a page; undefined: there is no such sign-in under way in this browser. */
  go(id: string, deed: SignInDeed, browser: string): SignInStep | undefined {
    const flow = this.#flows.get(id);
    if (flow === undefined || flow.browser !== browser) return undefined;
    try {
      return this.#does(id, flow, deed);
    } catch (problem) {
      if (problem instanceof EntraRefusal) return { kind: "stopped", refusal: problem };
      throw problem;
    }
  }

  #does(id: string, flow: Flow, deed: SignInDeed): SignInStep {
    const { sessions } = this;
    const { tenant, rules } = this.#context;
    switch (deed.kind) {
      case "cancel":
        return sentBack(flow.request, { ...errorOf(new EntraRefusal(65004)), error_subcode: "cancel" });
      case "account": {
        const person = findUser(tenant, deed.person);
        if (person === undefined) throw new EntraRefusal(50034);
        if (!person.accountEnabled) throw new EntraRefusal(50057);
        if (flow.request.prompt === "login") sessions.signOut(flow.browser, person.id);
        if (!sessions.of(flow.browser).has(person.id)) sessions.signIn(flow.browser, person.id, deed.method);
        flow.person = person;
        return this.#next(id, flow);
      }
      case "method":
        if (flow.person !== undefined) sessions.signIn(flow.browser, flow.person.id, deed.method);
        return this.#next(id, flow);
      case "consent":
        if (flow.person === undefined || !rules.mayAgree(flow.person)) throw new EntraRefusal(90094);
        rules.agree(flow.person.id, flow.request.scopes.names);
        flow.agreed = true;
        return this.#next(id, flow);
    }
  }

  #next(id: string, flow: Flow): SignInStep {
    const { request, browser, person } = flow;
    const { rules } = this.#context;
    const isSilent = request.prompt === "none";
    if (person === undefined) {
      if (isSilent) return sentBack(request, errorOf(new EntraRefusal(50058)));
      return {
        kind: "choose-account",
        flow: id,
        people: this.#accountsToChoose(flow),
        anew: request.prompt === "login",
      };
    }
    const signedIn = this.sessions.of(browser).get(person.id);
    if (signedIn === undefined) throw new EntraRefusal(50058);
    const demand = rules.demandFor(request.claims);
    if (demand === "blocked") throw new EntraRefusal(53003);
    if (!meets(signedIn.methods, demand)) {
      if (isSilent) return sentBack(request, errorOf(new EntraRefusal(50076)));
      return { kind: "second-factor", flow: id, person, passkeyOnly: demand === "phishing-resistant" };
    }
    const missing = rules.missing(person.id, request.scopes.names);
    const isAsked = request.prompt === "consent" && !flow.agreed;
    if (missing.length > 0 || isAsked) {
      if (isSilent) return sentBack(request, errorOf(new EntraRefusal(65001)));
      const needsAdministrator = !rules.mayAgree(person);
      return { kind: "consent", flow: id, person, scopes: request.scopes.names, needsAdministrator };
    }
    this.#flows.delete(id);
    return sentBack(request, { code: this.codes.give({ request, person: person.id, signedIn }) });
  }

  /** The account to go on with, without asking: who is named and signed in here, or the only one who is. */
  #accountOf({ browser, request }: Flow): SimUser | undefined {
    if (request.prompt === "login" || request.prompt === "select_account") return undefined;
    const people = this.#signedIn(browser);
    if (request.loginHint === undefined) return people.length === 1 ? people[0] : undefined;
    return people.find((person) => isHinted(person, request));
  }

  #signedIn(browser: string): readonly SimUser[] {
    const { tenant } = this.#context;
    return [...this.sessions.of(browser).keys()].flatMap((id) => findUser(tenant, id) ?? []);
  }

  /** The hinted account comes first, then those who are signed in here; then everybody with a role, who are the ones to try. */
  #accountsToChoose({ browser, request }: Flow): readonly SimUser[] {
    const there = [...this.#context.tenant.users.values()].filter(
      ({ deleted, accountEnabled }) => !deleted && accountEnabled,
    );
    const hinted = there.filter((person) => isHinted(person, request));
    const withRoles = there.filter(({ roles }) => roles.length > 0);
    return [...new Set([...hinted, ...this.#signedIn(browser), ...withRoles])];
  }
}

function isHinted({ userPrincipalName }: SimUser, { loginHint }: AuthorizeRequest): boolean {
  return userPrincipalName.toLowerCase() === loginHint;
}

function recordOf(
  query: URLSearchParams,
  { prompt, loginHint, claims, challenge }: AuthorizeRequest,
): AuthorizeRecord {
  return {
    scope: query.get("scope") ?? "",
    prompt,
    loginHint,
    contexts: [...new Set([...claims.ofAccessToken, ...claims.ofIdToken])],
    answersChallenge: claims.answersChallenge,
    challengeMethod: challenge?.method,
  };
}

function errorOf(refusal: EntraRefusal): Readonly<Record<string, string>> {
  return { error: refusal.error, error_description: refusal.message };
}

function sentBack(
  { redirectUri, state }: Pick<AuthorizeRequest, "redirectUri" | "state">,
  answer: Readonly<Record<string, string>>,
): SignInStep {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) location.searchParams.set(name, value);
  if (state !== undefined) location.searchParams.set("state", state);
  return { kind: "sent-back", location: location.href };
}
