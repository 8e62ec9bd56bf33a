import type { PasskeyType } from "../../policy/policy.js";

/** A profile that is asked for, as it was written: models are still names. */
export interface NewProfile {
  readonly name: string;
  /** Left out: not said. */
  readonly types?: readonly PasskeyType[];
  readonly attestation?: boolean;
  readonly list?: { readonly mode: "allow" | "block"; readonly models: readonly string[] };
}
