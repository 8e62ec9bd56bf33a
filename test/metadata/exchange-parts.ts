import type { JsonObject } from "../../src/core/json.js";
import type { Exchange } from "./exchange.js";

// What exchanges of tests are made of; each part is as Graph has it, but for what is changed in it.

export const GRAPH = "https://graph.example/v1.0";
export const POLICY = "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";
export const TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";
export const GROUP = "6e7b768e-07e2-4810-8459-485f84f8f204";
export const PREFER = { prefer: "include-unknown-enum-members" };
export const EVENTUAL = { consistencylevel: "eventual" };

interface Told {
  readonly headers?: Readonly<Record<string, string>>;
  readonly sent?: unknown;
  readonly status?: number;
  readonly answer?: unknown;
}

export function exchange(method: string, target: string, told: Told = {}): Exchange {
  const { sent, answer, status = answer === undefined ? 204 : 200, headers = {} } = told;
  const type = { "content-type": "application/json" };
  return {
    method,
    target,
    headers: { ...(sent === undefined ? {} : type), ...headers },
    body: sent === undefined ? "" : JSON.stringify(sent),
    answer: {
      status,
      headers: type,
      body: answer === undefined ? "" : typeof answer === "string" ? answer : JSON.stringify(answer),
    },
  };
}

export const get = (target: string, answer: unknown, headers = {}): Exchange =>
  exchange("GET", target, { answer, headers });
export const page = (...value: readonly JsonObject[]): JsonObject => ({
  "@odata.context": `${GRAPH}/$metadata#things`,
  value,
});
export const patch = (change: JsonObject): Exchange =>
  exchange("PATCH", POLICY, { sent: { "@odata.type": TYPE, ...change } });
export const restrictions = (change: JsonObject = {}): JsonObject => ({
  isEnforced: true,
  enforcementType: "allow",
  aaGuids: [],
  ...change,
});
export const profile = (change: JsonObject = {}): JsonObject => ({
  id: "00000000-0000-0000-0000-000000000001",
  name: "Default passkey profile",
  passkeyTypes: "deviceBound,synced",
  attestationEnforcement: "disabled",
  keyRestrictions: restrictions(),
  ...change,
});
export const policy = (change: JsonObject = {}): JsonObject => ({
  "@odata.context": `${GRAPH}/$metadata#x/$entity`,
  "@odata.type": TYPE,
  id: "Fido2",
  state: "enabled",
  isSelfServiceRegistrationAllowed: true,
  isAttestationEnforced: false,
  keyRestrictions: restrictions(),
  defaultPasskeyProfile: "00000000-0000-0000-0000-000000000001",
  excludeTargets: [{ id: GROUP, targetType: "group" }],
  "includeTargets@odata.context": `${GRAPH}/$metadata#y`,
  includeTargets: [
    { id: "all_users", targetType: "group", isRegistrationRequired: false, allowedPasskeyProfiles: [] },
  ],
  passkeyProfiles: [profile()],
  ...change,
});
export const audit = (change: JsonObject = {}): JsonObject => ({
  id: "a",
  category: "UserManagement",
  correlationId: null,
  result: "success",
  activityDisplayName: "Delete user",
  activityDateTime: "2026-11-29T10:00:00.1Z",
  initiatedBy: { user: null, app: null },
  targetResources: [],
  ...change,
});
export const AUDITS = "/v1.0/auditLogs/directoryAudits";
export const ROLES = `/v1.0/users/${GROUP}/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId&$count=true`;
export const roles = (change: JsonObject = {}): JsonObject => ({
  ...page({ "@odata.type": "#microsoft.graph.directoryRole", roleTemplateId: GROUP }),
  "@odata.count": 1,
  ...change,
});
export const batch = (requests: readonly JsonObject[], responses: readonly JsonObject[]): Exchange =>
  exchange("POST", "/v1.0/$batch", { sent: { requests }, answer: { responses } });
export const keysOf = { id: "1", method: "GET", url: `/users/${GROUP}/authentication/fido2Methods` };
export const keys = (...value: readonly JsonObject[]): JsonObject => ({
  id: "1",
  status: 200,
  headers: { "Content-Type": "application/json" },
  body: page(...value),
});
export const refusal = (body: unknown): Exchange =>
  exchange("GET", POLICY, { status: 403, answer: body, headers: PREFER });

export const filtered = (filter: string, of = AUDITS): Exchange =>
  get(`${of}?$filter=${encodeURIComponent(filter)}`, page());

export function withoutId(): JsonObject {
  const { id: _, ...rest } = profile({ name: "New" });
  return rest;
}
