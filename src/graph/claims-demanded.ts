/** They go into an address, and no browser takes any length there. */
export const MAX_CLAIMS_CHARACTERS = 1_500;

const IN_HEADER = /\bclaims="([A-Za-z0-9+/_-]+={0,2})"/i;

/**
 * What Graph demands of a sign-in, from its `WWW-Authenticate` header, where it stands in base64
 * (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
 * @returns the JSON; undefined: nothing, or nothing that can be passed on
 */
export function claimsDemanded(header: string | null): string | undefined {
  const [, encoded] = IN_HEADER.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, "base64").toString("utf8");
  return claims.length <= MAX_CLAIMS_CHARACTERS && isObject(claims) ? claims : undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
