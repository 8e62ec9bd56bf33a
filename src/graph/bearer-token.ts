/**
 * Whether it can stand in an Authorization header (RFC 6750, 2.1). The library hands on what Entra's answer has in
 * that place, be it a number or an object.
 */
export function isBearerToken(value: unknown): value is string {
  return typeof value === "string" && /^[\w\-.~+/]+=*$/.test(value);
}
