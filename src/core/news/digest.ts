import type { Instant, Person, TenantId } from "../person.js";
import type { PlanSummary } from "../plan/plan.js";
import type { Adoption } from "../report/standing/adoption.js";
import type { Doorstep } from "../report/standing/blocked.js";
import type { ModelNotice } from "./model-notice.js";

/** How the week stands, as it was when it was told: a copy that is posted later shows the same. */
export interface Digest {
  readonly tenantId: TenantId;
  /** The day (`YYYY-MM-DD`) on which it was due, which names it in its tenant. */
  readonly day: string;
  readonly at: Instant;
  readonly isOn: boolean;
  /** By the latest scan; absent before the first one. */
  readonly scanned?: {
    readonly startedAt: Instant;
    readonly isComplete: boolean;
    readonly adoption: Adoption;
  };
  /** The same a digest earlier, where it counted the same people by a scan of its own. */
  readonly before?: { readonly at: Instant; readonly withPasskey: number };
  /**
   * How many were refused a passkey in the last days; "never-seen": the audit log never named one. Absent in digests of
   * versions that did not tell these apart.
   */
  readonly blocked?: number | Exclude<Doorstep["kind"], "blocked" | "none">;
  /** Plans that wait, oldest first: how many, and the first of them. */
  readonly open: { readonly count: number; readonly plans: readonly PlanSummary[] };
  readonly drift?: { readonly number: number; readonly foundAt: Instant };
  readonly models?: { readonly inUse: number; readonly unused: number; readonly warned: number };
  /** What was noticed of models and is still open, newest first. */
  readonly notices: readonly Pick<ModelNotice, "id" | "about" | "models" | "foundAt">[];
}

/** Whether the digest is posted, and who said so last. */
export interface DigestSwitch {
  readonly isOn: boolean;
  /** Absent: it was never turned off. */
  readonly said?: { readonly by: Person; readonly at: Instant };
}

/** When it is due: a day of the week (0: Sunday) and the minute of that day, in UTC. */
export interface DigestTime {
  readonly weekday: number;
  readonly minute: number;
}

const DAY_MS = 24 * 60 * 60_000;
const WEEK_MS = 7 * DAY_MS;
/** A process that was away at the time may still tell it for so long; then that week goes without. */
export const DIGEST_WINDOW_MS = DAY_MS;
/** From one digest to the next, though another time is configured meanwhile, or in another process. */
export const BETWEEN_DIGESTS_MS = 5 * DAY_MS;

/** The last time at which a digest was due. */
export function lastDue(now: Date, { weekday, minute }: DigestTime): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const ofThisWeek = midnight + (weekday - now.getUTCDay()) * DAY_MS + minute * 60_000;
  return new Date(ofThisWeek > now.getTime() ? ofThisWeek - WEEK_MS : ofThisWeek);
}
