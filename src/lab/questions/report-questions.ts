import type { FactId } from "../../facts/facts.js";
import { type ReadQuestion, settled, unsettled } from "../question.js";
import { codeOf } from "../write-answer.js";
import { hasMore, isOk, notRead, rowsIn } from "./collection.js";

const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
/** The read that a tenant without a licence is refused. */
export const TOP_ONE = `${REPORT}?$top=1`;
const WITH_OR = `${REPORT}?$filter=${encodeURIComponent(
  "methodsRegistered/any(x:x eq 'passKeyDeviceBound') or methodsRegistered/any(x:x eq 'passKeySynced')",
)}`;
const STRENGTHS = "/v1.0/policies/authenticationStrengthPolicies";
const BAD_REQUEST = 400;

/** About the registration report and authentication strengths. */
export const REPORT_QUESTIONS = {
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
} as const satisfies Partial<Record<FactId, ReadQuestion>>;
