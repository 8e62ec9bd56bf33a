import { isJsonObject } from "../../../src/core/json.js";
import type { Writer } from "../audit-trail.js";
import { badRequest, GraphRefusal } from "../graph-error.js";
import type { Caller, GraphAnswer, GraphRequest, GraphWorld } from "../graph-exchange.js";
import { forClient } from "../odata/later-members.js";
import { ODATA_TYPE, readPolicyPatch } from "./policy-body.js";
import { applyPatch } from "./policy-merge.js";

export function getPolicy(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const expanded = request.query
    .get("$expand")
    ?.split(",")
    .map((name) => name.trim());
  return { status: 200, body: forClient(request, world.policies.serve(world.root, expanded)) };
}

const DONE: GraphAnswer = { status: 204 };

/** A PATCH changes the policy and writes the audit log, or does neither. @throws GraphRefusal */
export function patchPolicy(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const { body } = request;
  refuseStale(world, request);
  if (!isJsonObject(body)) throw badRequest("Empty payload. JSON content expected.");
  const type = body["@odata.type"];
  if (type === undefined && world.readings.missingODataType === "accepted-without-effect") return DONE;
  const typeMayMiss = type === undefined && world.readings.missingODataType === "accepted";
  if (type !== ODATA_TYPE && !typeMayMiss) {
    throw badRequest(`A type must be given: '@odata.type' has to be '${ODATA_TYPE}'.`);
  }
  const before = world.policies.held;
  const after = applyPatch(before, readPolicyPatch(body, before, world.readings), world.readings);
  world.policies.replace(after);
  world.audits.policyUpdated(writerOf(request.caller, world), before, after);
  return DONE;
}

/** No answer of Graph's carries an ETag, so nothing that is sent can match. @throws GraphRefusal */
function refuseStale({ readings }: GraphWorld, { headers }: GraphRequest): void {
  if (headers["if-match"] === undefined || headers["if-match"] === "*" || readings.ifMatch === "ignored")
    return;
  if (readings.ifMatch === "refused") throw badRequest("The header 'If-Match' is not supported.");
  throw new GraphRefusal(412, "resourceModified", "The ETag in 'If-Match' does not match.");
}

function writerOf(caller: Caller, world: GraphWorld): Writer {
  return caller.kind === "app"
    ? { kind: "app", appId: caller.appId, name: world.tenant.appName }
    : { kind: "person", person: caller.person, ipAddress: caller.ipAddress };
}
