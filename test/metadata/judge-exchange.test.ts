import { describe, expect, it } from "vitest";
import { BROKEN_ANSWERS } from "./broken-answers.js";
import { BROKEN_REQUESTS } from "./broken-requests.js";
import type { Exchange } from "./exchange.js";
import {
  AUDITS,
  audit,
  batch,
  EVENTUAL,
  exchange,
  filtered,
  GRAPH,
  GROUP,
  get,
  keys,
  keysOf,
  POLICY,
  PREFER,
  page,
  patch,
  policy,
  profile,
  ROLES,
  refusal,
  roles,
  withoutId,
} from "./exchange-parts.js";
import { GRAPH_METADATA } from "./graph-metadata.js";
import { type JudgeOptions, judgeExchange } from "./judge-exchange.js";

const GOOD: readonly (readonly [string, Exchange])[] = [
  ["the policy", get(POLICY, policy(), PREFER)],
  ["the policy by the other root", get(POLICY.replace("/policies", ""), policy(), PREFER)],
  [
    "the policy of a client that cannot bear every member",
    get(POLICY, policy({ passkeyProfiles: [profile({ passkeyTypes: "deviceBound,unknownFutureValue" })] })),
  ],
  ["a write", patch({ state: "disabled", passkeyProfiles: [profile()] })],
  ["a write that makes a profile", patch({ passkeyProfiles: [{ ...profile(), id: GROUP }, withoutId()] })],
  [
    "one person",
    get(`/v1.0/users/${GROUP}?$select=id,displayName`, {
      "@odata.context": `${GRAPH}/$metadata#users(id)/$entity`,
      id: GROUP,
      displayName: null,
    }),
  ],
  ["roles", get(ROLES, roles(), EVENTUAL)],
  [
    "who holds a role, by its template",
    get(
      `/v1.0/directoryRoles(roleTemplateId='${GROUP}')/members?$select=id`,
      page({ "@odata.type": "#microsoft.graph.group", id: GROUP }),
    ),
  ],
  [
    "a count",
    exchange("GET", "/v1.0/users/$count?$filter=accountEnabled%20eq%20true", {
      answer: "12",
      headers: EVENTUAL,
    }),
  ],
  ["audits", get(`${AUDITS}?$orderby=activityDateTime%20desc&$top=2`, page(audit()))],
  [
    "passkeys in a batch",
    batch(
      [keysOf],
      [
        keys({
          id: "k",
          displayName: null,
          aaGuid: GROUP,
          passkeyType: "deviceBound",
          createdDateTime: "2026-01-01T00:00:00Z",
        }),
      ],
    ),
  ],
  ["a refusal", refusal({ error: { code: "Forbidden", message: "no", innerError: { date: "x" } } })],
  [
    "any of a collection",
    filtered(
      "methodsRegistered/any(x:x eq 'passKeyDeviceBound') or methodsRegistered/any(y:y eq 'b')",
      "/v1.0/reports/authenticationMethods/userRegistrationDetails",
    ),
  ],
  [
    "a time, a text and brackets",
    filtered(
      "(loggedByService eq 'A''s (b)' or startswith(activityDisplayName,'Add')) and activityDateTime ge 2026-11-29T10:00:00.123Z",
    ),
  ],
  ["what lies below a property", filtered("initiatedBy/user/id eq 'x' and not (result eq 'failure')")],
  ["a true property", filtered("accountEnabled", "/v1.0/users")],
];

const judge = (one: Exchange, options: Partial<JudgeOptions> = {}) =>
  judgeExchange({ metadata: GRAPH_METADATA, ...options }, one);

describe("Microsoft's metadata as the judge", () => {
  it.each(GOOD)("finds nothing in %s", (_, one) => {
    expect(judge(one)).toEqual([]);
  });

  it.each([...BROKEN_REQUESTS, ...BROKEN_ANSWERS])("finds %s", (_, one, verdict) => {
    expect(judge(one).join("\n")).toContain(verdict);
  });

  it("takes a property of a later Graph only where a test made it up", () => {
    const later = patch({ laterProperty: 1 });
    expect(judge(later)).toEqual([expect.stringContaining("laterProperty is no property")]);
    expect(judge(later, { isOfLaterGraph: (name) => name === "laterProperty" })).toEqual([]);
  });

  it("judges only the request where the answer was spoilt on purpose", () => {
    expect(judge(get("/v1.0/groups?$select=kind", "<html>"), { onlyRequest: true })).toEqual([
      "GET /v1.0/groups?$select=kind: $select names 'kind', which group does not have",
    ]);
  });
});
