import { randomBytes, randomInt } from "node:crypto";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { EntraRefusal } from "./entra-error.js";
import type { SignInRules } from "./interactive/sign-in-rules.js";
import type { TokenAuthority } from "./token-authority.js";
import { type AskedScopes, readScopes } from "./token-scopes.js";

/**
 * Microsoft's own public client, which is in every tenant: the one behind `Connect-MgGraph`.
 * https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in
 */
export const GRAPH_COMMAND_LINE = {
  clientId: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
  appName: "Microsoft Graph Command Line Tools",
} as const;

export interface DeviceCodeOptions {
  /** Documented: 5. */
  readonly intervalSeconds?: number;
  /** Documented: 900. */
  readonly lifeSeconds?: number;
}

/** What a redeemed device code brings. */
export interface DeviceGrant {
  readonly app: Pick<SimulatedTenant, "clientId" | "appName">;
  readonly person: string;
  readonly scopes: AskedScopes;
  readonly at: number;
}

interface GivenCode {
  readonly userCode: string;
  readonly app: DeviceGrant["app"];
  readonly scopes: AskedScopes;
  expiresAt: number;
  intervalMs: number;
  polledAt: number | undefined;
  decision:
    | { readonly kind: "approved"; readonly person: string; readonly at: number }
    | "declined"
    | undefined;
  used: boolean;
}

/** So much earlier than asked may a client come back: timers are not exact. */
const EARLY_MS = 100;
/** RFC 8628, 3.5: so much more has to be waited after `slow_down`. */
const SLOWER_MS = 5_000;
/** Without letters that are taken for one another. */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

/**
 * Sign-in on another device (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code): the program
 * shows a code, a person enters it in a browser, and the program asks at intervals whether that was done.
 * `slow_down` is RFC 8628's; Microsoft's page does not list it.
 */
export class DeviceCodes {
  readonly #tenant: SimulatedTenant;
  readonly #rules: SignInRules;
  readonly #authority: Pick<TokenAuthority, "noteSecret">;
  readonly #options: DeviceCodeOptions;
  readonly #given = new Map<string, GivenCode>();

  constructor(
    tenant: SimulatedTenant,
    rules: SignInRules,
    authority: Pick<TokenAuthority, "noteSecret">,
    options: DeviceCodeOptions = {},
  ) {
    this.#tenant = tenant;
    this.#rules = rules;
    this.#authority = authority;
    this.#options = options;
  }

  /** The codes that wait for a person. */
  get pending(): readonly string[] {
    return [...this.#given.values()]
      .filter((code) => code.decision === undefined && Date.now() < code.expiresAt)
      .map((code) => code.userCode);
  }

  /** `POST /devicecode` @throws EntraRefusal */
  begin(form: URLSearchParams): Readonly<Record<string, unknown>> {
    const app = this.#appNamed(form.get("client_id"));
    const scopes = readScopes(form.get("scope"));
    if (scopes === undefined) throw new EntraRefusal(form.has("scope") ? 70011 : 900144, "'scope'");
    const { intervalSeconds: interval = 5, lifeSeconds: expires_in = 900 } = this.#options;
    const userCode = Array.from({ length: 9 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    const device_code = randomBytes(64).toString("base64url");
    this.#authority.noteSecret(device_code);
    this.#given.set(device_code, {
      userCode,
      app,
      scopes,
      expiresAt: Date.now() + expires_in * 1000,
      intervalMs: interval * 1000,
      polledAt: undefined,
      decision: undefined,
      used: false,
    });
    const verification_uri = "https://microsoft.com/devicelogin";
    const message = `To sign in, use a web browser to open the page ${verification_uri} and enter the code ${userCode} to authenticate.`;
    return { user_code: userCode, device_code, verification_uri, expires_in, interval, message };
  }

  /** One poll at the token endpoint. @throws EntraRefusal until a person has entered the code, and when none will */
  redeem(form: URLSearchParams): DeviceGrant {
    const app = this.#appNamed(form.get("client_id"));
    const code = this.#given.get(form.get("device_code") ?? "");
    if (code === undefined || code.used || code.app.clientId !== app.clientId) throw new EntraRefusal(70018);
    if (app.clientId === this.#tenant.clientId && !this.#rules.allowsPublicClient)
      throw new EntraRefusal(7000218);
    if (Date.now() >= code.expiresAt) throw new EntraRefusal(70019);
    this.#refuseHaste(code);
    const { decision } = code;
    if (decision === undefined) throw new EntraRefusal(70016);
    code.used = true;
    // Unverified which code of its own goes with the documented word.
    if (decision === "declined") throw new EntraRefusal(65004, "", "authorization_declined");
    if (this.#rules.always === "blocked") throw new EntraRefusal(53003);
    return { app, person: decision.person, scopes: code.scopes, at: decision.at };
  }

  /** A person enters the code and signs in; who may agrees to what is asked for. @throws Error without such a code */
  approve(userCode: string, personId: string): void {
    const code = this.#named(userCode);
    const person = this.#tenant.users.get(personId);
    if (person === undefined) throw new Error(`the simulated tenant has no person with id ${personId}`);
    if (this.#rules.mayAgree(person)) this.#rules.agree(personId, code.scopes.names);
    code.decision = { kind: "approved", person: personId, at: Date.now() };
  }

  /** A person enters the code and says no. */
  decline(userCode: string): void {
    this.#named(userCode).decision = "declined";
  }

  /** Its time is over, as if it had passed. */
  expire(userCode: string): void {
    this.#named(userCode).expiresAt = Date.now();
  }

  #named(userCode: string): GivenCode {
    const code = [...this.#given.values()].find((each) => each.userCode === userCode);
    if (code === undefined) throw new Error(`no such code was given: ${userCode}`);
    return code;
  }

  #appNamed(clientId: string | null): DeviceGrant["app"] {
    if (clientId?.toLowerCase() === GRAPH_COMMAND_LINE.clientId) return GRAPH_COMMAND_LINE;
    const { clientId: ours, appName } = this.#tenant;
    if (clientId?.toLowerCase() === ours) return { clientId: ours, appName };
    throw new EntraRefusal(700016, `'${clientId}'`);
  }

  #refuseHaste(code: GivenCode): void {
    const now = Date.now();
    const isHasty = code.polledAt !== undefined && now - code.polledAt < code.intervalMs - EARLY_MS;
    code.polledAt = now;
    if (!isHasty) return;
    code.intervalMs += SLOWER_MS;
    throw new EntraRefusal(70016, "", "slow_down");
  }
}
