import type { Refusal } from "../../errors.js";
import { describeGroups } from "../../impact/describe-groups.js";
import type { GroupId, Instant } from "../../person.js";
import { resolveGroups } from "../../plan/named/resolve-groups.js";
import type { NamedGroups } from "../../policy/group.js";
import type { GroupRef } from "../../policy/intent.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { Policy } from "../../policy/policy.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { findScan, NO_SCAN, type NoScan } from "../find-scan.js";
import { type Course, courseOf, dayOf, firstDayOfCourse } from "./course.js";
import type { Figures } from "./figures.js";
import { measureAdoption } from "./measure-adoption.js";

/** How far the rollout is, by the latest scan, and how it went. */
export interface AdoptionReport extends NamedGroups {
  readonly kind: "adoption";
  readonly policy: Policy;
  /** The group that was asked about; absent: all whom the policy is for. */
  readonly group?: GroupRef & {
    /** Of its people, those whom the policy is for. */
    readonly inScope: number;
  };
  /** Whom `figures.people` counts: those in groups, or accounts that are enabled. */
  readonly of: "groups" | "accounts";
  readonly figures: Figures;
  /** People with a passkey whom the policy is not for; 0 of a group. */
  readonly outside: number;
  /** Each group that the policy names, in its order; none of a group that was asked about. */
  readonly byGroup: ReadonlyMap<GroupId, Figures>;
  readonly course: Course;
  readonly inventory: Inventory;
  readonly readAt: Instant;
  readonly scanRunning: boolean;
}

export type AdoptionPorts = Pick<
  Ports,
  "scans" | "tenant" | "directory" | "passkeys" | "catalogue" | "clock" | "log" | "graphWaits" | "adoption"
>;

/** @param typed a group by name or object id; left out: all whom the policy is for @throws Fault when policy or groups cannot be read */
export async function reportAdoption(
  ports: AdoptionPorts,
  rules: Pick<Rules, "tenantId">,
  typed?: string,
): Promise<AdoptionReport | Refusal | NoScan> {
  const inventory = await findScan(ports, rules);
  if (inventory === undefined) return NO_SCAN;
  const named = typed === undefined ? [] : await resolveGroups(ports, [typed], inventory.models);
  if ("kind" in named) return named;
  const [group] = named;
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const measured = await measureAdoption(ports, rules, {
    policy,
    inventory,
    ...(group === undefined ? {} : { group }),
  });
  const { of, whole, outside, byGroup, asked, memberships } = measured;
  const now = ports.clock.now();
  const samples = await ports.adoption.since(rules.tenantId, firstDayOfCourse(now));
  const common = {
    kind: "adoption",
    policy,
    ...(await describeGroups(ports, { policies: [policy], memberships })),
    inventory,
    readAt: now.toISOString(),
    scanRunning: (await ports.scans.running(rules.tenantId)) !== undefined,
  } as const;
  if (group === undefined || asked === undefined) {
    const course = courseOf(samples, dayOf(now), ({ whole: figures }) => figures);
    return { ...common, of, figures: whole, outside, byGroup, course };
  }
  const { inScope, ...figures } = asked;
  const course = courseOf(samples, dayOf(now), ({ byGroup: each }) => each[group.id]);
  return {
    ...common,
    group: { ...group, inScope },
    of: "groups",
    figures,
    outside: 0,
    byGroup: new Map(),
    course,
  };
}
