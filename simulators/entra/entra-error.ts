import { randomUUID } from "node:crypto";

/** How Entra answers one AADSTS code. Pairings of code and `error` are partly unverified; see each line. */
interface Answer {
  readonly status: number;
  readonly error: string;
  readonly suberror?: string;
  readonly text: string;
  /** Whether the answer carries a claims challenge to take to an interactive sign-in. */
  readonly challenge?: true;
}

const ANSWERS = {
  16000: {
    status: 400,
    error: "interaction_required",
    text: "Either multiple user identities are available for the current request or selected account is not supported for the scenario.",
  },
  50011: {
    status: 400,
    error: "invalid_request",
    text: "The redirect URI specified in the request does not match the redirect URIs configured for the application.",
  },
  50058: {
    status: 400,
    error: "login_required",
    text: "A silent sign-in request was sent but no user is signed in.",
  },
  50013: { status: 400, error: "invalid_grant", text: "Assertion failed signature validation." },
  500131: {
    status: 400,
    error: "invalid_grant",
    text: "Assertion audience does not match the Client app presenting the assertion.",
  },
  500133: {
    status: 400,
    error: "invalid_grant",
    text: "Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.",
  },
  500011: {
    status: 400,
    error: "invalid_resource",
    text: "The resource principal was not found in the tenant.",
  },
  50020: {
    status: 400,
    error: "invalid_grant",
    text: "User account from a different identity provider does not exist in the tenant.",
  },
  50034: { status: 400, error: "invalid_grant", text: "The user account does not exist in the directory." },
  50057: { status: 400, error: "invalid_grant", text: "The user account is disabled." },
  // Documented pairing.
  50079: {
    status: 400,
    error: "interaction_required",
    suberror: "basic_action",
    challenge: true,
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multifactor authentication to access 'Microsoft Graph'.",
  },
  // Unverified pairings, from here on.
  50076: {
    status: 400,
    error: "interaction_required",
    suberror: "basic_action",
    challenge: true,
    text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access 'Microsoft Graph'.",
  },
  50072: {
    status: 400,
    error: "interaction_required",
    suberror: "basic_action",
    challenge: true,
    text: "You must enroll in multi-factor authentication to access 'Microsoft Graph'.",
  },
  50158: {
    status: 400,
    error: "interaction_required",
    suberror: "basic_action",
    challenge: true,
    text: "External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.",
  },
  50173: {
    status: 400,
    error: "invalid_grant",
    suberror: "bad_token",
    text: "The provided grant has expired due to it being revoked, a fresh auth token is needed.",
  },
  53000: {
    status: 400,
    error: "interaction_required",
    suberror: "message_only",
    challenge: true,
    text: "Device is not in required device state: compliant.",
  },
  53003: {
    status: 400,
    error: "interaction_required",
    suberror: "message_only",
    challenge: true,
    text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
  },
  65001: {
    status: 400,
    error: "invalid_grant",
    suberror: "consent_required",
    text: "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.",
  },
  65004: {
    status: 400,
    error: "access_denied",
    text: "The resource owner or authorization server denied the request.",
  },
  54005: {
    status: 400,
    error: "invalid_grant",
    text: "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
  },
  70000: { status: 400, error: "invalid_grant", text: "The provided authorization code is not valid." },
  70008: {
    status: 400,
    error: "invalid_grant",
    text: "The provided authorization code or refresh token has expired due to inactivity.",
  },
  500112: {
    status: 400,
    error: "invalid_client",
    text: "The reply address does not match the reply address provided when requesting the authorization code.",
  },
  501481: {
    status: 400,
    error: "invalid_grant",
    text: "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
  },
  501491: {
    status: 400,
    error: "invalid_request",
    text: "Invalid size or method of Code_Challenge parameter.",
  },
  // Documented: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code, and the list of codes.
  70016: {
    status: 400,
    error: "authorization_pending",
    text: "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
  },
  70018: {
    status: 400,
    error: "bad_verification_code",
    text: "Invalid verification code due to the user typing in the wrong user code for the device code flow.",
  },
  70019: {
    status: 400,
    error: "expired_token",
    text: "Verification code expired. Have the user retry the sign-in.",
  },
  7000218: {
    status: 401,
    error: "invalid_client",
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  700054: {
    status: 400,
    error: "unsupported_response_type",
    text: "The response_type is not enabled for the application.",
  },
  90023: { status: 400, error: "invalid_request", text: "Invalid STS request: unsupported 'prompt' value." },
  90094: {
    status: 400,
    error: "access_denied",
    text: "The grant requires admin permission.",
  },
  70003: {
    status: 400,
    error: "unsupported_grant_type",
    text: "The app requested an unsupported grant type.",
  },
  70011: {
    status: 400,
    error: "invalid_scope",
    text: "The provided request must include a valid 'scope' input parameter.",
  },
  1002012: {
    status: 400,
    error: "invalid_scope",
    text: "The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).",
  },
  700016: { status: 400, error: "unauthorized_client", text: "Application was not found in the directory." },
  7000215: {
    status: 401,
    error: "invalid_client",
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.",
  },
  7000216: {
    status: 401,
    error: "invalid_client",
    text: "'client_assertion', 'client_secret' or 'request' is required for the grant type.",
  },
  700027: {
    status: 401,
    error: "invalid_client",
    text: "The certificate with identifier used to sign the client assertion is not registered on application, or the assertion's signature is invalid.",
  },
  700021: {
    status: 401,
    error: "invalid_client",
    text: "Client assertion application identifier doesn't match 'client_id' parameter, or its audience is not this token endpoint.",
  },
  700024: {
    status: 401,
    error: "invalid_client",
    text: "Client assertion is not within its valid time range.",
  },
  700213: {
    status: 401,
    error: "invalid_client",
    text: "No matching federated identity record found for presented assertion subject.",
  },
  90002: {
    status: 400,
    error: "invalid_request",
    text: "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  },
  90033: {
    status: 503,
    error: "temporarily_unavailable",
    text: "A transient error has occurred. Please try again.",
  },
  900144: {
    status: 400,
    error: "invalid_request",
    text: "The request body must contain a required parameter.",
  },
} as const satisfies Record<number, Answer>;

export type EntraCode = keyof typeof ANSWERS;

/** Entra said no: thrown inside the simulator, answered as Entra's error body. */
export class EntraRefusal extends Error {
  readonly code: EntraCode;
  /** The word for its kind, as OAuth has it. */
  readonly error: string;
  /** @param error where this grant has another word for it */
  constructor(code: EntraCode, detail = "", error: string = ANSWERS[code].error) {
    super(`AADSTS${code}: ${ANSWERS[code].text}${detail === "" ? "" : ` ${detail}`}`);
    this.code = code;
    this.error = error;
  }
}

/** What is not documented about Entra's refusals, to be played either way. */
export interface EntraReadings {
  /** What `error` says beside AADSTS65001: both are found in the field. */
  readonly consentError: "invalid_grant" | "interaction_required";
}
export const USUAL_ENTRA_READINGS: EntraReadings = { consentError: "invalid_grant" };

export interface EntraErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The error body as Entra writes it (documented shape: error, error_description, error_codes, ids, claims). */
export function errorAnswer(
  refusal: EntraRefusal,
  readings: EntraReadings,
  correlationId: string | undefined,
): EntraErrorAnswer {
  const answer: Answer = ANSWERS[refusal.code];
  const timestamp = new Date()
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
  const ids = { trace_id: randomUUID(), correlation_id: correlationId ?? randomUUID() };
  const trail = `Trace ID: ${ids.trace_id} Correlation ID: ${ids.correlation_id} Timestamp: ${timestamp}`;
  return {
    status: answer.status,
    headers: answer.status === 503 ? { "Retry-After": "1" } : {},
    body: {
      error: refusal.code === 65001 ? readings.consentError : refusal.error,
      error_description: `${refusal.message} ${trail}`,
      error_codes: [refusal.code],
      timestamp,
      ...ids,
      error_uri: `https://login.microsoftonline.com/error?code=${refusal.code}`,
      ...(answer.suberror === undefined ? {} : { suberror: answer.suberror }),
      ...(answer.challenge ? { claims: CHALLENGE } : {}),
    },
  };
}

const CHALLENGE = JSON.stringify({
  access_token: { polids: { essential: true, values: ["9ab03e19-ed42-4168-b6b7-7001fb3e933a"] } },
});
