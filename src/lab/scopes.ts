/** What the person who signs in has to agree to; docs/lab.md says what each is for. */
const LAB_PERMISSIONS = [
  "Policy.ReadWrite.AuthenticationMethod",
  "AuditLog.Read.All",
  "User.Read.All",
  "User.Read",
] as const;

export function labScopes(graphAudience: string): readonly string[] {
  return LAB_PERMISSIONS.map((name) => `${graphAudience.replace(/\/+$/, "")}/${name}`);
}
