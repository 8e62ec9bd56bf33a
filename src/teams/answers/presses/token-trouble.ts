/** What an operator looks at when Teams' token does not fit, by the claim that does not. */
const CHECKS: Readonly<Record<string, string>> = {
  aud: "The token is for another app. Compare APP_ID_URI with the manifest's webApplicationInfo.resource and with Expose an API in Entra.",
  iss: "The token is from another tenant or cloud. Check TENANT_ID and CLOUD.",
  nbf: "The token is not valid yet: check this machine's clock, which seems to be behind.",
  exp: "The token is over: where every sign-in is, check this machine's clock, which seems to be ahead.",
  scp: "The token lacks the scope access_as_user. Check Expose an API in Entra.",
};

/** For the log. Names the claim and never its value. */
export function tokenTrouble(why: string): { readonly why: string; readonly check?: string } {
  const check = CHECKS[why];
  return check === undefined ? { why } : { why, check };
}
