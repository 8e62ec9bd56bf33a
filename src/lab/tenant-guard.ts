import type { Json } from "../core/json.js";
import { isJsonObject } from "../core/json.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import type { LabGraph, Patience } from "./lab-graph.js";
import { codeOf } from "./write-answer.js";

/** A tenant with more is taken for one in which people work. */
export const PEOPLE_AT_MOST = 50;

export type Guarded =
  | { readonly kind: "refused"; readonly why: string }
  /** What is not known could not be read, and was not needed. */
  | { readonly kind: "fits"; readonly people: number | undefined; readonly name: string | undefined };

/** Why the lab does not run in this tenant, or which one it is. */
export async function guardTenant(
  graph: LabGraph,
  patience: Patience,
  named: string | undefined,
): Promise<Guarded> {
  const counted = await graph.get("/v1.0/users/$count", patience, { ConsistencyLevel: "eventual" });
  const read = await graph.get("/v1.0/organization?$select=displayName", patience);
  const [people, name] = [countIn(counted), nameIn(read)];
  const why = named === undefined ? whyTooLarge(people, counted) : whyNotNamed(named, name, read);
  return why === undefined ? { kind: "fits", people, name } : { kind: "refused", why };
}

function whyTooLarge(people: number | undefined, answer: GraphAnswer): string | undefined {
  if (people === undefined)
    return `It cannot be told how many people this tenant has (Graph answered ${answer.status} ${codeOf(answer)}). Grant User.Read.All, or name the tenant: --tenant-name "<its name>".`;
  if (people <= PEOPLE_AT_MOST) return undefined;
  return `This tenant has ${people} people, and more than ${PEOPLE_AT_MOST} are not a test tenant's. If it is one, name it: --tenant-name "<its name>".`;
}

function whyNotNamed(named: string, name: string | undefined, answer: GraphAnswer): string | undefined {
  if (name === undefined)
    return `The tenant's name cannot be read (Graph answered ${answer.status} ${codeOf(answer)}), so it cannot be compared with --tenant-name.`;
  return comparable(name) === comparable(named)
    ? undefined
    : `This tenant is not called ${JSON.stringify(named)}. Sign in to the test tenant: TENANT_ID says which.`;
}

const comparable = (name: string): string => name.normalize("NFC").trim().toLowerCase();

function countIn({ status, body }: GraphAnswer): number | undefined {
  const value = status === 200 && body.kind === "json" ? body.value : undefined;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function nameIn({ status, body }: GraphAnswer): string | undefined {
  const value = status === 200 && body.kind === "json" ? (body.value as Json) : undefined;
  const rows = isJsonObject(value) && Array.isArray(value.value) ? value.value : [];
  const name = isJsonObject(rows[0]) ? rows[0].displayName : undefined;
  return typeof name === "string" ? name : undefined;
}
