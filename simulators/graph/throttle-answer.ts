import { GraphRefusal } from "./graph-error.js";
import type { Admission } from "./throttle.js";

/** Whose limit it is, for the header that names it. */
export interface LimitedBy {
  readonly appId: string;
  readonly tenantId: string;
}

/** Documented: the share used is told above 0.8, and never above 1.8. */
const FROM = 0.8;
const TO = 1.8;

/** Headers that tell how much of the limit is used up; none below four fifths of it. */
export function usageHeaders(admission: Admission): Readonly<Record<string, string>> {
  if (admission.kind === "unlimited" || admission.used < FROM) return {};
  return { "x-ms-throttle-limit-percentage": String(Math.round(Math.min(TO, admission.used) * 100) / 100) };
}

/**
 * The answer to a request that is not let through.
 * @param hints undefined: nothing is told but when to come again
 */
export function tooManyRequests(
  admission: Admission & { kind: "refused" },
  hints: LimitedBy | undefined,
): GraphRefusal {
  const told =
    hints === undefined
      ? {}
      : {
          ...usageHeaders(admission),
          "x-ms-throttle-scope": `Tenant_Application/ReadWrite/${hints.appId}/${hints.tenantId}`,
          // One of the documented examples; "can have any value".
          "x-ms-throttle-information": "ResourceUnitLimitExceeded",
        };
  return new GraphRefusal(429, "TooManyRequests", "Please retry again later.", {
    headers: { "Retry-After": String(admission.retryAfterSeconds), ...told },
  });
}
