import type { JsonObject } from "../json.js";
import type { PolicyChange } from "../policy/change.js";
import type { NamedGroups } from "../policy/group.js";
import type { Overlap } from "../policy/revert/overlaps.js";
import type { ModelUse } from "./impact.js";

/** What differs between two policies, with the names that make it readable. */
export interface Difference extends NamedGroups {
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly changes: readonly PolicyChange[];
  /** What a plan takes back although it was changed again since; absent where there is nothing of the kind. */
  readonly overlaps?: readonly Overlap[];
  readonly usage: readonly ModelUse[];
  /** AAGUID -> model name, for every model the card may mention. */
  readonly modelNames: Readonly<Record<string, string>>;
  /** AAGUID -> statuses the FIDO metadata warns with, as written there, joined by a comma; models without one are left out. */
  readonly modelWarnings?: Readonly<Record<string, string>>;
}
