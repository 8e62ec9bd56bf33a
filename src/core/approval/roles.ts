import type { DirectoryRole } from "../ports.js";

/** Roles that may change the authentication methods policy; source: Microsoft Learn, Entra permissions reference. */
const APPROVING_ROLES: ReadonlySet<string> = new Set([
  "0526716b-113d-4c15-b2c8-68e3c22b9f80", // Authentication Policy Administrator
  "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
]);

export function mayChangePolicy(roles: readonly DirectoryRole[]): boolean {
  return roles.some((role) => APPROVING_ROLES.has(role.templateId));
}

/** Any role whose job is to administer or to read: by name, because Microsoft keeps adding such roles. */
export function administersOrReads(roles: readonly DirectoryRole[]): boolean {
  return roles.some((role) => /\b(administrator|reader)$/i.test(role.name.trim()));
}
