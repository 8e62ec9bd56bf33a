import { errors, jwtVerify } from "jose";
import type { PersonId, TenantId, UserAssertion } from "../../core/person.js";
import { isBadToken, openIdKeys } from "./openid-keys.js";

export interface SsoOptions {
  readonly clientId: string;
  readonly tenantId: TenantId;
  readonly appIdUri: string;
  readonly authorityHost: string;
  /** Who issues version 1 tokens, without the tenant's id. */
  readonly tokenIssuerV1: string;
}

type SsoVerdict =
  | { readonly kind: "verified" }
  /** A good token, of another account than the one that pressed. */
  | { readonly kind: "someone-elses" }
  | { readonly kind: "expired" }
  /** Why: the claim that does not fit, or else the library's code. */
  | { readonly kind: "invalid"; readonly why: string }
  /** Entra's keys could not be read: nothing is known about the token. */
  | { readonly kind: "unavailable"; readonly cause: unknown };

/** Checks the single sign-on token of a click against the person who pressed. Never throws. */
export type SsoCheck = (token: UserAssertion, person: PersonId) => Promise<SsoVerdict>;

const CLOCK_TOLERANCE_SECONDS = 60;
const SCOPE = "access_as_user";

export function ssoCheck(options: SsoOptions): SsoCheck {
  const authority = `${options.authorityHost}/${options.tenantId}/v2.0`;
  const keys = openIdKeys(`${authority}/.well-known/openid-configuration`);
  return async (token, person) => {
    try {
      const { payload } = await jwtVerify(token.reveal(), keys, {
        algorithms: ["RS256"],
        // Version 2 tokens name the client id, version 1 tokens the application id URI; so do their issuers.
        audience: [options.clientId, options.appIdUri],
        issuer: [authority, `${options.tokenIssuerV1}/${options.tenantId}/`],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ["exp", "tid", "oid"],
      });
      if (lower(payload.tid) !== options.tenantId) return { kind: "invalid", why: "tid" };
      // An application's token has no scope, and says so where the tenant has it say anything: no person stands behind it.
      if (payload.idtyp !== undefined && payload.idtyp !== "user") return { kind: "invalid", why: "idtyp" };
      if (!hasScope(payload.scp)) return { kind: "invalid", why: "scp" };
      return lower(payload.oid) === person ? { kind: "verified" } : { kind: "someone-elses" };
    } catch (error) {
      if (!isBadToken(error)) return { kind: "unavailable", cause: error };
      if (error instanceof errors.JWTExpired) return { kind: "expired" };
      const why = error instanceof errors.JWTClaimValidationFailed ? error.claim : error.code;
      return { kind: "invalid", why };
    }
  };
}

/** Scopes are words: one that only contains ours is another one. */
function hasScope(scp: unknown): boolean {
  return typeof scp === "string" && scp.split(" ").includes(SCOPE);
}

const lower = (claim: unknown): string | undefined =>
  typeof claim === "string" ? claim.toLowerCase() : undefined;
