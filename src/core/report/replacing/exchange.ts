import type { Refusal } from "../../errors.js";
import { resolveGroups } from "../../plan/named/resolve-groups.js";
import type { GroupRef } from "../../policy/intent.js";
import type { Ports, Rules } from "../../ports.js";
import { findScan } from "../find-scan.js";

/** What is to go and what is to come in its place: groups, or models as they were typed. */
export type Exchange =
  | { readonly kind: "groups"; readonly from: GroupRef; readonly to: GroupRef }
  | { readonly kind: "models"; readonly from: string; readonly to: string };

/** Whether two names are groups' or models'. Refuses where a group has neither name, or several have. @throws Fault */
export async function findExchange(
  ports: Pick<Ports, "directory" | "catalogue" | "log" | "scans">,
  rules: Pick<Rules, "tenantId">,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Exchange | Refusal> {
  const seen = (await findScan(ports, rules))?.models ?? [];
  const isModel = (name: string) => ports.catalogue.search(name, seen).length > 0;
  const [going, coming] = [await resolveGroups(ports, [from], seen), await resolveGroups(ports, [to], seen)];
  const areModels = isModel(from) && isModel(to);
  if ("kind" in going) return areModels ? { kind: "models", from, to } : going;
  if ("kind" in coming) return coming;
  const [[first], [second]] = [going, coming];
  if (first === undefined || second === undefined) throw new Error("a name was given for each");
  return { kind: "groups", from: first, to: second };
}
