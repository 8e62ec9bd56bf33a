import type { FaultCode } from "../errors.js";
import type { Instant, TenantId } from "../person.js";
import type { Inventory } from "./inventory.js";

/** Why Latchkey's own scan waits longer than usual: the last one ended without a result. */
export type OwnScanPause = {
  readonly tenantId: TenantId;
  /** When it ended so. */
  readonly at: Instant;
} & (
  | {
      readonly kind: "failed";
      readonly fault: FaultCode;
      /** How often in a row, this time included. */
      readonly times: number;
    }
  /** A person ended a scan: one of their own, or one that Latchkey had begun. */
  | { readonly kind: "cancelled" }
);

const HOUR_MS = 3_600_000;
const FIRST_PAUSE_MS = HOUR_MS / 4;
const LONGEST_PAUSE_MS = 6 * HOUR_MS;

/** What is known when it is asked whether Latchkey is to scan by itself. */
interface Known {
  /** How long after the last scan the next one is due, in milliseconds. */
  readonly everyMs: number;
  readonly latest: Pick<Inventory, "startedAt" | "finishedAt" | "begunBy"> | undefined;
  /** Whether any scan ever finished here, also one that is no longer kept. */
  readonly hasScanned: boolean;
  readonly pause: OwnScanPause | undefined;
}

/**
 * When Latchkey's next own scan is due. It counts from the beginning of the last one of its own, so that the hour of the
 * day stays, and from the end of one that a person asked for.
 * @returns undefined: not before a person has asked for the first scan
 */
export function ownScanDue({ everyMs, latest, hasScanned, pause }: Known): Date | undefined {
  if (!hasScanned) return undefined;
  const last = latest === undefined ? undefined : after(lastScanAt(latest), everyMs);
  const paused = pause === undefined ? undefined : after(pause.at, pauseMs(pause, everyMs));
  return new Date(Math.max(last ?? 0, paused ?? 0));
}

/**
 * Whether it is due by a clock that may have been wrong: what lies further ahead than it can by the rules, came of a clock
 * that was ahead, and holds nothing up.
 */
export function isOwnScanDue(known: Known, now: Date): boolean {
  const { everyMs, latest, pause } = known;
  const isPast = (at: Instant): boolean => Date.parse(at) - now.getTime() < everyMs;
  const due = ownScanDue({
    ...known,
    latest: latest !== undefined && isPast(lastScanAt(latest)) ? latest : undefined,
    pause: pause !== undefined && isPast(pause.at) ? pause : undefined,
  });
  return due !== undefined && due.getTime() <= now.getTime();
}

/** How long it waits: growing while it fails, a whole turn after a person ended one. Never longer than a turn. */
export function pauseMs(pause: OwnScanPause, everyMs: number): number {
  if (pause.kind === "cancelled") return everyMs;
  return Math.min(FIRST_PAUSE_MS * 2 ** (pause.times - 1), LONGEST_PAUSE_MS, everyMs);
}

const lastScanAt = ({ startedAt, finishedAt, begunBy }: NonNullable<Known["latest"]>): Instant =>
  begunBy === "latchkey" ? startedAt : finishedAt;

const after = (instant: Instant, milliseconds: number): number => Date.parse(instant) + milliseconds;
