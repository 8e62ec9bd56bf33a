import type { Clock, Log } from "../core/ports.js";
import type { MetadataCache } from "../core/stores.js";
import type { DownloadLimits } from "./download-metadata.js";
import type { FidoMetadata } from "./fido-metadata.js";
import { type Refreshed, refreshMetadata } from "./refresh-metadata.js";
import { verifyMetadata } from "./verify-metadata.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What there is to say about the FIDO metadata in use. */
export interface MetadataStanding {
  /** undefined: there is none yet, and models are named by the packaged list. */
  readonly inUse?: {
    readonly number: number;
    /** Day (`YYYY-MM-DD`) by which the next one is published. */
    readonly nextUpdate: string;
    readonly fetchedAt: Date;
    /** That day has passed, and we have no newer one. */
    readonly overdue: boolean;
  };
  /**
   * What went wrong when it was last fetched; absent when that went well. `why` is a clause about the metadata: "it is
   * larger than 20 MB".
   */
  readonly problem?: { readonly at: Date; readonly why: string };
}

/** The FIDO metadata, kept up to date. */
export interface MetadataSource {
  /** What is in use now. undefined: none yet. */
  current(): FidoMetadata | undefined;
  standing(): MetadataStanding;
  /**
   * To be called about once a minute. Loads what is cached at the first call. When it is time, it loads what another
   * process has fetched since, else fetches: when there is none, daily, when the next one has been published, and
   * after a failure at growing intervals. A failure is logged, not thrown.
   * @throws what `mayFetch` throws
   */
  refreshIfDue(): Promise<void>;
  /** Gives up what is being fetched. */
  stop(): void;
}

/**
 * @param options.url undefined: nothing is fetched; what is cached stays in use
 * @param options.mayFetch whether it is this process that fetches; the others take from the cache what that one keeps
 * @param options.roots PEM; the roots FIDO's certificates come from when left out
 */
export function metadataSource(options: {
  readonly url: string | undefined;
  readonly cache: MetadataCache;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly mayFetch: () => Promise<boolean>;
  readonly roots?: readonly string[];
  readonly limits?: DownloadLimits;
}): MetadataSource {
  const { url, cache, clock, log, mayFetch, roots } = options;
  const stopping = new AbortController();
  let inUse: { readonly metadata: FidoMetadata; readonly fetchedAt: Date } | undefined;
  let problem: MetadataStanding["problem"];
  /** How often it was looked for in vain, one time after the other. */
  let failures = 0;
  let dueAt = 0;
  let underWay: Promise<void> | undefined;

  const isOverdue = ({ nextUpdate }: FidoMetadata): boolean =>
    clock.now().toISOString().slice(0, 10) > nextUpdate;

  /** Takes what is cached, unless that is what is in use. */
  async function load(): Promise<void> {
    try {
      const cached = await cache.load();
      if (cached === undefined || cached.fetchedAt === inUse?.fetchedAt.toISOString()) return;
      const verified = await verifyMetadata(cached.blob, { now: clock.now(), roots });
      if (verified.kind === "refused") {
        log.warn("fido-metadata-cache-ignored", { why: verified.why });
        return;
      }
      // An older process may have kept it.
      if (inUse !== undefined && verified.metadata.number < inUse.metadata.number) return;
      const fetchedAt = new Date(cached.fetchedAt);
      inUse = { metadata: verified.metadata, fetchedAt };
      problem = undefined;
      failures = 0;
      dueAt = nextFetch(verified.metadata, { fetchedAt, now: clock.now(), again: 0 });
      log.info("fido-metadata-loaded", {
        number: verified.metadata.number,
        overdue: isOverdue(verified.metadata),
      });
    } catch (error) {
      log.warn("fido-metadata-cache-unreadable", { error });
    }
  }

  function take(outcome: Refreshed): void {
    const now = clock.now();
    if (outcome.kind === "refreshed") {
      const { metadata, fetchedAt } = outcome;
      inUse = { metadata, fetchedAt };
      problem = undefined;
      failures = 0;
      dueAt = nextFetch(metadata, { fetchedAt, now, again: HOUR_MS });
      const { number, nextUpdate } = metadata;
      log.info("fido-metadata-refreshed", { number, nextUpdate, overdue: isOverdue(metadata) });
      return;
    }
    problem = { at: now, why: outcome.why };
    tryLater(now);
    const standing = { number: inUse?.metadata.number, overdue: inUse && isOverdue(inUse.metadata) };
    const event = outcome.kind === "failed" ? "fido-metadata-failed" : "fido-metadata-refused";
    log.warn(event, { why: outcome.why, ...standing, nextTry: new Date(dueAt) });
  }

  function tryLater(now: Date): void {
    failures += 1;
    dueAt = now.getTime() + Math.min(MINUTE_MS * 2 ** (failures - 1), HOUR_MS);
  }

  const isDue = (): boolean => clock.now().getTime() >= dueAt;

  async function refresh(): Promise<void> {
    const { signal } = stopping;
    if (signal.aborted || !isDue()) return;
    await load();
    if (!isDue()) return;
    if (url === undefined || !(await mayFetch())) return tryLater(clock.now());
    if (signal.aborted) return;
    const outcome = await refreshMetadata({ ...options, url, known: inUse?.metadata, signal });
    if (!signal.aborted) take(outcome);
  }

  return {
    current: () => inUse?.metadata,
    standing: () => ({
      ...(inUse && {
        inUse: {
          number: inUse.metadata.number,
          nextUpdate: inUse.metadata.nextUpdate,
          fetchedAt: inUse.fetchedAt,
          overdue: isOverdue(inUse.metadata),
        },
      }),
      ...(problem && { problem }),
    }),
    refreshIfDue: () => {
      underWay ??= refresh().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    stop: () => stopping.abort(),
  };
}

/**
 * A day after the last fetch, or earlier, when the next one is to be published.
 * @param options.again how long to wait when that is in the past, in milliseconds: it may be late
 */
function nextFetch(
  { nextUpdate }: FidoMetadata,
  options: { readonly fetchedAt: Date; readonly now: Date; readonly again: number },
): number {
  const published = Date.parse(nextUpdate);
  const now = options.now.getTime();
  if (published <= now) return now + options.again;
  // A clock that was wrong at the time must not put it off for long.
  return Math.min(options.fetchedAt.getTime() + DAY_MS, published, now + DAY_MS);
}
