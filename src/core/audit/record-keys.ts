import { createHmac } from "node:crypto";
import { canonicalJson, type JsonObject } from "../json.js";
import { Redacted } from "../redacted.js";
import type { AuditRecord } from "./record.js";

/** A key that is kept outside the store, in hex; every record from that number on is made with it. */
export class RecordKey extends Redacted {
  readonly from: number;
  constructor(from: number, hex: string) {
    super(hex);
    this.from = from;
  }
}

/**
 * Why a record does not prove itself. `unproven`: it should have been made with a key, and was not. `forged`: not with
 * the key of its number. `no-key`: with a key that is not here.
 */
export type ProofProblem = "unproven" | "forged" | "no-key";

/** The keys of an installation, by the first record that was made with each. Records before the first have none. */
export class RecordKeys {
  readonly #keys: readonly RecordKey[];
  constructor(keys: readonly RecordKey[] = []) {
    this.#keys = [...keys].sort((a, b) => b.from - a.from);
  }

  get areThere(): boolean {
    return this.#keys.length > 0;
  }

  /** The proof of a record, over everything in it but the proof itself and the hash. undefined: none is due. */
  proofOf(record: Omit<AuditRecord, "hash">): string | undefined {
    const key = this.#keys.find(({ from }) => from <= record.sequence);
    if (key === undefined) return undefined;
    const { hash: _hash, proof: _proof, ...proven } = record as AuditRecord;
    const text = canonicalJson(proven as unknown as JsonObject);
    return createHmac("sha256", Buffer.from(key.reveal(), "hex")).update(text, "utf8").digest("hex");
  }

  /** Why the record does not prove itself. undefined: it does, or need not. */
  whyNot(record: AuditRecord): ProofProblem | undefined {
    const due = this.proofOf(record);
    if (due === record.proof) return undefined;
    if (due === undefined) return "no-key";
    return record.proof === undefined ? "unproven" : "forged";
  }
}
