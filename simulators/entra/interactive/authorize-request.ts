import type { SimulatedTenant } from "../../tenant/simulated-tenant.js";
import { EntraRefusal } from "../entra-error.js";
import { type AskedScopes, readScopes } from "../token-scopes.js";
import { type ClaimsRequest, readClaims } from "./claims-request.js";

const PROMPTS = ["login", "none", "consent", "select_account"] as const;
type Prompt = (typeof PROMPTS)[number];

export interface CodeChallenge {
  readonly value: string;
  readonly method: "S256" | "plain";
}

/** A request for an authorization code, as far as it is one. */
export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly scopes: AskedScopes;
  readonly claims: ClaimsRequest;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: CodeChallenge | undefined;
  readonly prompt: Prompt | undefined;
  readonly loginHint: string | undefined;
}

type ReadRequest =
  | { readonly kind: "asked"; readonly request: AuthorizeRequest }
  /** The app is known, and hears of it at its own address. */
  | {
      readonly kind: "wrong";
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly refusal: EntraRefusal;
    };

/**
 * Reads `GET /authorize`. Who asks, and where the answer would go, is checked first.
 * @throws EntraRefusal what is told on a page of Entra's own: an answer must not be sent to an address nobody registered
 */
export function readAuthorizeRequest(
  query: URLSearchParams,
  tenant: Pick<SimulatedTenant, "clientId">,
  redirectUris: ReadonlySet<string>,
): ReadRequest {
  const clientId = query.get("client_id");
  if (clientId?.toLowerCase() !== tenant.clientId) throw new EntraRefusal(700016, `'${clientId}'`);
  const redirectUri = query.get("redirect_uri") ?? "";
  if (!redirectUris.has(redirectUri)) throw new EntraRefusal(50011, `'${redirectUri}'`);
  const state = query.get("state") ?? undefined;
  const wrong = (...of: ConstructorParameters<typeof EntraRefusal>): ReadRequest => ({
    kind: "wrong",
    redirectUri,
    state,
    refusal: new EntraRefusal(...of),
  });
  const scopes = readScopes(query.get("scope"));
  const claims = readClaims(query.get("claims"));
  const prompt = query.get("prompt") ?? undefined;
  const method = query.get("code_challenge_method") ?? "plain";
  const challenge = query.get("code_challenge") ?? undefined;
  if (query.get("response_type") !== "code") return wrong(700054);
  if ((query.get("response_mode") ?? "query") !== "query") return wrong(900144, "'response_mode' query");
  if (scopes === undefined) return wrong(70011);
  if (claims === undefined) return wrong(900144, "'claims' as JSON");
  if (prompt !== undefined && !isPrompt(prompt)) return wrong(90023, `'${prompt}'`);
  if (prompt === "select_account" && query.has("login_hint")) return wrong(90023, "'login_hint' beside it");
  if (method !== "S256" && method !== "plain") return wrong(501491);
  return {
    kind: "asked",
    request: {
      redirectUri,
      scopes,
      claims,
      state,
      nonce: query.get("nonce") ?? undefined,
      challenge: challenge === undefined ? undefined : { value: challenge, method },
      prompt,
      loginHint: query.get("login_hint")?.toLowerCase(),
    },
  };
}

const isPrompt = (text: string): text is Prompt => PROMPTS.some((prompt) => prompt === text);
