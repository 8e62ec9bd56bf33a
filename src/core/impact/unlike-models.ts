import type { PolicyChange } from "../policy/change.js";
import type { Model } from "../policy/model.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  type PasskeyProfile,
  type PasskeyType,
  type Policy,
  type ProfilesPolicy,
} from "../policy/policy.js";
import type { Ports } from "../ports.js";
import type { ModelInUse } from "../scan/inventory.js";

/** Models whose passkeys a profile does not admit: on its list they would look allowed, and work for no person. */
export interface UnlikeModels {
  readonly profile: PasskeyProfile;
  /** The kind of passkey they make. */
  readonly type: PasskeyType;
  /** At least one. */
  readonly models: readonly Model[];
  /** Profiles that do admit that kind, by name. */
  readonly others: readonly string[];
}

type Known = Pick<Ports, "catalogue">;

interface Asked {
  readonly policy: ProfilesPolicy;
  readonly profile: PasskeyProfile;
  readonly aaguids: readonly Aaguid[];
  /** Models of the passkeys people have registered. */
  readonly inUse: readonly ModelInUse[];
}

/** Such models among those that a change puts on an allow list. */
export function unlikeOnLists(
  ports: Known,
  after: Policy,
  changes: readonly PolicyChange[],
  inUse: readonly ModelInUse[],
): UnlikeModels | undefined {
  if (after.shape === "legacy") return undefined;
  for (const change of changes) {
    if (change.setting !== "restriction" || change.after.mode !== "allow") continue;
    const profile = after.profiles.find(({ id }) => id === change.profile?.id);
    const aaguids = change.added;
    const unlike = profile && unlikeModels(ports, { policy: after, profile, aaguids, inUse });
    if (unlike !== undefined) return unlike;
  }
  return undefined;
}

/**
 * Those of the models that a profile does not admit. What people have registered says more than the catalogue: a model
 * is not among them while one of its passkeys is, or may be, of a kind that the profile admits; and where no source
 * knows its kind, its passkeys tell. A model whose kind is not known and that no person has is none of them.
 */
export function unlikeModels(
  { catalogue }: Known,
  { policy, profile, aaguids, inUse }: Asked,
): UnlikeModels | undefined {
  const type = onlyOther(profile.types);
  if (type === undefined) return undefined;
  const models = aaguids.flatMap((aaguid) => {
    const use = inUse.find((each) => each.aaguid === aaguid);
    const model = catalogue.model(aaguid, use?.hint);
    return (typeOf(model) ?? typeInUse(use)) === type && !mayBeOther(type, use) ? [model] : [];
  });
  const others = policy.profiles.filter(({ types }) => types.includes(type)).map(({ name }) => name);
  return models.length === 0 ? undefined : { profile, type, models, others };
}

/** The kind that is not admitted where the other one is. */
function onlyOther(types: readonly PasskeyType[]): PasskeyType | undefined {
  const [admitted, ...more] = types;
  if (admitted === undefined || more.length > 0) return undefined;
  return admitted === "synced" ? "deviceBound" : "synced";
}

/** Whether some registered passkey of the model is of the other kind, or Graph did not say. */
function mayBeOther(type: PasskeyType, use: ModelInUse | undefined): boolean {
  if (use === undefined) return false;
  const { deviceBound, synced, unsaid } = use.types;
  return unsaid + (type === "synced" ? deviceBound : synced) > 0;
}

/** The kind that all registered passkeys of the model are of. */
function typeInUse(use: ModelInUse | undefined): PasskeyType | undefined {
  if (use === undefined || use.types.unsaid > 0) return undefined;
  const found = (["deviceBound", "synced"] as const).filter((type) => use.types[type] > 0);
  return found.length === 1 ? found[0] : undefined;
}

/** Where the passkeys of a model live, as far as its kind tells. */
function typeOf({ aaguid, kind }: Model): PasskeyType | undefined {
  if (aaguid === AUTHENTICATOR_IOS || aaguid === AUTHENTICATOR_ANDROID) return "deviceBound";
  if (kind === "security-key") return "deviceBound";
  return kind === "synced-provider" ? "synced" : undefined;
}
