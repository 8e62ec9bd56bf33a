import { isJsonObject, type Json } from "../../core/json.js";
import type { FactId } from "../../facts/facts.js";
import { type AuditQuestion, type ReadQuestion, settled, unsettled } from "../question.js";
import { codeOf } from "../write-answer.js";
import { hasMore, isOk, isUnlicensed, notRead, rowsIn } from "./collection.js";
import { TOP_ONE } from "./report-questions.js";

const REGISTRATIONS = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(
  "loggedByService eq 'Device Registration Service'",
)}&$top=100`;

const SECURITY_INFO = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(
  "loggedByService eq 'Authentication Methods' and category eq 'UserManagement'",
)}&$top=100`;
const NAMES = [
  [/^Add Passkey \((device-bound|synced)\)$/, "by-kind"],
  [/^Add Passkey \(device-bound\) security key$/, "passkey-security-key"],
  [/^Add FIDO2 security key/, "fido2-security-key"],
] as const;
/** How the Device Registration Service has called a passkey that came. */
const ADDED = /^Add (Passkey|FIDO2)/;

const NO_REGISTRATION = "no passkey was registered as far back as the audit log goes";

/** About the directory audit log, as far as its entries are there already. */
export const LOG_QUESTIONS = {
  passkeyActivities: {
    kind: "read",
    path: REGISTRATIONS,
    asks: "the audit log's entries of the Device Registration Service",
    see: (answer) => {
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      const names = rows
        .map(({ activityDisplayName }) => String(activityDisplayName))
        .filter((name) => ADDED.test(name));
      const readings = names.flatMap((name) => NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? []);
      const [reading] = readings;
      if (reading !== undefined) return settled(reading, "200; the log's first one is called so");
      const [other] = names.filter((name) => /^[\w ()-]{1,60}$/.test(name));
      return unsettled(other === undefined ? NO_REGISTRATION : `one is called "${other}", which is new`);
    },
  },
  passkeyEntriesName: {
    kind: "read",
    path: REGISTRATIONS,
    asks: "the audit log's entries of the Device Registration Service",
    see: (answer) => {
      const rows = isOk(answer) ? rowsIn(answer) : undefined;
      if (rows === undefined) return notRead(answer);
      const entry = rows.find(({ activityDisplayName: name }) => ADDED.test(String(name)));
      const targets = entry?.targetResources;
      const target = Array.isArray(targets) ? targets.find((each: Json) => isJsonObject(each)) : undefined;
      if (!isJsonObject(target)) return unsettled(NO_REGISTRATION);
      return typeof target.id === "string" && target.id !== ""
        ? settled("id", "200; the log's first one has an id")
        : settled("address", "200; the log's first one has no id");
    },
  },
  registrationEntries: {
    kind: "read",
    path: SECURITY_INFO,
    asks: "the audit log's entries of Authentication Methods, beside those of the Device Registration Service",
    see: (answer, context) => {
      const devices = context.answer(REGISTRATIONS);
      if (devices === undefined)
        return unsettled("the entries of the Device Registration Service were not read");
      const [rows, others] = [answer, devices].map((each) => (isOk(each) ? rowsIn(each) : undefined));
      if (rows === undefined || others === undefined) return notRead(rows === undefined ? answer : devices);
      const isLogged = rows.some(({ resultReason: why }) => /registered (fido2|passkey)/i.test(String(why)));
      const isOfDevices = others.some(({ activityDisplayName: name }) => ADDED.test(String(name)));
      if (!isLogged && !isOfDevices) return unsettled(NO_REGISTRATION);
      if (isLogged && isOfDevices) return settled("both", "200; both have entries of passkeys that came");
      // What is not among the newest may be further back.
      if (hasMore(isLogged ? devices : answer))
        return unsettled("the audit log has too many entries to tell");
      return isLogged
        ? settled(
            "authentication-methods",
            "200; only Authentication Methods has entries of passkeys that came",
          )
        : settled("device-registration", "200; only the Device Registration Service has such entries");
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
