import type { PolicyChange } from "../../policy/change.js";
import {
  type Aaguid,
  AUTHENTICATOR_ANDROID,
  AUTHENTICATOR_IOS,
  type PasskeyRules,
  type Policy,
} from "../../policy/policy.js";
import type { AuthenticationStrength } from "./authentication-strength.js";

/** What a change does elsewhere in Entra, or lets in that its words do not say. */
export type SideEffect =
  /** Microsoft's own registration campaign passes over people under such an allow list. */
  | { readonly kind: "campaign-passes-over" }
  /** Strengths whose own lists of models do not follow the change, by name; absent: they could not be read. */
  | { readonly kind: "strengths-list-models"; readonly strengths?: readonly string[] }
  /** Passkeys are turned on without attestation, and synced ones with them. */
  | { readonly kind: "synced-admitted-at-once" };

const ICLOUD_KEYCHAIN = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd" as Aaguid;
const GOOGLE_PASSWORD_MANAGER = "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4" as Aaguid;
const WINDOWS = [
  "08987058-cadc-4b81-b6e1-30de50dcbe96" as Aaguid,
  "9ddd1817-af5a-4672-a2b9-3e3dd95000a9" as Aaguid,
  "6028b017-b1d4-4c02-b4b3-afcdafc96bb2" as Aaguid,
];
/**
 * The Microsoft-managed campaign asks people under an allow list only if that has one of these; block lists it ignores.
 * https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-registration-campaign
 */
const CAMPAIGN_MODELS: readonly Aaguid[] = [
  ICLOUD_KEYCHAIN,
  GOOGLE_PASSWORD_MANAGER,
  AUTHENTICATOR_IOS,
  AUTHENTICATOR_ANDROID,
  ...WINDOWS,
];
/** Synced passkeys that an allow list lets in by name. */
const SYNCED_MODELS: readonly Aaguid[] = [ICLOUD_KEYCHAIN, GOOGLE_PASSWORD_MANAGER];

interface Change {
  readonly before: Policy;
  readonly after: Policy;
  readonly changes: readonly PolicyChange[];
}

/** Side effects that the policies alone tell; while passkeys are off, there are none. */
export function findSideEffects({ before, after }: Omit<Change, "changes">): readonly SideEffect[] {
  if (after.state !== "enabled") return [];
  const was = before.state === "enabled" ? reachingRules(before) : [];
  const passesOver = reachingRules(after).some(
    (rules) => leavesCampaign(rules) && !was.some((old) => old.id === rules.id && leavesCampaign(old)),
  );
  const admitsSynced = before.state === "disabled" && reachingRules(after).some(letsSyncedIn);
  return [
    ...(passesOver ? [{ kind: "campaign-passes-over" } as const] : []),
    ...(admitsSynced ? [{ kind: "synced-admitted-at-once" } as const] : []),
  ];
}

/** Whether the change touches lists of models: then strengths with lists of their own may have to follow. */
export function changesLists({ after, changes }: Omit<Change, "before">): boolean {
  return after.state === "enabled" && changes.some(({ setting }) => setting === "restriction");
}

/**
 * Strengths that do not follow: they lack a model that is let in, or keep one that is taken off.
 * @param strengths undefined: they could not be read, and none is named
 */
export function strengthsBeside(
  { after, changes }: Omit<Change, "before">,
  strengths: readonly AuthenticationStrength[] | undefined,
): readonly SideEffect[] {
  if (!changesLists({ after, changes })) return [];
  if (strengths === undefined) return [{ kind: "strengths-list-models" }];
  const behind = strengths.filter(({ aaguids }) =>
    changes.some((change) => change.setting === "restriction" && isBehind(aaguids, change)),
  );
  return behind.length === 0
    ? []
    : [{ kind: "strengths-list-models", strengths: behind.map(({ name }) => name) }];
}

function isBehind(
  own: readonly Aaguid[],
  { after, added, removed }: Extract<PolicyChange, { setting: "restriction" }>,
): boolean {
  // Without an allow list every model works that is not blocked, and the strength takes its own only.
  if (after.mode !== "allow") return true;
  return added.some((aaguid) => !own.includes(aaguid)) || removed.some((aaguid) => own.includes(aaguid));
}

/** Rules that people are held to, each with what it is known by. */
function reachingRules(policy: Policy): readonly (PasskeyRules & { readonly id: string })[] {
  if (policy.shape === "legacy") return policy.include.length === 0 ? [] : [{ ...policy, id: "" }];
  return policy.profiles.filter(({ id }) => policy.include.some(({ profiles }) => profiles.includes(id)));
}

function leavesCampaign({ restriction }: PasskeyRules): boolean {
  return (
    restriction.mode === "allow" && !restriction.aaguids.some((aaguid) => CAMPAIGN_MODELS.includes(aaguid))
  );
}

function letsSyncedIn({ attestationEnforced, types, restriction }: PasskeyRules): boolean {
  if (attestationEnforced || !types.includes("synced")) return false;
  return restriction.mode !== "allow" || restriction.aaguids.some((aaguid) => SYNCED_MODELS.includes(aaguid));
}
