import { createHash, X509Certificate } from "node:crypto";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { EntraRefusal } from "./entra-error.js";
import { type DecodedToken, decodeToken, isSignedBy } from "./json-web-token.js";
import { examineTimes, type TokenAuthority } from "./token-authority.js";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** Audience of the token a managed identity presents as federated credential. */
export const EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

export interface ClientAuthenticationContext {
  readonly tenant: SimulatedTenant;
  readonly authority: TokenAuthority;
  readonly tokenEndpoint: string;
  readonly issuer: string;
}

export type ClientCredential = "secret" | "certificate" | "federated";

/** Checks that the caller is the app: by secret, by certificate, or by its federated managed identity. @throws EntraRefusal */
export async function authenticateClient(
  context: ClientAuthenticationContext,
  form: URLSearchParams,
): Promise<ClientCredential> {
  const clientId = form.get("client_id");
  if (clientId?.toLowerCase() !== context.tenant.clientId) throw new EntraRefusal(700016, `'${clientId}'`);
  const assertion = form.get("client_assertion");
  if (assertion !== null) {
    if (form.get("client_assertion_type") !== ASSERTION_TYPE) {
      throw new EntraRefusal(900144, "'client_assertion_type'");
    }
    return checkAssertion(context, assertion);
  }
  const secret = form.get("client_secret");
  if (secret === null) throw new EntraRefusal(7000216);
  if (secret !== context.tenant.clientSecret) throw new EntraRefusal(7000215);
  return "secret";
}

async function checkAssertion(
  context: ClientAuthenticationContext,
  assertion: string,
): Promise<ClientCredential> {
  const decoded = decodeToken(assertion);
  if (decoded === undefined) throw new EntraRefusal(700027);
  if (decoded.claims.iss === context.issuer) return checkFederated(context, assertion);
  return checkCertificate(context, assertion, decoded);
}

async function checkFederated(
  context: ClientAuthenticationContext,
  assertion: string,
): Promise<ClientCredential> {
  const verdict = await context.authority.examine(assertion);
  if (verdict.kind === "bad") throw new EntraRefusal(verdict.problem === "signature" ? 700027 : 700024);
  const { sub, aud } = verdict.claims;
  if (aud !== EXCHANGE_AUDIENCE || sub !== context.tenant.managedIdentity.principalId) {
    throw new EntraRefusal(700213, `'${String(sub)}'`);
  }
  return "federated";
}

async function checkCertificate(
  context: ClientAuthenticationContext,
  assertion: string,
  decoded: DecodedToken,
): Promise<ClientCredential> {
  const certificate = context.tenant.clientCertificates
    .map((pem) => new X509Certificate(pem))
    .find((one) => isNamedBy(one, decoded));
  const allowed = ["RS256", "PS256"];
  if (certificate === undefined || !(await isSignedBy(assertion, certificate.publicKey, allowed))) {
    throw new EntraRefusal(700027);
  }
  const { iss, sub, aud } = decoded.claims;
  const { clientId } = context.tenant;
  if (iss !== clientId || sub !== clientId || aud !== context.tokenEndpoint) throw new EntraRefusal(700021);
  if (examineTimes(decoded).kind === "bad") throw new EntraRefusal(700024);
  return "certificate";
}

/** The assertion's header names the certificate by its thumbprint. */
function isNamedBy(certificate: X509Certificate, { header }: DecodedToken): boolean {
  const thumbprint = (hash: string) => createHash(hash).update(certificate.raw).digest("base64url");
  return header["x5t#S256"] === thumbprint("sha256") || header.x5t === thumbprint("sha1");
}
