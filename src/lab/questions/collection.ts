import { isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import type { GraphAnswer } from "../../graph/graph-http.js";
import { readRefusal } from "../../graph/translate-graph-error.js";
import { type Finding, unsettled } from "../question.js";
import { codeOf } from "../write-answer.js";

/** Graph's code where the registration report needs P1 or P2 and the tenant has neither. */
const NO_LICENCE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";

export const isOk = ({ status }: GraphAnswer): boolean => status >= 200 && status < 300;
export const isUnlicensed = (answer: GraphAnswer): boolean => readRefusal(answer).code === NO_LICENCE;

/** The rows of a collection; undefined: it is none. */
export function rowsIn({ body }: GraphAnswer): readonly JsonObject[] | undefined {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  const rows = isJsonObject(value) ? value.value : undefined;
  return Array.isArray(rows) ? rows.filter((row: Json) => isJsonObject(row)) : undefined;
}

export function hasMore({ body }: GraphAnswer): boolean {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  return isJsonObject(value) && value["@odata.nextLink"] !== undefined;
}

/** A read that did not come about says nothing about the question. */
export function notRead(answer: GraphAnswer): Finding {
  if (isUnlicensed(answer)) return unsettled("the tenant has no licence of Entra ID P1 or P2 for it");
  if (answer.status === 403) return unsettled(`Graph refused the right to read it (403 ${codeOf(answer)})`);
  return unsettled(`Graph answered ${answer.status} ${codeOf(answer)}`);
}
