import type { PolicyChange } from "../policy/change.js";
import type { PasskeyType, Policy } from "../policy/policy.js";

/** What becomes of the rules, in the few words that a title has room for. */
export type RuleEffect = {
  /** Name of the profile, in a tenant with profiles. */
  readonly profile?: string;
  /** No target has the profile, so the rules are for no person. */
  readonly reachesNobody?: true;
} & (
  | { readonly rule: "list-starts"; readonly models: number }
  | { readonly rule: "list-turned-round"; readonly mode: "allow" | "block"; readonly models: number }
  | { readonly rule: "list-ends" }
  | {
      readonly rule: "list-changes";
      readonly mode: "allow" | "block";
      readonly added: number;
      readonly removed: number;
    }
  | { readonly rule: "attestation"; readonly enforced: boolean }
  | { readonly rule: "types"; readonly types: readonly PasskeyType[] }
  | { readonly rule: "self-service"; readonly allowed: boolean }
);

/** The changes of rules; whom they are for is told apart from them. */
export function ruleEffects(changes: readonly PolicyChange[], after: Policy): readonly RuleEffect[] {
  return changes.flatMap((change) => {
    const profile = "profile" in change ? change.profile : undefined;
    const isReached = after.include.some(({ profiles }) => profile && profiles.includes(profile.id));
    const about =
      profile === undefined
        ? {}
        : { profile: profile.name, ...(isReached ? {} : { reachesNobody: true as const }) };
    return ruleOf(change).map((rule) => ({ ...about, ...rule }));
  });
}

function ruleOf(change: PolicyChange): readonly RuleEffect[] {
  switch (change.setting) {
    case "restriction":
      return [restrictionEffect(change)];
    case "attestation":
      return [{ rule: "attestation", enforced: change.after }];
    case "types":
      return [{ rule: "types", types: change.after }];
    case "self-service":
      return [{ rule: "self-service", allowed: change.after }];
    default:
      return [];
  }
}

function restrictionEffect({
  before,
  after,
  added,
  removed,
}: Extract<PolicyChange, { setting: "restriction" }>): RuleEffect {
  if (after.mode === "any") return { rule: "list-ends" };
  const { mode } = after;
  if (before.mode === mode)
    return { rule: "list-changes", mode, added: added.length, removed: removed.length };
  const models = after.aaguids.length;
  return before.mode === "any" && mode === "allow"
    ? { rule: "list-starts", models }
    : { rule: "list-turned-round", mode, models };
}
