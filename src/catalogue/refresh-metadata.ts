import type { Clock, Log } from "../core/ports.js";
import type { MetadataCache } from "../core/stores.js";
import { type DownloadLimits, downloadMetadata } from "./download-metadata.js";
import type { FidoMetadata } from "./fido-metadata.js";
import { verifyMetadata } from "./verify-metadata.js";

export type Refreshed =
  | { readonly kind: "refreshed"; readonly metadata: FidoMetadata; readonly fetchedAt: Date }
  /** Something came, and is not to be believed. */
  | { readonly kind: "refused"; readonly why: string }
  /** Nothing came. */
  | { readonly kind: "failed"; readonly why: string };

/**
 * Fetches the FIDO metadata, verifies it and keeps it in the cache. Refuses what is older than what is known. What
 * network and cache do is an answer or a line in the log, never thrown: names do not depend on it.
 */
export async function refreshMetadata(options: {
  readonly url: string;
  readonly cache: MetadataCache;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly known: FidoMetadata | undefined;
  readonly signal: AbortSignal;
  readonly roots?: readonly string[] | undefined;
  readonly limits?: DownloadLimits | undefined;
}): Promise<Refreshed> {
  const { url, cache, clock, log, known, signal, roots, limits } = options;
  let blob: string;
  try {
    blob = await downloadMetadata(url, { limits, signal });
  } catch (error) {
    return { kind: "failed", why: wordsOf(error) };
  }
  const fetchedAt = clock.now();
  const verified = await verifyMetadata(blob, { now: fetchedAt, roots });
  if (verified.kind === "refused") return verified;
  const { metadata } = verified;
  if (known !== undefined && metadata.number < known.number) {
    // An attacker may want a warning to be forgotten.
    return {
      kind: "refused",
      why: `it is number ${metadata.number}, older than number ${known.number}, which is known`,
    };
  }
  await cache.save({ blob, fetchedAt: fetchedAt.toISOString() }).catch((error: unknown) => {
    log.warn("fido-metadata-not-kept", { error });
  });
  return { kind: "refreshed", metadata, fetchedAt };
}

/** `fetch` says only that it failed; why is in its cause. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
