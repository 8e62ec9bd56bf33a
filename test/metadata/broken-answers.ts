import type { Exchange } from "./exchange.js";
import {
  AUDITS,
  audit,
  batch,
  EVENTUAL,
  exchange,
  GRAPH,
  GROUP,
  get,
  keys,
  keysOf,
  POLICY,
  PREFER,
  page,
  policy,
  ROLES,
  refusal,
  restrictions,
  TYPE,
} from "./exchange-parts.js";

/** What is broken in an answer or a batch, how, and what the judge has to say of it. */
export const BROKEN_ANSWERS: readonly (readonly [string, Exchange, string])[] = [
  // What is answered.
  [
    "an answer's property that is none",
    get(POLICY, policy({ enabled: true }), PREFER),
    "enabled is no property",
  ],
  ["an answer's wrong word", get(POLICY, policy({ state: "paused" }), PREFER), "state says 'paused'"],
  [
    "a member hidden though asked for",
    get(POLICY, policy({ keyRestrictions: restrictions({ enforcementType: "unknownFutureValue" }) }), PREFER),
    "keyRestrictions.enforcementType hides a member",
  ],
  [
    "an answer without its type",
    get(POLICY, { ...policy(), "@odata.type": undefined }, PREFER),
    "@odata.type is missing",
  ],
  [
    "an answer without a context",
    get(POLICY, { ...policy(), "@odata.context": undefined }, PREFER),
    "@odata.context is no link",
  ],
  [
    "an annotation of no member",
    get(POLICY, policy({ "targets@odata.context": `${GRAPH}/$metadata#y` }), PREFER),
    "is about no member",
  ],
  [
    "an annotation that is none",
    get(POLICY, policy({ "@odata.kind": "x" }), PREFER),
    "is no annotation of a thing",
  ],
  [
    "a page within a thing",
    get("/v1.0/groups?$select=id", { ...page({ id: GROUP }), groups: [] }),
    "groups does not belong to a page",
  ],
  [
    "a property not selected",
    get("/v1.0/groups?$select=displayName", page({ id: GROUP, displayName: "x" })),
    "value[0].id was not selected",
  ],
  [
    "a property selected and not there",
    get("/v1.0/groups?$select=id,mail", page({ id: GROUP })),
    "value[0].mail was selected and is not there",
  ],
  [
    "something expanded and not there",
    get(`/v1.0/users/${GROUP}?$select=id&$expand=authentication`, { id: GROUP }),
    "authentication was selected and is not there",
  ],
  [
    "a row without what is never null",
    get(AUDITS, page({ id: "a" })),
    "value[0].activityDateTime is missing",
  ],
  ["a row's null", get(AUDITS, page(audit({ category: null }))), "value[0].category is null, and may not be"],
  [
    "a row's time without its zone",
    get(AUDITS, page(audit({ activityDateTime: "2026-11-29T10:00:00" }))),
    "is no Edm.DateTimeOffset",
  ],
  [
    "a count not asked for",
    get("/v1.0/groups?$select=id", { ...page({ id: GROUP }), "@odata.count": 1 }),
    "@odata.count is 1 where $count is null",
  ],
  [
    "a count asked for and not there",
    get(ROLES, page({ roleTemplateId: GROUP }), EVENTUAL),
    "@odata.count is undefined where $count is true",
  ],
  [
    "a link that is none",
    get("/v1.0/groups?$select=id", { ...page(), "@odata.nextLink": "/v1.0/groups?$skiptoken=x" }),
    "@odata.nextLink is no link",
  ],
  [
    "more than asked for",
    get("/v1.0/groups?$select=id&$top=1", page({ id: "1" }, { id: "2" })),
    "2 values are more than $top=1",
  ],
  ["no page", get("/v1.0/groups", policy()), "a page without a list"],
  [
    "a count that is no number",
    exchange("GET", "/v1.0/users/$count", { answer: "many", headers: EVENTUAL }),
    "a count is a number",
  ],
  [
    "204 with a body",
    exchange("PATCH", POLICY, {
      sent: { "@odata.type": TYPE, state: "enabled" },
      status: 204,
      answer: policy(),
    }),
    "204 comes with a body",
  ],
  ["204 to a GET", exchange("GET", POLICY, { status: 204, headers: PREFER }), "204 is no answer to a GET"],
  ["a page of the web", get(POLICY, "<html>", PREFER), "no JSON object"],
  ["a refusal that is none", refusal({ message: "no" }), "a refusal without an error"],
  ["a refusal without a code", refusal({ error: { message: "no" } }), "an error without a code"],
  [
    "a refusal with more",
    refusal({ error: { code: "x", message: "no", hint: "y" } }),
    "hint does not belong to a refusal",
  ],
  // Batches.
  [
    "a batch too large",
    batch(
      Array.from({ length: 21 }, (_, at) => ({ ...keysOf, id: `${at}` })),
      [],
    ),
    "21 items in a batch",
  ],
  ["two items of one id", batch([keysOf, keysOf], [keys()]), "two items of one id"],
  ["an item's absolute url", batch([{ ...keysOf, url: `${GRAPH}/me` }], [keys()]), "no url of an item"],
  [
    "an item's url with the version",
    batch([{ ...keysOf, url: `/v1.0${keysOf.url}` }], [keys()]),
    "no url of an item",
  ],
  ["an item not answered", batch([keysOf], []), "item 1 is not answered once"],
  ["an answer to no item", batch([keysOf], [keys(), { ...keys(), id: "2" }]), "an answer to item 2"],
  [
    "an item's unknown path",
    batch([{ ...keysOf, url: "/users/x/fido2Methods" }], [keys()]),
    "GET /v1.0/users/x/fido2Methods: user has no 'fido2Methods'",
  ],
  [
    "an item's wrong word",
    batch([keysOf], [keys({ id: "k", passkeyType: "hybrid" })]),
    "value[0].passkeyType says 'hybrid'",
  ],
  [
    "an item's own refusal",
    batch([keysOf], [{ ...keys(), status: 429, body: {} }]),
    "a refusal without an error",
  ],
];
