import { describeGroups } from "../../../impact/describe-groups.js";
import { type GroupId, groupId, type Person, type PersonId } from "../../../person.js";
import type { NamedGroups } from "../../../policy/group.js";
import { parsePolicy } from "../../../policy/parse-policy.js";
import { ALL_USERS, type Policy } from "../../../policy/policy.js";
import type { Ports, Rules } from "../../../ports.js";
import type { Inventory, RegisteredPasskey } from "../../../scan/inventory.js";
import { findScan } from "../../find-scan.js";
import { type FoundPeople, findPeople } from "./find-people.js";
import { type JudgedPasskey, judge } from "./judged-passkey.js";
import { type LateChange, readLateChanges } from "./late-changes.js";
import { type OwnTargets, ownTargets, type PersonsRules, rulesOnceLetIn } from "./obstacles.js";
import { nameOwnGroups, type OwnGroup } from "./own-groups.js";

/** Whether passkeys are for a person, by today's policy. */
export type Coverage =
  /** Targets the person is in: object ids of groups, or all users. */
  | { readonly kind: "covered"; readonly by: readonly string[] }
  | { readonly kind: "excluded"; readonly by: readonly string[] }
  | { readonly kind: "outside" };

/** What one person registered, and what today's policy makes of it. */
export interface PersonReport extends NamedGroups {
  readonly kind: "person";
  readonly person: Person;
  readonly policy: Policy;
  readonly coverage: Coverage;
  /** Sets of rules that are theirs, or would be, were passkeys on and they not excluded. */
  readonly rules: readonly PersonsRules[];
  /** A guest registers no passkey under any policy. */
  readonly isGuest: boolean;
  /** By the latest scan; absent before the first one, and where the scan could not read this person. */
  readonly passkeys?: readonly JudgedPasskey[];
  readonly inventory?: Inventory;
  /** What changed the policy and mattered to this person, newest first. */
  readonly lately: readonly LateChange[];
  /** Where the policy is not for the person: groups of theirs that could be added. */
  readonly ownGroups: readonly OwnGroup[];
}

/** What it takes to report on a person. */
export type ReportPorts = Pick<
  Ports,
  "tenant" | "directory" | "scans" | "catalogue" | "log" | "plans" | "watch" | "clock"
>;

/** A person by name, or the one who asks. @throws Fault when policy or directory cannot be read */
export async function reportPerson(
  ports: ReportPorts,
  rules: Pick<Rules, "tenantId">,
  asked: { readonly typed: string } | { readonly self: Person },
): Promise<PersonReport | Exclude<FoundPeople, { kind: "one" }>> {
  const inventory = await findScan(ports, rules);
  const found: FoundPeople =
    "self" in asked
      ? { kind: "one", person: asked.self }
      : await findPeople(ports, rules, inventory, asked.typed);
  if (found.kind !== "one") return found;
  const { person } = found;
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const [groups, isMember, strengths] = await Promise.all([
    ports.directory.groupsOf(person.id),
    ports.directory.isMember(person.id),
    ports.tenant.readStrengths(),
  ]);
  const isIn = isTargetOf(person.id, groups);
  const targets = ownTargets(policy, isIn);
  const own = rulesOnceLetIn(policy, person.id, targets);
  const measure = { policy, targets, rules: own, strengths: strengths ?? [] };
  const registered = inventory && (await passkeysIn(ports, rules, inventory, person.id));
  const coverage = coverageOf(targets);
  return {
    kind: "person",
    person,
    policy,
    coverage,
    rules: own,
    isGuest: !isMember,
    ...(await describeGroups(ports, { policies: [policy] })),
    ...(registered === undefined
      ? {}
      : { passkeys: registered.map((passkey) => judge(ports, passkey, measure)) }),
    ...(inventory === undefined ? {} : { inventory }),
    lately: await readLateChanges(ports, rules, { person: person.id, isIn, passkeys: registered ?? [] }),
    ownGroups: coverage.kind === "outside" ? await nameOwnGroups(ports, groups) : [],
  };
}

/** A target is all users, a group, or one person. */
function isTargetOf(person: PersonId, groups: ReadonlySet<GroupId>): (target: string) => boolean {
  return (target) => target === ALL_USERS || target === person || groups.has(groupId(target));
}

function coverageOf({ include, exclude }: OwnTargets): Coverage {
  if (exclude.length > 0) return { kind: "excluded", by: exclude };
  return include.length > 0 ? { kind: "covered", by: include } : { kind: "outside" };
}

/** undefined: the scan could not read this person. */
async function passkeysIn(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  { scanId }: Inventory,
  person: PersonId,
): Promise<readonly RegisteredPasskey[] | undefined> {
  const known = await scans.ofPerson(tenantId, scanId, person);
  if (known.kind === "unread") return undefined;
  return known.kind === "read" ? known.passkeys : [];
}
