import { z } from "zod";
import { Fault } from "../core/errors.js";
import type { JsonObject } from "../core/json.js";
import { hiddenValueIn } from "../core/policy/hidden-values.js";
import { type Aaguid, NO_AAGUID, toAaguid } from "../core/policy/policy.js";
import type { GraphAnswer } from "./graph-http.js";

// What we rely on in Graph's answers, and no more: properties not named here may come and go.
// Reference: https://learn.microsoft.com/graph/api/overview?view=graph-rest-1.0

const objectId = z.string().min(1);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const nameOrNothing = z.string().nullish();

/** Any JSON object: the policy is read by the core, which keeps every property. */
export const jsonObject = z.custom<JsonObject>(
  // A schema of members would copy it, and leave out what is called `__proto__`.
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "Invalid input: expected an object",
);

/** One page of a collection. */
export const page = z.object({
  value: z.array(z.unknown()),
  "@odata.nextLink": z.string().optional(),
});

/** A collection of which only the length matters. */
export const countedPage = z.object({ "@odata.count": z.int().nonnegative().optional() });

/** What `$count` answers: the number alone. */
export const plainCount = z.int().nonnegative();

export const directoryRoleRow = z.object({ roleTemplateId: objectId, displayName: nameOrNothing });
export const idRow = z.object({ id: objectId });
/** A person, a group or an application, which only its type tells apart: without one nothing is made of it. */
export const memberRow = z.object({ id: objectId, "@odata.type": z.string() });
export const groupNameRow = z.object({ id: objectId, displayName: nameOrNothing });
/** https://learn.microsoft.com/graph/api/resources/group */
export const groupRow = z.object({
  id: objectId,
  displayName: z.string(),
  securityEnabled: z.boolean().nullish(),
  mailEnabled: z.boolean().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  mail: nameOrNothing,
  description: nameOrNothing.catch(undefined),
  createdDateTime: z.iso.datetime().nullish().catch(undefined),
});
export const namedUserRow = z.object({
  id: objectId,
  displayName: nameOrNothing,
  userPrincipalName: nameOrNothing,
});
export const userRow = z.object({ id: objectId, displayName: nameOrNothing });
/** An account in a list of people. */
export const listedUserRow = z.object({
  id: objectId,
  displayName: nameOrNothing,
  userPrincipalName: nameOrNothing.catch(undefined),
  userType: z.string().nullish().catch(undefined),
  accountEnabled: z.boolean().nullish(),
});
export const signInNameRow = z.object({ id: objectId, userPrincipalName: nameOrNothing });
/** https://learn.microsoft.com/graph/api/resources/user: "Member" or "Guest". */
export const userTypeRow = z.object({ id: objectId, userType: z.string().nullish() });

/** https://learn.microsoft.com/graph/api/resources/userregistrationdetails */
export const registrationRow = z.object({
  id: objectId,
  userDisplayName: nameOrNothing.catch(undefined),
  userPrincipalName: nameOrNothing.catch(undefined),
  isAdmin: z.boolean().nullish().catch(undefined),
  // A person of whom it cannot be told may have a passkey, and is asked about.
  methodsRegistered: z.array(z.string()).nullable().catch(null),
});

/** https://learn.microsoft.com/graph/api/resources/directoryaudit */
export const directoryAuditRow = z.object({
  activityDateTime: instant,
  result: z.string().nullish(),
  initiatedBy: z.object({
    user: z
      .object({
        id: nameOrNothing,
        displayName: nameOrNothing.catch(undefined),
        userPrincipalName: nameOrNothing.catch(undefined),
      })
      .nullish(),
    app: z.object({ displayName: nameOrNothing, appId: nameOrNothing }).nullish(),
  }),
});

/** An entry that cannot be read stays an entry: of it only the time may be known. */
export const directoryAuditEntry = z.union([
  directoryAuditRow,
  z
    .object({ activityDateTime: instant.optional().catch(undefined) })
    .catch({})
    .transform(({ activityDateTime: at }) => ({ isUnread: true as const, at })),
]);

/** The same log, for whom an entry is about. What is odd in an entry counts as not said. */
export const auditedRow = z.object({
  activityDisplayName: nameOrNothing.catch(undefined),
  loggedByService: nameOrNothing.catch(undefined),
  targetResources: z
    .array(
      z
        .object({
          id: nameOrNothing.catch(undefined),
          type: nameOrNothing.catch(undefined),
          userPrincipalName: nameOrNothing.catch(undefined),
        })
        .catch({}),
    )
    .catch([]),
  initiatedBy: z
    .object({
      user: z
        .object({ id: nameOrNothing.catch(undefined), userPrincipalName: nameOrNothing.catch(undefined) })
        .nullish(),
    })
    .nullish()
    .catch(undefined),
});

/** The same with why it failed, and what it says of the passkey. */
export const refusedRow = auditedRow.extend({
  activityDateTime: instant.optional().catch(undefined),
  result: nameOrNothing.catch(undefined),
  resultReason: nameOrNothing.catch(undefined),
  additionalDetails: z
    .array(
      z
        .object({ key: nameOrNothing.catch(undefined), value: nameOrNothing.catch(undefined) })
        .catch({ key: undefined, value: undefined }),
    )
    .nullish()
    .catch(undefined)
    .transform((details) => details ?? []),
  targetResources: z
    .array(
      z
        .object({
          id: nameOrNothing.catch(undefined),
          type: nameOrNothing.catch(undefined),
          userPrincipalName: nameOrNothing.catch(undefined),
          modifiedProperties: z
            .array(
              z
                .object({
                  displayName: nameOrNothing.catch(undefined),
                  newValue: nameOrNothing.catch(undefined),
                })
                .catch({ displayName: undefined, newValue: undefined }),
            )
            .nullish()
            .catch(undefined)
            .transform((properties) => properties ?? []),
        })
        .catch({
          id: undefined,
          type: undefined,
          userPrincipalName: undefined,
          modifiedProperties: [],
        }),
    )
    .catch([]),
});

/**
 * https://learn.microsoft.com/graph/api/resources/fido2authenticationmethod. A passkey that says no
 * model (no AAGUID, or none in it) is one that names none, as all zeros are: no list can let it in. One whose AAGUID
 * says something else is not read: what a change would do to it could not be said.
 */
export const fido2MethodRow = z.object({
  // Of these nothing depends on what is odd: then Graph did not say.
  id: nameOrNothing.catch(undefined),
  aaGuid: z
    .string()
    .nullish()
    .transform((text, context) => {
      if (text === undefined || text === null || text === "") return NO_AAGUID;
      // With braces it is the same GUID.
      const aaguid = toAaguid(text.trim().replace(/^\{(.*)\}$/, "$1"));
      if (aaguid !== undefined) return aaguid;
      context.addIssue({ code: "custom", message: "Invalid input: expected a GUID" });
      return z.NEVER;
    }),
  model: z.string().nullish().catch(undefined),
  // Both are evolvable enumerations: a value we do not know means Graph did not say.
  passkeyType: z.string().nullish().catch(undefined),
  attestationLevel: z.string().nullish().catch(undefined),
});

/** https://learn.microsoft.com/graph/api/resources/fido2combinationconfiguration; other kinds list no models. */
export const combinationRow = z.object({
  allowedAAGUIDs: z
    .array(z.string().transform((text) => text.trim().toLowerCase() as Aaguid))
    .nullish()
    .catch(undefined),
});

/** https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy */
export const strengthRow = z.object({
  id: objectId,
  displayName: nameOrNothing.catch(undefined),
  policyType: nameOrNothing.catch(undefined),
  combinationConfigurations: z.array(combinationRow.nullable().catch(null)).nullish().catch(undefined),
});

/** https://learn.microsoft.com/graph/json-batching: at most 20, ids unique, urls relative to the version. */
export const batchRequest = z.object({
  requests: z
    .array(z.object({ id: z.string().min(1), method: z.literal("GET"), url: z.string().startsWith("/") }))
    .min(1)
    .max(20),
});
export const batchAnswer = z.object({ responses: z.array(z.unknown()) });
export const batchItem = z.object({
  id: z.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown().optional(),
});

/** What the core must have put into a write; everything else in it is the core's business. */
export const policyWrite = z
  .looseObject({
    "@odata.type": z.literal("#microsoft.graph.fido2AuthenticationMethodConfiguration"),
  })
  .refine((body) => hiddenValueIn(body as JsonObject) === undefined, "a word is sent that stands for others");

/** A row, or null for one that cannot be read: it never costs the others of its page. */
export function orOdd<T>(row: z.ZodType<T>): z.ZodType<T | null> {
  return row.nullable().catch(null);
}

/** The rows that could be read, and how many could not. */
export function readable<T>(rows: readonly (T | null)[]): {
  readonly rows: readonly T[];
  readonly odd: number;
} {
  const good = rows.filter((row) => row !== null);
  return { rows: good, odd: rows.length - good.length };
}

/**
 * The value in the shape we rely on.
 * @param what where it came from, e.g. `GET /users`; never the value itself
 * @throws Fault `graph-unreadable`, naming what is missing
 */
export function readWire<T>(schema: z.ZodType<T>, value: unknown, what: string, answer?: GraphAnswer): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const missing = read.error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "the answer"}: ${issue.message}`)
    .join("; ");
  throw new Fault("graph-unreadable", `Cannot read what Graph answered to ${what}: ${missing}.`, {
    ...(answer === undefined ? {} : { status: answer.status }),
    ...(answer?.requestId === undefined ? {} : { requestId: answer.requestId }),
  });
}
