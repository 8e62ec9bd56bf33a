import type { JsonObject } from "../json.js";
import type { Instant, Person, TenantId } from "../person.js";

/** What the policy is compared with: the last state that was applied or accepted. One a tenant. */
export interface Baseline {
  readonly tenantId: TenantId;
  /** 1, 2, 3 ... in a tenant: each new baseline is one more. */
  readonly version: number;
  /** As Graph sent it, or with the change of a plan on it. */
  readonly policy: JsonObject;
  /** When it became the baseline. */
  readonly at: Instant;
  /** When the policy was last read and was like it: writes from then on may not be in it. */
  readonly seenAt: Instant;
  readonly source: BaselineSource;
}

/** Who decided that the policy is to be like this; `first-read`: it was found so at first. */
export type BaselineSource =
  | { readonly kind: "first-read" }
  | {
      readonly kind: "applied";
      readonly planNumber: number;
      readonly by: Person;
      /** Not before this was it written: the audit log names it, too. */
      readonly sentAt: Instant;
    }
  | {
      readonly kind: "accepted";
      readonly driftNumber: number;
      readonly by: Person;
      readonly reason: string;
    };

/** A baseline before the store gave it a version. */
export type BaselineDraft = Omit<Baseline, "version">;
