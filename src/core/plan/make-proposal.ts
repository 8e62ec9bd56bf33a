import { createHash } from "node:crypto";
import { type Refusal, refuse } from "../errors.js";
import { admittedPolicy } from "../impact/admitted-policy.js";
import { assessImpact } from "../impact/assess-impact.js";
import { describeGroups } from "../impact/describe-groups.js";
import { effectOf } from "../impact/effect.js";
import { changesLists, strengthsBeside } from "../impact/elsewhere/side-effects.js";
import { protectedPeople, refuseEmergencyLoss } from "../impact/emergency-accounts.js";
import { warnOfGroups } from "../impact/group-warnings.js";
import { listedModels, nameModels, warnOfModels } from "../impact/names.js";
import { profileMembers } from "../impact/profile-members.js";
import { readMemberships } from "../impact/read-memberships.js";
import { findWarnings, type PlanWarning, warnOfLeftOut } from "../impact/warnings.js";
import { findWeakenings, type Weakening } from "../impact/weakenings.js";
import type { JsonObject } from "../json.js";
import type { Person } from "../person.js";
import { policyBytes, policyFingerprint } from "../policy/comparable-policy.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import { demandNothingHidden } from "../policy/hidden-values.js";
import type { Intent, RevertIntent, UndoneIntent } from "../policy/intent.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Aaguid, Policy } from "../policy/policy.js";
import { POLICY_LIMIT_BYTES, PROFILE_LIMIT } from "../policy/policy-limits.js";
import { overlapsOf } from "../policy/revert/overlaps.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory, Keyholder } from "../scan/inventory.js";
import type { Proposal } from "./plan.js";

interface Material {
  readonly intent: Intent;
  /** The policy as Graph sent it just now. */
  readonly policy: JsonObject;
  readonly inventory: Inventory;
  /** Everybody with a passkey by that scan, page by page. */
  readonly people: () => AsyncIterable<readonly Keyholder[]>;
  /** Authentication strengths that list models of their own, being read; undefined: they cannot be. */
  readonly strengths?: ReturnType<Ports["tenant"]["readStrengths"]>;
  /** What is weaker than it was besides the policy. */
  readonly weakenings?: readonly Weakening[];
}

/**
 * An intent on today's policy: before, after, diff and impact, or why it cannot be proposed.
 * @throws Fault when the policy or the membership of a group it names cannot be read
 */
export async function makeProposal(
  ports: Pick<Ports, "directory" | "catalogue" | "passkeys" | "clock" | "log">,
  rules: Rules,
  material: Material,
): Promise<Proposal | Refusal> {
  const { intent, inventory } = material;
  const before = parsePolicy(material.policy);
  demandNothingHidden(before.raw);
  const admitted = admittedPolicy(ports, before, intent, inventory.models);
  if ("kind" in admitted) return withGroupNames(ports, before, admitted);
  const { after, changes, leftOut } = admitted;
  if (changes.length === 0) return refuseAsItIs(ports, before, intent);
  // What is taken back may come from a record of a policy that was read when less was told.
  demandNothingHidden(after.raw);
  const overlaps =
    intent.kind === "revert" ? overlapsOf(before.raw, after.raw, knownAgain(intent, before)) : [];

  const bytes = policyBytes(after.raw);
  if (bytes >= POLICY_LIMIT_BYTES)
    return refuse({ code: "policy-too-large", bytes, limit: POLICY_LIMIT_BYTES });
  if (after.shape === "profiles" && after.profiles.length > PROFILE_LIMIT) {
    return refuse({ code: "too-many-profiles", count: after.profiles.length, limit: PROFILE_LIMIT });
  }

  const guarded = await protectedPeople(ports, rules, { before, after });
  if ("kind" in guarded) return guarded;
  const emergencyAccounts = guarded.map(({ id }) => id);
  const memberships = await readMemberships(ports, [before, after]);
  const people = material.people();
  const impact = await assessImpact({ before, after, memberships, emergencyAccounts, inventory, people });
  const emergency = [...impact.losing, ...impact.keepingAnother].filter((person) => person.emergency);
  if (emergency.length > 0)
    return refuse({ code: "emergency-account-cut-off", people: emergency.map(toPerson) });
  const danger = await refuseEmergencyLoss(ports, guarded, { before, after });
  if (danger) return danger;

  // What was changed again since may concern models and groups that are in neither policy any more.
  const mentioned = [before, after, ...(intent.kind === "revert" ? [parsePolicy(intent.from)] : [])];
  const aside = leftOut?.models.map(({ aaguid }) => aaguid) ?? [];
  const hints = modelsToName(mentioned, [...aaguidsOf(intent), ...aside], inventory);
  const usage = inventory.models.map(({ aaguid, people: count }) => ({ aaguid, people: count }));
  const modelWarnings = warnOfModels(ports, hints);
  const members = profileMembers(before, after, memberships);
  const weakenings = [...findWeakenings(before, after), ...(material.weakenings ?? [])];
  const described = await describeGroups(ports, { policies: mentioned, intent, memberships });
  const ofGroups = await warnOfGroups(ports, { before, after, intent }, described);
  return {
    before: before.raw,
    after: after.raw,
    fingerprint: planFingerprint(before.raw, impact.narrows ? inventory : undefined),
    changes,
    ...(overlaps.length === 0 ? {} : { overlaps }),
    impact,
    effect: effectOf({ before, after, changes, memberships, impact }),
    ...(members.length === 0 ? {} : { profileMembers: members }),
    ...(weakenings.length === 0 ? {} : { weakenings }),
    warnings: [
      ...warnOfLeftOut(leftOut),
      ...ofGroups.warnings,
      ...findWarnings({ before, after, changes, impact, usage, modelWarnings, bytes }),
      ...(await warnOfStrengths(material, { after, changes })),
    ],
    usage,
    bytes,
    modelNames: nameModels(ports, hints),
    modelWarnings,
    ...ofGroups.groups,
  };
}

/** The groups that have a profile which is to go are named. @throws Fault when a group cannot be read */
async function withGroupNames(
  ports: Pick<Ports, "directory" | "log">,
  policy: Policy,
  refusal: Refusal,
): Promise<Refusal> {
  if (refusal.code !== "profile-assigned") return refusal;
  return { ...refusal, groups: await describeGroups(ports, { policies: [policy] }) };
}

/** A profile that was made since has the id that Graph gave it. */
function knownAgain(intent: RevertIntent, today: Policy): RevertIntent {
  return { ...intent, from: withGivenIds({ before: intent.to, after: intent.from }, today.raw) };
}

/** Waited for only where the change is about lists of models. */
async function warnOfStrengths(
  { strengths }: Material,
  change: Parameters<typeof strengthsBeside>[0],
): Promise<readonly PlanWarning[]> {
  if (strengths === undefined || !changesLists(change)) return [];
  return strengthsBeside(change, await strengths);
}

/** The policy is as it is asked for. @throws Fault when a group that it names cannot be read */
async function refuseAsItIs(
  ports: Pick<Ports, "directory" | "log">,
  policy: Policy,
  intent: Intent,
): Promise<Refusal> {
  if (intent.kind === "revert") return refuse({ code: "nothing-to-change", of: intent.of });
  if (intent.kind !== "enable" && intent.kind !== "disable") return refuse({ code: "nothing-to-change" });
  const groups = await describeGroups(ports, { policies: [policy] });
  return refuse({ code: "nothing-to-change", now: { policy, groups } });
}

/**
 * What has to be unchanged when the plan is applied: the policy, and for a plan that narrows the tenant's latest scan.
 * @param scan the scan, where it counts
 */
export function planFingerprint(
  policy: JsonObject,
  scan: Pick<Inventory, "scanId" | "finishedAt"> | undefined,
): string {
  const scanned = scan === undefined ? "" : `${scan.scanId} ${scan.finishedAt}`;
  return createHash("sha256")
    .update(`${policyFingerprint(policy)} ${scanned}`)
    .digest("hex");
}

/**
 * Every model a card may mention, with Graph's own words for it where a scan saw it.
 * @param others those that no list has: what was asked for is in the title all the same
 */
function modelsToName(
  policies: readonly Policy[],
  others: readonly Aaguid[],
  inventory: Inventory,
): ReadonlyMap<Aaguid, string | undefined> {
  return new Map([
    ...[...policies.flatMap(listedModels), ...others].map((aaguid) => [aaguid, undefined] as const),
    ...inventory.models.map(({ aaguid, hint }) => [aaguid, hint] as const),
  ]);
}

function aaguidsOf(intent: UndoneIntent): readonly Aaguid[] {
  if (intent.kind === "revert") return intent.of.kind === "plan" ? aaguidsOf(intent.of.undone) : [];
  return "aaguids" in intent ? intent.aaguids : [];
}

function toPerson(account: Person): Person {
  return { id: account.id, name: account.name };
}
