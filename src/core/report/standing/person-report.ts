import { describeGroups } from "../../impact/describe-groups.js";
import { type GroupId, groupId, type Person, type PersonId } from "../../person.js";
import type { NamedGroups } from "../../policy/group.js";
import type { Model } from "../../policy/model.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { ALL_USERS, type PasskeyRules, type PasskeyType, type Policy } from "../../policy/policy.js";
import { groupsNamedIn, mayUse, rulesFor } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory, Keyholder, RegisteredPasskey } from "../../scan/inventory.js";
import { findScan } from "../find-scan.js";
import { type FoundPeople, findPeople } from "./find-people.js";

/** Whether passkeys are for a person, by today's policy. */
export type Coverage =
  /** Targets the person is in: object ids of groups, or all users. */
  | { readonly kind: "covered"; readonly by: readonly string[] }
  | { readonly kind: "excluded"; readonly by: readonly string[] }
  | { readonly kind: "outside" };

/** Why a passkey cannot be used. `model-or-kind`: no set of rules that is the person's lets this model and kind in. */
export type WhyNot = "off" | "excluded" | "outside" | "model-or-kind";

/** One passkey of a person, and what today's policy makes of it. */
export interface JudgedPasskey extends RegisteredPasskey {
  readonly known: Model;
  /** `depends`: Graph did not say its kind, and only one kind may be used. */
  readonly usable: "yes" | "no" | "depends";
  readonly why?: WhyNot;
}

/** What one person registered, and what today's policy makes of it. */
export interface PersonReport extends NamedGroups {
  readonly kind: "person";
  readonly person: Person;
  readonly policy: Policy;
  readonly coverage: Coverage;
  /** Sets of rules that are theirs; empty: they may use none. */
  readonly rules: readonly (PasskeyRules & { readonly name?: string })[];
  /** By the latest scan; absent before the first one, and where the scan could not read this person. */
  readonly passkeys?: readonly JudgedPasskey[];
  readonly inventory?: Inventory;
}

/** A person by name, or the one who asks. @throws Fault when policy or directory cannot be read */
export async function reportPerson(
  ports: Pick<Ports, "tenant" | "directory" | "scans" | "catalogue" | "log">,
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
  const groups = await ports.directory.groupsOf(person.id);
  const own = rulesFor(policy, person.id, membershipsOf(policy, person.id, groups));
  const coverage = coverageOf(policy, person.id, groups);
  const registered = inventory && (await passkeysIn(ports, rules, inventory, person.id));
  return {
    kind: "person",
    person,
    policy,
    coverage,
    rules: own,
    ...(await describeGroups(ports, { policies: [policy] })),
    ...(registered === undefined
      ? {}
      : { passkeys: registered.map((passkey) => judge(ports, passkey, policy, coverage, own)) }),
    ...(inventory === undefined ? {} : { inventory }),
  };
}

function membershipsOf(policy: Policy, person: PersonId, groups: ReadonlySet<GroupId>) {
  const isIn = (id: string) => groups.has(groupId(id));
  return new Map(groupsNamedIn(policy).map((id) => [id, new Set(isIn(id) ? [person] : [])]));
}

function coverageOf(policy: Policy, person: PersonId, groups: ReadonlySet<GroupId>): Coverage {
  const isIn = (id: string) => id === ALL_USERS || id === person || groups.has(groupId(id));
  const excluded = policy.exclude.filter(isIn);
  if (excluded.length > 0) return { kind: "excluded", by: excluded };
  const by = policy.include.map(({ id }) => id).filter(isIn);
  return by.length > 0 ? { kind: "covered", by } : { kind: "outside" };
}

/** undefined: the scan could not read this person. */
async function passkeysIn(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: Inventory,
  person: PersonId,
): Promise<readonly RegisteredPasskey[] | undefined> {
  for await (const page of scans.keyholders(tenantId, inventory.scanId)) {
    const keyholder: Keyholder | undefined = page.find(({ id }) => id === person);
    if (keyholder !== undefined) return keyholder.passkeys;
  }
  if (inventory.unreadCount === 0) return [];
  const unread = await scans.unread(tenantId, inventory.scanId, inventory.unreadCount);
  return unread.some(({ id }) => id === person) ? undefined : [];
}

const EITHER: readonly PasskeyType[] = ["deviceBound", "synced"];

function judge(
  { catalogue }: Pick<Ports, "catalogue">,
  passkey: RegisteredPasskey,
  policy: Policy,
  coverage: Coverage,
  rules: readonly PasskeyRules[],
): JudgedPasskey {
  const known = catalogue.model(passkey.aaguid, passkey.model);
  if (policy.state === "disabled") return { ...passkey, known, usable: "no", why: "off" };
  if (coverage.kind !== "covered") return { ...passkey, known, usable: "no", why: coverage.kind };
  const types = passkey.type === undefined ? EITHER : [passkey.type];
  const permitted = types.map((type) => mayUse(rules, passkey.aaguid, type));
  if (!permitted.includes(true)) return { ...passkey, known, usable: "no", why: "model-or-kind" };
  return { ...passkey, known, usable: permitted.includes(false) ? "depends" : "yes" };
}
