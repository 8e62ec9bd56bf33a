import type { Drift } from "../../drift/drift.js";
import { describeGroups } from "../../impact/describe-groups.js";
import { listedModels, nameModels } from "../../impact/names.js";
import { readMemberships } from "../../impact/read-memberships.js";
import { groupId, type Instant } from "../../person.js";
import type { Plan, PlanSummary } from "../../plan/plan.js";
import type { NamedGroups } from "../../policy/group.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import type { OwnScanPause } from "../../scan/own-scan.js";
import type { Stage } from "../../stores/stage-store.js";
import { findScan } from "../find-scan.js";
import { pendingPlans } from "../report.js";
import { reportStages, type StageReport } from "../rollout/stage-report.js";
import { type Adoption, readAdoption, scopeOf } from "./adoption.js";
import { type Doorstep, doorstepOf, readRefusals } from "./blocked.js";

/** How the rollout stands at this moment. */
export interface Status extends NamedGroups {
  readonly policy: Policy;
  readonly modelNames: Readonly<Record<string, string>>;
  readonly readAt: Instant;
  /** Plans that wait for a decision or an outcome, oldest first. */
  readonly waiting: readonly Plan[];
  /** The one that is open. */
  readonly drift?: Drift;
  /** The newest plan that changed the policy; absent: none of the last ones did. */
  readonly lastChange?: PlanSummary;
  /** The latest scan, and how many have a passkey by it; absent before the first one. */
  readonly scanned?: { readonly inventory: Inventory; readonly adoption: Adoption };
  readonly scanRunning: boolean;
  /** Why the scan that Latchkey makes by itself waits; absent: it does not. */
  readonly ownScanPause?: OwnScanPause;
  /** People who were refused a passkey lately, as far as the audit log has it. */
  readonly doorstep: Doorstep;
  /** The stages that were written down, else the groups that passkeys are for. */
  readonly rollout: StageReport;
}

/** Among so many of the last plans one that was applied is looked for. */
const PLANS_LOOKED_AT = 50;

/** @throws Fault when the policy or a group of it cannot be read */
export async function readStatus(ports: Ports, rules: Rules): Promise<Status> {
  // Neither waits for the other: a large group takes a page after the other, and the log its seconds.
  const [{ policy, memberships }, refusals] = await Promise.all([readScope(ports), readRefusals(ports)]);
  const inventory = await findScan(ports, rules);
  const drift = await ports.watch.openDrift(rules.tenantId);
  const ownScanPause = await ports.ownScans.pause(rules.tenantId);
  const doorstep = doorstepOf(ports, refusals, policy, memberships);
  const lastChange = await findLastChange(ports, rules);
  const groups = await describeGroups(ports, { policies: [policy], memberships });
  const written = (await ports.stages.find(rules.tenantId)) ?? { stages: stagesIn(policy, groups) };
  const waiting = await pendingPlans(ports, rules);
  const isBeingWritten = waiting.some(({ state }) => state.kind !== "waiting");
  const baseline = isBeingWritten ? undefined : await ports.watch.baseline(rules.tenantId);
  const recorded = baseline && parsePolicy(baseline.policy);
  return {
    policy,
    modelNames: nameModels(ports, new Map(listedModels(policy).map((aaguid) => [aaguid, undefined]))),
    ...groups,
    rollout: await reportStages(ports, rules, written, { policy, recorded, inventory, memberships }),
    readAt: ports.clock.now().toISOString(),
    waiting,
    ...(drift === undefined ? {} : { drift }),
    ...(lastChange === undefined ? {} : { lastChange }),
    ...(ownScanPause === undefined ? {} : { ownScanPause }),
    doorstep,
    ...(inventory === undefined
      ? {}
      : {
          scanned: {
            inventory,
            adoption: await readAdoption(ports, rules, inventory, scopeOf(policy, memberships)),
          },
        }),
    scanRunning: (await ports.scans.running(rules.tenantId)) !== undefined,
  };
}

/** The policy and who is in its groups. @throws Fault */
async function readScope(ports: Pick<Ports, "tenant" | "directory">) {
  const policy = parsePolicy(await ports.tenant.readPolicy());
  return { policy, memberships: await readMemberships(ports, [policy]) };
}

/** Whom passkeys are for, target by target. */
function stagesIn({ include }: Policy, { groupNames }: NamedGroups): readonly Stage[] {
  return include.map(
    ({ id }): Stage =>
      id === ALL_USERS
        ? { kind: "everyone" }
        : { kind: "group", group: { id: groupId(id), name: groupNames[id] ?? id } },
  );
}

async function findLastChange(
  ports: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<PlanSummary | undefined> {
  const plans = await ports.plans.latest(tenantId, PLANS_LOOKED_AT);
  const applied = plans.filter(({ state }) => state.kind === "applied");
  return applied.sort((a, b) => Date.parse(appliedAt(b)) - Date.parse(appliedAt(a)))[0];
}

const appliedAt = ({ state, createdAt }: PlanSummary): Instant =>
  state.kind === "applied" ? state.at : createdAt;
