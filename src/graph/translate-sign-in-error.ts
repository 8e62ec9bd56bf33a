import { z } from "zod";
import { Fault, type FaultCode, type SignInProblem } from "../core/errors.js";
import { MAX_CLAIMS_CHARACTERS } from "./carried-sign-in.js";
import type { EntraExchange } from "./entra-exchange.js";

/** What a failed sign-in comes down to. Never holds a token, a secret or Entra's free text. */
export interface SignInTrouble {
  readonly problem: SignInProblem;
  /** Entra's own code, e.g. `AADSTS65001`. */
  readonly entraCode?: string;
  /** What Entra demands, for an interactive sign-in to meet; JSON of its own. */
  readonly claims?: string;
  /** Entra's id of the request, for a support case. */
  readonly traceId?: string;
}

/**
 * What each code asks of people. Sources: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 * and https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 */
const PROBLEM_OF_CODE: ReadonlyMap<number, SignInProblem> = new Map([
  [65001, "consent-missing"],
  [65004, "consent-missing"],
  [90094, "consent-missing"],
  [50072, "mfa-required"],
  [50074, "mfa-required"],
  [50076, "mfa-required"],
  [50078, "mfa-required"],
  [50079, "mfa-required"],
  [50158, "mfa-required"],
  [500121, "mfa-required"],
  [500133, "assertion-expired"],
  [50132, "assertion-expired"],
  [50133, "assertion-expired"],
  [50173, "assertion-expired"],
  [70043, "assertion-expired"],
  [70044, "assertion-expired"],
  [50013, "assertion-rejected"],
  [500131, "assertion-rejected"],
  [50131, "conditional-access"],
  [700016, "app-credential-rejected"],
  [700027, "app-credential-rejected"],
  [7000215, "app-credential-rejected"],
  [7000222, "app-credential-rejected"],
]);

const PROBLEM_OF_ERROR: ReadonlyMap<string, SignInProblem> = new Map([
  ["invalid_client", "app-credential-rejected"],
  ["unauthorized_client", "app-credential-rejected"],
  ["consent_required", "consent-missing"],
  ["temporarily_unavailable", "unavailable"],
  // Codes come and go, and are not to be depended on; the browser leads to a page of Entra that says what it wants.
  ["interaction_required", "assertion-rejected"],
  ["login_required", "assertion-rejected"],
  ["invalid_grant", "assertion-rejected"],
]);

/** Conditional Access and what stands beside it (risk, security defaults, Intune) have these codes, and get new ones. */
const CONDITIONAL_ACCESS = /^53\d{3}$|^530\d{3}$/;

const stsError = z.object({
  error: z.string(),
  suberror: z.string().optional(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
  trace_id: z.string().optional(),
  claims: z.string().max(MAX_CLAIMS_CHARACTERS).optional().catch(undefined),
});

const PROXY_WANTS_SIGN_IN = 407;

/** Entra's answer, or its absence, as a problem people can act on. */
export function translateSignInError(exchange: EntraExchange): SignInTrouble {
  if (exchange.kind === "no-answer") return { problem: "unavailable" };
  // Entra was never asked for a token: what would prove who we are could not be read or fetched.
  if (exchange.kind === "nothing-sent") return { problem: "app-credential-rejected" };
  // On the way a proxy wants to know who we are: Entra was not reached.
  if (exchange.status === PROXY_WANTS_SIGN_IN) return { problem: "unavailable" };
  const ok = exchange.status < 400;
  if (ok) return { problem: exchange.method === "GET" ? "app-credential-rejected" : "unrecognised" };
  const busy = exchange.status === 429 || exchange.status >= 500;
  const said = stsError.safeParse(parseJson(exchange.body));
  if (!said.success) return { problem: busy ? "unavailable" : "unrecognised" };
  const code = said.data.error_codes?.[0] ?? codeInText(said.data.error_description ?? "");
  return {
    problem:
      (code === undefined ? undefined : problemOfCode(code)) ??
      PROBLEM_OF_ERROR.get(said.data.suberror ?? "") ??
      (said.data.claims === undefined ? undefined : "conditional-access") ??
      PROBLEM_OF_ERROR.get(said.data.error) ??
      (busy ? "unavailable" : "unrecognised"),
    ...(code === undefined ? {} : { entraCode: `AADSTS${code}` }),
    ...(said.data.claims === undefined ? {} : { claims: said.data.claims }),
    ...(said.data.trace_id === undefined ? {} : { traceId: said.data.trace_id }),
  };
}

function problemOfCode(code: number): SignInProblem | undefined {
  return (
    PROBLEM_OF_CODE.get(code) ?? (CONDITIONAL_ACCESS.test(String(code)) ? "conditional-access" : undefined)
  );
}

/** Only what is left is for the operator to repair at the app's credential. */
const APP_FAULTS: ReadonlyMap<SignInProblem, FaultCode> = new Map([
  ["consent-missing", "app-consent-missing"],
  ["unavailable", "entra-unavailable"],
]);

/**
 * The failed sign-in of the app itself. The library's error is left out on purpose: errors of its HTTP layer
 * carry the request, and the request carries the secret.
 */
export function appSignInFault(exchange: EntraExchange): Fault {
  const { problem, entraCode, traceId } = translateSignInError(exchange);
  const isProxys = exchange.kind === "answered" && exchange.status === PROXY_WANTS_SIGN_IN;
  const detail = isProxys ? `the proxy answered ${PROXY_WANTS_SIGN_IN}` : entraCode;
  const said = detail === undefined ? problem : `${problem}, ${detail}`;
  return new Fault(
    APP_FAULTS.get(problem) ?? "app-sign-in-failed",
    `The app could not sign in at Entra (${said}).`,
    {
      ...(exchange.kind === "answered" ? { status: exchange.status } : {}),
      ...(traceId === undefined ? {} : { requestId: traceId }),
      ...(entraCode === undefined ? {} : { entraCode }),
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // A proxy's HTML page, say: the caller sees "not what Entra sends".
  }
}

function codeInText(description: string): number | undefined {
  const found = /AADSTS(\d+)/.exec(description)?.[1];
  return found === undefined ? undefined : Number(found);
}
