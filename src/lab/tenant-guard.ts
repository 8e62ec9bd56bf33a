import type { Json } from "../core/json.js";
import { isJsonObject } from "../core/json.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import type { LabGraph, Patience } from "./lab-graph.js";
import { codeOf } from "./write-answer.js";

/** A tenant with more is taken for one in which people work. */
export const PEOPLE_AT_MOST = 50;

export interface TenantSize {
  readonly people: number | undefined;
}

/** Why the lab does not run in this tenant, or how large it is. */
export async function guardTenant(
  graph: LabGraph,
  patience: Patience,
  named: string | undefined,
): Promise<{ readonly kind: "refused"; readonly why: string } | ({ readonly kind: "fits" } & TenantSize)> {
  const answer = await graph.get("/v1.0/users/$count", patience, { ConsistencyLevel: "eventual" });
  const people = countIn(answer);
  if (named !== undefined) {
    const wrong = await whyNotNamed(graph, patience, named);
    return wrong === undefined ? { kind: "fits", people } : { kind: "refused", why: wrong };
  }
  if (people === undefined) {
    return {
      kind: "refused",
      why: `It cannot be told how many people this tenant has (Graph answered ${answer.status} ${codeOf(answer)}). Grant User.Read.All, or name the tenant: --tenant-name "<its name>".`,
    };
  }
  if (people <= PEOPLE_AT_MOST) return { kind: "fits", people };
  return {
    kind: "refused",
    why: `This tenant has ${people} people, and more than ${PEOPLE_AT_MOST} are not a test tenant's. If it is one, name it: --tenant-name "<its name>".`,
  };
}

async function whyNotNamed(graph: LabGraph, patience: Patience, named: string): Promise<string | undefined> {
  const answer = await graph.get("/v1.0/organization?$select=displayName", patience);
  const name = nameIn(answer);
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
