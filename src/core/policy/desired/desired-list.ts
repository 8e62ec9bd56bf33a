import { type Refusal, refuse } from "../../errors.js";
import type { Json } from "../../json.js";
import type { ListIntent } from "../intent.js";
import {
  type KeyRestrictions,
  readKeyRestrictions,
  withoutModels,
  writeKeyRestrictions,
} from "../key-restrictions.js";
import { distinct } from "../parse-policy.js";
import { type Aaguid, NO_AAGUID } from "../policy.js";

/** What is to become of a list, and what has to be known for it. */
export interface ListEdit {
  readonly intent: ListIntent;
  /** Models of the passkeys people have registered. */
  readonly inUse: readonly Aaguid[];
  /** Name of the profile whose list it is; absent in the legacy shape. */
  readonly profile?: string;
}

/**
 * The key restrictions after `allow`, `remove` or `allow keys in use`; as they came when nothing has to change.
 * Refuses where no list is enforced, to put the all-zero AAGUID on a list, and to empty an allow list.
 */
export function desiredList(today: Json, edit: ListEdit): { readonly keyRestrictions: Json } | Refusal {
  const now = readKeyRestrictions(today);
  const verb = edit.intent.kind === "remove" ? "remove" : "allow";
  const about = edit.profile === undefined ? {} : { profile: edit.profile };
  if (!now.isEnforced) return refuse({ code: "not-restricted", verb, ...about });

  const models = modelsOf(edit);
  // A list of what may be used grows by "allow", a list of what may not by "remove".
  const grows = (verb === "allow") === (now.enforcementType === "allow");
  if (grows && models.includes(NO_AAGUID)) return refuse({ code: "no-model-aaguid", verb });

  const aaGuids = grows ? withModels(now, models) : withoutModels(now.aaGuids, models);
  if (aaGuids.length === now.aaGuids.length) return { keyRestrictions: today };
  if (aaGuids.length === 0 && now.enforcementType === "allow") {
    return refuse({ code: "list-would-be-empty", ...about });
  }
  return { keyRestrictions: writeKeyRestrictions(today, { ...now, aaGuids }) };
}

function modelsOf({ intent, inUse }: ListEdit): readonly Aaguid[] {
  return intent.kind === "allow-in-use" ? inUse.filter((aaguid) => aaguid !== NO_AAGUID) : intent.aaguids;
}

function withModels(now: KeyRestrictions, models: readonly Aaguid[]): readonly string[] {
  const present = distinct(now.aaGuids);
  return [...now.aaGuids, ...distinct(models).filter((aaguid) => !present.includes(aaguid))];
}
