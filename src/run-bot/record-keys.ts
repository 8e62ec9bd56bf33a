import type { Config } from "../config.js";
import { RecordKey, RecordKeys } from "../core/audit/record-keys.js";

/** The keys of the record as the core knows them. */
export function recordKeys(keys: Config["recordKeys"]): RecordKeys {
  return new RecordKeys(keys.map(({ from, key }) => new RecordKey(from, key.reveal())));
}
