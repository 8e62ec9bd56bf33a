import type { PersonId } from "../core/person.js";
import type { BrowserAnswer, BrowserSignIn, SignInFailed, WantedSignIn } from "../core/ports/acting.js";
import type { Journey } from "../core/sign-in/journey.js";
import { carriedBy, claimsFor } from "./carried-sign-in.js";
import { exchangeCode } from "./code-exchange.js";
import { DelegatedToken } from "./delegated-token.js";
import { type EntraAppOptions, managedIdentityAssertion } from "./entra-credential.js";
import { type ActAsOptions, policyWriterFor, writeScopes } from "./policy-writer.js";
import { translateSignInError } from "./translate-sign-in-error.js";

export interface BrowserSignInOptions extends Omit<ActAsOptions, "app"> {
  readonly entra: EntraAppOptions;
  /** Where people reach this bot's own pages; https, without a slash at its end. */
  readonly publicUrl: string;
}

/** Below the bot's public address; has to be a redirect URI of the app registration. */
const CALLBACK_PATH = "/sign-in/done";

/** An authorization code with PKCE: asked for with exactly what a write takes, exchanged once, and believed for one person. */
export function browserSignIn(options: BrowserSignInOptions): BrowserSignIn {
  const { entra, publicUrl } = options;
  const redirectUri = `${publicUrl}${CALLBACK_PATH}`;
  const scopes = writeScopes(options);
  const assertion = managedIdentityAssertion(entra.credential);
  return {
    address: (journey, wanted) => addressOf(entra, { redirectUri, scopes }, journey, wanted),
    async exchange(journey, person, answer) {
      if (answer.kind === "error") return failureIn(answer);
      const { exchanged, last } = await exchangeCode(entra, assertion, {
        code: answer.code.reveal(),
        verifier: journey.verifier,
        nonce: journey.nonce,
        redirectUri,
        scopes,
      });
      if (exchanged === undefined) {
        const { traceId: _, ...trouble } = translateSignInError(last);
        return { kind: "sign-in-failed", ...trouble };
      }
      const { accessToken, endsAtMs, idClaims } = exchanged;
      const problem = problemOf(idClaims, entra, journey, person);
      if (problem !== undefined) return { kind: "sign-in-failed", problem };
      if (!scopes.every((scope) => isGranted(scope, exchanged.scopes))) {
        return { kind: "sign-in-failed", problem: "consent-missing" };
      }
      const writer = policyWriterFor(options, new DelegatedToken(accessToken, endsAtMs));
      return { kind: "signed-in", writer, carried: carriedBy(accessToken, idClaims) };
    },
  };
}

function addressOf(
  { authorityHost, tenantId, clientId }: EntraAppOptions,
  { redirectUri, scopes }: { readonly redirectUri: string; readonly scopes: readonly string[] },
  { state, challenge, nonce }: Journey,
  { claims, prompt, account, contexts = [] }: WantedSignIn,
): string {
  const demanded = claimsFor(claims, contexts);
  const address = new URL(`${authorityHost}/${tenantId}/oauth2/v2.0/authorize`);
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    response_mode: "query",
    redirect_uri: redirectUri,
    scope: ["openid", ...scopes].join(" "),
    state,
    nonce,
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...(demanded === undefined ? {} : { claims: demanded }),
    ...(prompt === undefined ? {} : { prompt }),
    // Entra refuses to be told an account and to ask for one at once (msal-common, authorization request).
    ...(account === undefined || prompt === "select_account" ? {} : { login_hint: account }),
  }).toString();
  return address.href;
}

/** What Entra told the browser instead of a code. */
function failureIn({ error, subcode, description }: Extract<BrowserAnswer, { kind: "error" }>): SignInFailed {
  if (subcode === "cancel") return { kind: "sign-in-failed", problem: "cancelled" };
  const body = JSON.stringify({ error, error_description: description });
  const { problem, entraCode } = translateSignInError({
    kind: "answered",
    method: "POST",
    status: 400,
    body,
  });
  return { kind: "sign-in-failed", problem, ...(entraCode === undefined ? {} : { entraCode }) };
}

/** Whether it is the sign-in that was asked for, of the person who pressed. undefined: it is. */
function problemOf(
  { aud, tid, oid, nonce }: Readonly<Record<string, unknown>>,
  { clientId, tenantId }: EntraAppOptions,
  journey: Journey,
  person: PersonId,
): SignInFailed["problem"] | undefined {
  if (lower(aud) !== clientId || lower(tid) !== tenantId || nonce !== journey.nonce)
    return "assertion-rejected";
  return lower(oid) === person ? undefined : "other-account";
}

const lower = (claim: unknown): string | undefined =>
  typeof claim === "string" ? claim.toLowerCase() : undefined;

/** Entra names what it grants with its resource or without, and in any case. */
function isGranted(scope: string, granted: readonly string[]): boolean {
  const wanted = scope.toLowerCase();
  return granted.some((one) => wanted === one.toLowerCase() || wanted.endsWith(`/${one.toLowerCase()}`));
}
