import type { TenantId } from "../core/person.js";
import { type AuditReader, ReadingStopped } from "../storage/audit/audit-reader.js";

/** What was asked does not fit what is there. The message is for the caller. */
export class WrongUsage extends ReadingStopped {
  override readonly name = "WrongUsage";
}

/** The tenant that was named, or the only one there is. @throws WrongUsage */
export async function whichTenant(reader: AuditReader, named: TenantId | undefined): Promise<TenantId> {
  const all = (await reader.tenants()).map(({ tenantId }) => tenantId);
  if (named !== undefined && all.includes(named)) return named;
  if (named !== undefined) throw new WrongUsage(`There is nothing of tenant ${named} here.`);
  const [only, another] = all;
  if (only === undefined) throw new WrongUsage("There is no record yet.");
  if (another === undefined) return only;
  throw new WrongUsage(
    `There are ${all.length} tenants here: say which with --tenant, one of ${all.join(", ")}.`,
  );
}
