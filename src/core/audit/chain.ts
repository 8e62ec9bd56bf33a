import { createHash } from "node:crypto";
import { asJson, canonicalJson } from "../json.js";
import type { AuditEntry, AuditRecord } from "./record.js";
import { RecordKeys } from "./record-keys.js";

/** The end of a chain: what an auditor writes down, and compares later. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
}

export type ChainCheck =
  | { readonly kind: "intact"; readonly head: ChainHead }
  | { readonly kind: "broken"; readonly sequence: number; readonly why: BrokenLink };

/** `missing`: not the number that follows. `unlinked`: does not follow from the record before. `edited`: does not match its own hash. */
type BrokenLink = "missing" | "unlinked" | "edited" | "other-tenant";

/** The head of a chain without records. */
export const CHAIN_START: ChainHead = { sequence: 0, hash: "0".repeat(64) };

/**
 * Puts an entry in its place: the next number, the hash of the record before, the proof that is due, and its own hash
 * over all of it.
 */
export function seal(entry: AuditEntry, previous: AuditRecord | undefined, keys?: RecordKeys): AuditRecord {
  return sealWithText(entry, previous, keys).record;
}

/** The same with {@link hashedText} of it, which is what a store keeps. */
export function sealWithText(
  entry: AuditEntry,
  previous: AuditRecord | undefined,
  keys = new RecordKeys(),
): { readonly record: AuditRecord; readonly text: string } {
  const before = previous ?? CHAIN_START;
  // Through JSON and back, so that what is hashed is exactly what can be stored and read again.
  const content: AuditEntry = JSON.parse(JSON.stringify(entry));
  const unsigned = { ...content, sequence: before.sequence + 1, previousHash: before.hash };
  const proof = keys.proofOf(unsigned);
  const proven = proof === undefined ? unsigned : { ...unsigned, proof };
  const text = hashedText(proven);
  return { record: { ...proven, hash: textHash(text) }, text };
}

/** What a record's hash is over: the canonical JSON of everything in it but the hash. */
export function hashedText(record: Omit<AuditRecord, "hash"> & { readonly hash?: string }): string {
  const { hash: _, ...rest } = record;
  return canonicalJson(asJson(rest));
}

/** Whether the record has the hash it was sealed with. */
export function isSealed(record: AuditRecord): boolean {
  return record.hash === textHash(hashedText(record));
}

/**
 * Checks that records follow from `start` without a gap, each from the one before and each as it was sealed.
 * A cut-off end can only be noticed by comparing the head with one that was noted earlier. A long chain may be
 * checked page by page: pass the head of one page as the `start` of the next.
 */
export function verifyChain(records: readonly AuditRecord[], start: ChainHead = CHAIN_START): ChainCheck {
  let head = start;
  for (const record of records) {
    const why = brokenLink(record, head, records[0]);
    if (why !== undefined) return { kind: "broken", sequence: head.sequence + 1, why };
    head = { sequence: record.sequence, hash: record.hash };
  }
  return { kind: "intact", head };
}

function brokenLink(
  record: AuditRecord,
  head: ChainHead,
  first: AuditRecord | undefined,
): BrokenLink | undefined {
  if (record.sequence !== head.sequence + 1) return "missing";
  if (record.previousHash !== head.hash) return "unlinked";
  if (!isSealed(record)) return "edited";
  if (record.tenantId !== first?.tenantId) return "other-tenant";
  return undefined;
}

/** SHA-256 of the text, in hex. */
export function textHash(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
