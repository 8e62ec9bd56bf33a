import { unreachable } from "../errors.js";
import { groupId, type Person } from "../person.js";
import type { Plan } from "../plan/plan.js";
import type { GroupRef } from "../policy/intent.js";
import type { Model } from "../policy/model.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { toAaguid } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import { findScan } from "../report/find-scan.js";
import { modelsInUse } from "../report/models-in-use.js";
import { findPeople } from "../report/standing/person/find-people.js";

/** What a history is about. */
export type Subject =
  | { readonly kind: "person"; readonly person: Person }
  | { readonly kind: "group"; readonly group: GroupRef }
  | { readonly kind: "model"; readonly models: readonly Model[]; readonly called: string }
  | { readonly kind: "profile"; readonly id: string; readonly name: string };

export type SubjectKind = Subject["kind"];

/** What was typed may be several groups or people: they are told apart by their ids. */
export interface SeveralSubjects {
  readonly kind: "several";
  readonly of: "group" | "person";
  readonly named: readonly { readonly id: string; readonly name: string }[];
}

type Looking = Pick<Ports, "tenant" | "directory" | "scans" | "catalogue">;

interface Asked {
  readonly typed: string;
  /** What sort of thing it is, where that was said. */
  readonly sort?: SubjectKind;
}

/**
 * What is called so: where it is not said what sort of thing it is, a profile, a group, a model and a person are looked for
 * in this order, by their whole name first. undefined: nothing is. @throws Fault
 */
export async function findSubject(
  ports: Looking,
  rules: Pick<Rules, "tenantId">,
  { typed, sort }: Asked,
): Promise<Subject | SeveralSubjects | undefined> {
  const looks: Readonly<Record<SubjectKind, () => Promise<Subject | SeveralSubjects | undefined>>> = {
    profile: () => profileCalled(ports, typed),
    group: () => groupCalled(ports, typed),
    model: () => modelCalled(ports, rules, typed),
    person: () => personCalled(ports, rules, typed),
  };
  if (sort !== undefined) return looks[sort]();
  for (const kind of ["profile", "group", "model", "person"] as const) {
    const found = await looks[kind]();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same by the name that a group or a profile had when a plan was about it: it may be deleted since. */
export function subjectOfPast({ proposal }: Plan, { typed, sort }: Asked): Subject | undefined {
  const named = Object.entries(proposal.groupNames).find(([, name]) => same(name, typed));
  if (named !== undefined && (sort ?? "group") === "group")
    return { kind: "group", group: { id: groupId(named[0]), name: named[1] } };
  const profiles = proposal.changes.flatMap((change) => ("profile" in change ? (change.profile ?? []) : []));
  const profile = profiles.find(({ name }) => same(name, typed));
  return profile !== undefined && (sort ?? "profile") === "profile"
    ? { kind: "profile", ...profile }
    : undefined;
}

const same = (one: string, other: string): boolean =>
  one.normalize("NFKC").trim().toLowerCase() === other.normalize("NFKC").trim().toLowerCase();

async function profileCalled({ tenant }: Looking, typed: string): Promise<Subject | undefined> {
  const policy = parsePolicy(await tenant.readPolicy());
  if (policy.shape === "legacy") return undefined;
  const found = policy.profiles.find(({ id, name }) => same(name, typed) || same(id, typed));
  return found && { kind: "profile", id: found.id, name: found.name };
}

async function groupCalled(
  { directory }: Looking,
  typed: string,
): Promise<Subject | SeveralSubjects | undefined> {
  const byId = toAaguid(typed) === undefined ? undefined : await directory.group(groupId(typed));
  if (byId !== undefined) return { kind: "group", group: byId };
  const named = await directory.groupsNamed(typed);
  const [only] = named;
  if (only === undefined) return undefined;
  return named.length === 1
    ? { kind: "group", group: only }
    : { kind: "several", of: "group", named: named.map(({ id, name }) => ({ id, name })) };
}

/** An AAGUID that no list has and no person uses is no model here: it may be a person's id. */
async function modelCalled(
  ports: Looking,
  rules: Pick<Rules, "tenantId">,
  typed: string,
): Promise<Subject | undefined> {
  const inventory = await findScan(ports, rules);
  const used = inventory?.models ?? [];
  const exact = ports.catalogue
    .search(typed, used)
    .filter(({ match }) => match === "same")
    .map(({ model }) => model)
    .filter(({ source, aaguid }) => source !== "nobody" || used.some((use) => use.aaguid === aaguid));
  const models = exact.length > 0 || inventory === undefined ? exact : modelsInUse(ports, inventory, typed);
  return models.length === 0 ? undefined : { kind: "model", models, called: typed };
}

async function personCalled(
  ports: Looking,
  rules: Pick<Rules, "tenantId">,
  typed: string,
): Promise<Subject | SeveralSubjects | undefined> {
  const found = await findPeople(ports, rules, await findScan(ports, rules), typed);
  switch (found.kind) {
    case "one":
      return { kind: "person", person: found.person };
    case "several":
      return { kind: "several", of: "person", named: found.people };
    case "none":
      return undefined;
    default:
      return unreachable(found);
  }
}
