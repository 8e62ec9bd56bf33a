import { createHmac } from "node:crypto";
import { asJson, canonicalJson } from "../json.js";
import type { AuditRecord } from "./record.js";

/** A key that is kept outside the store; every record from that number on is made with it, until the next key's. */
export interface RecordKey {
  readonly from: number;
  /** In hex, and printed as no more than that there is one. */
  readonly key: { reveal(): string };
}

/**
 * Why a record does not prove itself. `unproven`: it should have been made with a key, and was not. `forged`: not with
 * the key of its number. `no-key`: with a key that is not here.
 */
export type ProofProblem = "unproven" | "forged" | "no-key";

/** A record, or one that has no hash or proof yet. */
type Unproven = Omit<AuditRecord, "hash"> & { readonly hash?: string };

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
  proofOf(record: Unproven): string | undefined {
    const due = this.#keys.find(({ from }) => from <= record.sequence);
    if (due === undefined) return undefined;
    const { hash: _hash, proof: _proof, ...proven }: Unproven = record;
    const text = canonicalJson(asJson(proven));
    return createHmac("sha256", Buffer.from(due.key.reveal(), "hex")).update(text, "utf8").digest("hex");
  }

  /** Why the record does not prove itself. undefined: it does, or need not. */
  whyNot(record: AuditRecord): ProofProblem | undefined {
    const due = this.proofOf(record);
    if (due === record.proof) return undefined;
    if (due === undefined) return "no-key";
    return record.proof === undefined ? "unproven" : "forged";
  }
}
