import type { Exchange } from "./exchange.js";
import {
  AUDITS,
  EVENTUAL,
  exchange,
  filtered,
  GRAPH,
  GROUP,
  get,
  POLICY,
  PREFER,
  page,
  patch,
  policy,
  profile,
  ROLES,
  restrictions,
  roles,
  TYPE,
} from "./exchange-parts.js";

/** What is broken in a request, how, and what the judge has to say of it. */
export const BROKEN_REQUESTS: readonly (readonly [string, Exchange, string])[] = [
  // Paths.
  ["an unknown root", get("/v1.0/passkeys", page()), "no path begins with 'passkeys'"],
  ["beta", get("/beta/users", page()), "not below /v1.0"],
  [
    "an unknown segment",
    get(`/v1.0/users/${GROUP}/authentication/fidoMethods`, page()),
    "authentication has no 'fidoMethods'",
  ],
  [
    "a cast to what it is not",
    get(`/v1.0/users/${GROUP}/transitiveMemberOf/microsoft.graph.passkeyProfile`, page()),
    "passkeyProfile is no directoryObject",
  ],
  [
    "a cast to what there is not",
    get(`/v1.0/users/${GROUP}/transitiveMemberOf/microsoft.graph.roles`, page()),
    "no type 'roles'",
  ],
  [
    "a key that is none",
    get(`/v1.0/directoryRoles(displayName='${GROUP}')/members`, page()),
    "'displayName' is no key of directoryRole",
  ],
  [
    "a key of another type",
    get(`/v1.0/groups(roleTemplateId='${GROUP}')/members`, page()),
    "'roleTemplateId' is no key of group",
  ],
  ["a count of one", get(`/v1.0/users/${GROUP}/$count`, "1", EVENTUAL), "one user has no $count"],
  ["a cast without the index", get(ROLES, roles()), "it needs 'ConsistencyLevel: eventual'"],
  [
    "a cast without a count",
    get(ROLES.replace("&$count=true", ""), page({ roleTemplateId: GROUP }), EVENTUAL),
    "a cast needs $count=true",
  ],
  [
    "a collection changed",
    exchange("PATCH", "/v1.0/users", { sent: { displayName: "x" } }),
    "a collection of user cannot be changed",
  ],
  ["something deleted", exchange("DELETE", POLICY), "DELETE is no way"],
  [
    "a GET with a body",
    exchange("GET", POLICY, { sent: {}, answer: policy(), headers: PREFER }),
    "a GET comes with a body",
  ],
  // Queries.
  [
    "a property selected that is none",
    get("/v1.0/groups?$select=id,kind", page({ id: GROUP, kind: "x" })),
    "$select names 'kind', which group does not have",
  ],
  [
    "an option that is none",
    get("/v1.0/groups?$limit=5", page()),
    "$limit is no option of a collection of group",
  ],
  ["an option without its sign", get("/v1.0/groups?top=5", page()), "top is no option"],
  [
    "one thing filtered",
    get(`/v1.0/users/${GROUP}?$filter=id%20eq%20'x'`, policy()),
    "$filter is no option of one user",
  ],
  ["a page of no size", get("/v1.0/groups?$top=0", page()), "$top=0 is no size"],
  ["a page too large", get("/v1.0/groups?$top=1000", page()), "$top=1000 is no size"],
  ["a count that is neither", get("/v1.0/groups?$count=yes", page(), EVENTUAL), "$count=yes is neither"],
  ["an order that is none", get(`${AUDITS}?$orderby=activityDateTime%20newest`, page()), "is no order"],
  [
    "an order by what is no property",
    get(`${AUDITS}?$orderby=activity`, page()),
    "$orderby names 'activity'",
  ],
  [
    "what leads nowhere expanded",
    get(`/v1.0/users/${GROUP}?$select=id&$expand=passkeys`, { id: GROUP }),
    "$expand names 'passkeys', which leads from user nowhere",
  ],
  // Filters.
  ["a filter cut off", filtered("result eq"), "is no filter of OData's grammar"],
  ["a filter in another language", filtered("result = 'success'"), "is no filter of OData's grammar"],
  ["a quote that is not doubled", filtered("loggedByService eq 'A's'"), "is no filter of OData's grammar"],
  [
    "a filter by what is no property",
    filtered("activity eq 'x'"),
    "directoryAudit has no property 'activity'",
  ],
  [
    "a filter by what is no property below another",
    filtered("initiatedBy/person/id eq 'x'"),
    "auditActivityInitiator has no property 'person'",
  ],
  ["a time in quotes", filtered("activityDateTime ge '2026-11-29T10:00:00Z'"), "is no Edm.DateTimeOffset"],
  ["a truth in quotes", filtered("accountEnabled eq 'true'", "/v1.0/users"), "is no Edm.Boolean"],
  [
    "a word that is none of its enumeration",
    filtered("result eq 'failed'"),
    "'failed' in 'result eq 'failed'' is no word of operationResult",
  ],
  [
    "any of what is no collection",
    filtered("displayName/any(x:x eq 'y')", "/v1.0/users"),
    "asks for any of what is no collection",
  ],
  [
    "any compared with another type",
    filtered(
      "methodsRegistered/any(x:x eq true)",
      "/v1.0/reports/authenticationMethods/userRegistrationDetails",
    ),
    "is no Edm.String",
  ],
  ["a beginning of a time", filtered("startswith(activityDateTime,'2026')"), "needs two texts"],
  ["a text that is neither true nor false", filtered("displayName", "/v1.0/users"), "neither true nor false"],
  ["null where it never is", filtered("category eq null"), "compares with null"],
  // What is sent.
  [
    "a property that is none",
    patch({ status: "enabled" }),
    "status is no property of fido2AuthenticationMethodConfiguration",
  ],
  [
    "a property of a part that is none",
    patch({ keyRestrictions: restrictions({ aaguids: [] }) }),
    "keyRestrictions.aaguids is no property of fido2KeyRestrictions",
  ],
  ["a wrong word", patch({ state: "on" }), "state says 'on', which is no word of authenticationMethodState"],
  [
    "a wrong word among flags",
    patch({ passkeyProfiles: [profile({ passkeyTypes: "deviceBound,both" })] }),
    "passkeyProfiles[0].passkeyTypes says 'both'",
  ],
  [
    "flags as a list",
    patch({ passkeyProfiles: [profile({ passkeyTypes: ["deviceBound"] })] }),
    "is no word of passkeyTypes",
  ],
  [
    "a flag twice",
    patch({ passkeyProfiles: [profile({ passkeyTypes: "synced,synced" })] }),
    "says a word twice",
  ],
  [
    "two words where one may stand",
    patch({ state: "enabled,disabled" }),
    "no word of authenticationMethodState",
  ],
  [
    "the word that hides others",
    patch({ passkeyProfiles: [profile({ attestationEnforcement: "unknownFutureValue" })] }),
    "attestationEnforcement sends unknownFutureValue",
  ],
  [
    "a wrong type",
    patch({ isSelfServiceRegistrationAllowed: "true" }),
    "isSelfServiceRegistrationAllowed is no Edm.Boolean",
  ],
  ["no list", patch({ includeTargets: {} }), "includeTargets is no list"],
  [
    "no GUID",
    patch({
      includeTargets: [
        {
          id: "all_users",
          targetType: "group",
          isRegistrationRequired: false,
          allowedPasskeyProfiles: ["default"],
        },
      ],
    }),
    "allowedPasskeyProfiles[0] is no Edm.Guid",
  ],
  [
    "null where it may not be",
    patch({ passkeyProfiles: [profile({ attestationEnforcement: null })] }),
    "attestationEnforcement is null, and may not be",
  ],
  [
    "a part left out that is never null",
    patch({ excludeTargets: [{ id: GROUP }] }),
    "excludeTargets[0].targetType is missing",
  ],
  [
    "an annotation of an answer",
    patch({ "includeTargets@odata.context": `${GRAPH}/$metadata#y`, state: "enabled" }),
    "is an annotation of an answer",
  ],
  ["no type", exchange("PATCH", POLICY, { sent: { state: "enabled" } }), "@odata.type is missing"],
  [
    "another type",
    exchange("PATCH", POLICY, { sent: { "@odata.type": "#microsoft.graph.user", displayName: "x" } }),
    "user, which is no authenticationMethodConfiguration",
  ],
  [
    "a type that is none",
    exchange("PATCH", POLICY, { sent: { "@odata.type": "fido2", state: "enabled" } }),
    "names no type in use",
  ],
  ["nothing changed", patch({}), "it changes nothing"],
  [
    "text",
    exchange("PATCH", POLICY, {
      sent: { "@odata.type": TYPE, state: "enabled" },
      headers: { "content-type": "text/plain" },
    }),
    "and not JSON",
  ],
];
