import type { DirectoryRole } from "../ports.js";

/**
 * Template ids of the roles that may change the authentication methods policy; source: Microsoft Learn, Entra permissions
 * reference.
 */
export const APPROVING_ROLES: readonly string[] = [
  "0526716b-113d-4c15-b2c8-68e3c22b9f80", // Authentication Policy Administrator
  "62e90394-69f5-4237-9190-012177145e10", // Global Administrator
];

/** Whether one of these roles lets its holder approve, where no approvers are named. */
export function mayChangePolicy(roles: readonly DirectoryRole[]): boolean {
  return roles.some((role) => APPROVING_ROLES.includes(role.templateId));
}

/** Roles that read about authentication; source: Microsoft Learn, Entra permissions reference. */
const READING_ROLES: ReadonlySet<string> = new Set([
  "f2ef992c-3afb-46b9-b7cf-a126ee74c451", // Global Reader
  "5d6b6bb7-de71-4623-b4af-96380a352509", // Security Reader
  "4a5d8f65-41da-4de4-8968-e035b65339cf", // Reports Reader
]);

/**
 * Any role whose job is to administer or to read: by name, because Microsoft keeps adding such roles, and the
 * best known by their id, because a name may be missing.
 */
export function administersOrReads(roles: readonly DirectoryRole[]): boolean {
  if (mayChangePolicy(roles)) return true;
  return roles.some(
    (role) => READING_ROLES.has(role.templateId) || /\b(administrator|reader)$/i.test(role.name.trim()),
  );
}
