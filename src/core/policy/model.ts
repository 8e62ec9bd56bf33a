import type { Aaguid } from "./policy.js";

/** A status in the FIDO metadata that people should know of before they rely on the model. */
export interface ModelWarning {
  /** As the FIDO Alliance writes it: `REVOKED`, `USER_VERIFICATION_BYPASS`, `ATTESTATION_KEY_COMPROMISE` ... */
  readonly status: string;
  /** Day (`YYYY-MM-DD`) it took effect, when the metadata says. */
  readonly since?: string;
  /** The firmware from which on it holds, when the metadata tells firmwares apart: "5.4.2". */
  readonly version?: string;
}

/** The name of a model nothing is known of. */
export const UNKNOWN_MODEL = "Unknown model";

/** What is known of an authenticator model. */
export interface Model {
  readonly aaguid: Aaguid;
  /** Never empty: {@link UNKNOWN_MODEL} when nothing is known. */
  readonly name: string;
  readonly vendor?: string;
  readonly kind: "security-key" | "platform" | "synced-provider" | "unknown";
  /** The firmware it came with, where models of one name differ by that: "5.2 and 5.4". */
  readonly firmware?: string;
  /** Highest certification in the FIDO metadata, in words: "FIDO Certified L1". */
  readonly certification?: string;
  readonly warnings: readonly ModelWarning[];
  /** Who says so. `graph`: Graph's own `model` text of a registered passkey. `nobody`: unknown. */
  readonly source: "microsoft" | "fido" | "packaged" | "graph" | "nobody";
}

/** A model that a search found. `same`: what was typed is its name, but for case and punctuation. */
export interface ModelMatch {
  readonly model: Model;
  readonly match: "same" | "close";
  /** What was typed is what it and its siblings are called together. */
  readonly family?: true;
}

/** A model seen in the tenant, for searches: Graph may name what no catalogue knows. */
export interface SeenModel {
  readonly aaguid: Aaguid;
  readonly hint?: string;
}
