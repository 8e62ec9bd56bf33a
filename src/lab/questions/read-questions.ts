import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import { hasProfiles } from "../../core/policy/comparable-policy.js";
import type { FactId } from "../../facts/facts.js";
import type { GraphAnswer } from "../../graph/graph-http.js";
import { readRefusal } from "../../graph/translate-graph-error.js";
import { defaultProfile } from "../policy-shape.js";
import {
  type AuditQuestion,
  type Finding,
  type ReadQuestion,
  type SeenQuestion,
  settled,
  unsettled,
} from "../question.js";
import { codeOf } from "../write-answer.js";

const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const TOP_ONE = `${REPORT}?$top=1`;
const WITH_OR = `${REPORT}?$filter=${encodeURIComponent(
  "methodsRegistered/any(x:x eq 'passKeyDeviceBound') or methodsRegistered/any(x:x eq 'passKeySynced')",
)}`;
const STRENGTHS = "/v1.0/policies/authenticationStrengthPolicies";
const REGISTRATIONS = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(
  "loggedByService eq 'Device Registration Service'",
)}&$top=100`;

/** Graph's code where the registration report needs P1 or P2 and the tenant has neither. */
const NO_LICENCE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
const BAD_REQUEST = 400;

const isOk = ({ status }: GraphAnswer): boolean => status >= 200 && status < 300;
const isUnlicensed = (answer: GraphAnswer): boolean => readRefusal(answer).code === NO_LICENCE;

/** The rows of a collection; undefined: it is none. */
function rowsIn({ body }: GraphAnswer): readonly JsonObject[] | undefined {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  const rows = isJsonObject(value) ? value.value : undefined;
  return Array.isArray(rows) ? rows.filter((row: Json) => isJsonObject(row)) : undefined;
}

function hasMore({ body }: GraphAnswer): boolean {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  return isJsonObject(value) && value["@odata.nextLink"] !== undefined;
}

/** A read that did not come about says nothing about the question. */
function notRead(answer: GraphAnswer): Finding {
  if (isUnlicensed(answer)) return unsettled("the tenant has no licence of Entra ID P1 or P2 for it");
  if (answer.status === 403) return unsettled(`Graph refused the right to read it (403 ${codeOf(answer)})`);
  return unsettled(`Graph answered ${answer.status} ${codeOf(answer)}`);
}

/** About the policy as it is found. */
export const SEEN_QUESTIONS = {
  navigation: {
    kind: "seen",
    asks: "nothing more than the GET by which the policy is saved",
    see: (plain) =>
      "includeTargets" in plain && "passkeyProfiles" in plain
        ? settled("always", "200; both were there")
        : settled("when-expanded", "200; one or both were missing without $expand"),
  },
  deprecatedPair: {
    kind: "seen",
    asks: "nothing more than the GET by which the policy is saved",
    see: (_, whole) => {
      if (!hasProfiles(whole)) return unsettled("the tenant has no profiles");
      const pair = [whole.isAttestationEnforced, whole.keyRestrictions];
      if (pair.every((member) => member === undefined)) return settled("absent", "200; neither was there");
      if (pair.every((member) => member === null)) return settled("null", "200; both were null");
      const profile = defaultProfile(whole);
      const mirrored = [
        profile?.attestationEnforcement === "registrationOnly",
        profile?.keyRestrictions ?? null,
      ];
      return canonicalJson(pair.map((member) => member ?? null)) === canonicalJson(mirrored)
        ? settled("mirrored", "200; both said what the default profile says")
        : unsettled("the pair said something else than the default profile");
    },
  },
} as const satisfies Partial<Record<FactId, SeenQuestion>>;

/** About what is read beside the policy. */
export const READ_QUESTIONS = {
  reportTop: {
    kind: "read",
    path: TOP_ONE,
    asks: "the registration report with $top=1",
    see: (answer) => {
      if (answer.status === BAD_REQUEST) return settled("refused", `400 ${codeOf(answer)}`);
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      if (rows.length > 1) return settled("ignored", "200; more than one row came");
      if (rows.length === 1 && hasMore(answer))
        return settled("honoured", "200; one row came, and a link to more");
      return unsettled("the report has one row at most");
    },
  },
  reportOr: {
    kind: "read",
    path: WITH_OR,
    asks: "the registration report with a $filter of two any() joined by or",
    see: (answer) => {
      if (answer.status === BAD_REQUEST) return settled("refused", `400 ${codeOf(answer)}`);
      return isOk(answer) ? settled("accepted", "200") : notRead(answer);
    },
  },
  strengthsInline: {
    kind: "read",
    path: STRENGTHS,
    asks: "the list of authentication strengths",
    see: (answer) => {
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      const custom = rows.filter(({ policyType }) => policyType === "custom");
      if (rows.length === 0) return unsettled("the tenant shows no authentication strength");
      if (rows.some((row) => Array.isArray(row.combinationConfigurations)))
        return settled(
          "yes",
          `200; the lists were there${custom.length === 0 ? ", all of them built-in" : ""}`,
        );
      return settled("no", "200; no strength had them");
    },
  },
  passkeyActivities: {
    kind: "read",
    path: REGISTRATIONS,
    asks: "the audit log's entries of the Device Registration Service",
    see: (answer) => {
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      const names = rows.map(({ activityDisplayName }) => String(activityDisplayName));
      const [reading] = names.flatMap((name) => {
        if (/^Add Passkey \((device-bound|synced)\)$/.test(name)) return ["by-kind"];
        if (/^Add Passkey \(device-bound\) security key$/.test(name)) return ["passkey-security-key"];
        return /^Add FIDO2 security key/.test(name) ? ["fido2-security-key"] : [];
      });
      return reading === undefined
        ? unsettled(NO_REGISTRATION)
        : settled(reading, "200; the newest one is called so");
    },
  },
  passkeyEntriesName: {
    kind: "read",
    path: REGISTRATIONS,
    asks: "the audit log's entries of the Device Registration Service",
    see: (answer) => {
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      const entry = rows.find(({ activityDisplayName: name }) => /^Add (Passkey|FIDO2)/.test(String(name)));
      const targets = entry?.targetResources;
      const target = Array.isArray(targets) ? targets.find((each: Json) => isJsonObject(each)) : undefined;
      if (!isJsonObject(target)) return unsettled(NO_REGISTRATION);
      return typeof target.id === "string" && target.id !== ""
        ? settled("id", "200; the newest one has an id")
        : settled("address", "200; the newest one has no id");
    },
  },
  auditsNeedLicence: {
    kind: "read",
    path: REGISTRATIONS,
    asks: "the audit log's entries of the Device Registration Service",
    see: (answer, context) => {
      const report = context.answer(TOP_ONE);
      if (isUnlicensed(answer)) return settled("no", `403 ${codeOf(answer)}`);
      if (!isOk(answer)) return notRead(answer);
      return report !== undefined && isUnlicensed(report)
        ? settled("yes", "200, where the registration report is refused for want of a licence")
        : unsettled("the tenant has a licence of P1 or P2, or it cannot be told");
    },
  },
} as const satisfies Partial<Record<FactId, ReadQuestion>>;

const NO_REGISTRATION = "no passkey was registered as far back as the audit log goes";

/** Members of a whole policy, of which a change of a list has one at most. */
const OF_A_WHOLE = ["state", "includeTargets"];

/** About the entries that the lab's own writes leave. */
export const AUDIT_QUESTIONS = {
  auditNames: {
    kind: "audit",
    asks: "the audit log's newest entry about the policy since the lab began",
    see: ({ initiatedBy }) => {
      const by = isJsonObject(initiatedBy) ? initiatedBy : {};
      if (isJsonObject(by.user) && (by.user.id || by.user.userPrincipalName))
        return settled(
          "person",
          "a person signed in by device code, which is a delegated token like that of on-behalf-of",
        );
      return isJsonObject(by.app)
        ? settled("app", "an app, though a person was signed in")
        : unsettled("the entry names neither a person nor an app");
    },
  },
  auditDetail: {
    kind: "audit",
    asks: "the audit log's newest entry about the policy since the lab began",
    see: ({ targetResources }) => {
      const targets = Array.isArray(targetResources) ? targetResources : [];
      const properties = targets.flatMap((each: Json) =>
        isJsonObject(each) && Array.isArray(each.modifiedProperties) ? each.modifiedProperties : [],
      );
      if (properties.length === 0) return unsettled("the entry says nothing of what changed");
      return properties.some((each: Json) => isWhole(each))
        ? settled("whole", "one property holds the whole policy")
        : settled("changed", "its properties hold what changed");
    },
  },
} as const satisfies Partial<Record<FactId, AuditQuestion>>;

/** JSON in a string. */
function isWhole(property: Json): boolean {
  const text = isJsonObject(property) ? property.newValue : undefined;
  return typeof text === "string" && OF_A_WHOLE.every((name) => text.includes(`"${name}"`));
}
