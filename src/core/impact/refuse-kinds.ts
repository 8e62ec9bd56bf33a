import { type Refusal, refuse } from "../errors.js";
import type { PolicyChange } from "../policy/change.js";
import type { Intent } from "../policy/intent.js";
import type { Model } from "../policy/model.js";
import { AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS, type PasskeyType, type Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";

/**
 * Refuses to allow models in a profile that does not admit their kind of passkey: on its list they would look allowed,
 * and work for no person. A model whose kind is not known is not refused.
 */
export function refuseKinds(
  { catalogue }: Pick<Ports, "catalogue">,
  intent: Intent,
  after: Policy,
  changes: readonly PolicyChange[],
): Refusal | undefined {
  if (intent.kind !== "allow" || after.shape === "legacy") return undefined;
  for (const change of changes) {
    if (change.setting !== "restriction" || change.after.mode !== "allow") continue;
    const profile = after.profiles.find(({ id }) => id === change.profile?.id);
    if (profile === undefined) continue;
    const lacking = change.added
      .filter((aaguid) => intent.aaguids.includes(aaguid))
      .map((aaguid) => catalogue.model(aaguid))
      .filter((model) => isOther(typeOf(model), profile.types));
    const [first] = lacking;
    const type = first && typeOf(first);
    if (type === undefined) continue;
    const models = lacking.filter((model) => typeOf(model) === type);
    const others = after.profiles.filter(({ types }) => types.includes(type)).map(({ name }) => name);
    return refuse({ code: "kind-not-admitted", models, type, profile: profile.name, others });
  }
  return undefined;
}

const isOther = (type: PasskeyType | undefined, types: readonly PasskeyType[]): boolean =>
  type !== undefined && !types.includes(type);

/** Where the passkeys of a model live, as far as its kind tells. */
function typeOf({ aaguid, kind }: Model): PasskeyType | undefined {
  if (aaguid === AUTHENTICATOR_IOS || aaguid === AUTHENTICATOR_ANDROID) return "deviceBound";
  if (kind === "security-key") return "deviceBound";
  return kind === "synced-provider" ? "synced" : undefined;
}
