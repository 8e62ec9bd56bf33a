import { membersOf } from "../../impact/read-memberships.js";
import type { PersonId } from "../../person.js";
import { nextStage, type Reach, reachOf } from "../../plan/stages/reach.js";
import type { Policy } from "../../policy/policy.js";
import type { Memberships } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import type { RolloutStages, Stage } from "../../stores/stage-store.js";
import { scopeOf, sizeOf, withoutGuests } from "../standing/adoption.js";

/** One stage, how far it is, and how many of its people have a passkey. */
export interface StageStanding {
  readonly stage: Stage;
  readonly reach: Reach;
  /** What it was by what was applied or accepted last, where the policy says otherwise: it was changed elsewhere. */
  readonly recorded?: Reach;
  /** The first that is not reached. */
  readonly isNext: boolean;
  /** People it is for, without guests and those who are excluded; absent: everybody, and the tenant's accounts were not counted. */
  readonly people?: number;
  /** Of them, those with a passkey by the scan; absent before the first one. */
  readonly withPasskey?: number;
}

/** The stages as they stand. */
export interface StageReport {
  /** Absent: no person wrote them down, and the groups that passkeys are for are shown instead. */
  readonly written?: Pick<RolloutStages, "by" | "at">;
  readonly stages: readonly StageStanding[];
}

interface Material {
  readonly policy: Policy;
  /** As it was applied or accepted last; undefined: not known, or a plan is being applied at this moment. */
  readonly recorded: Policy | undefined;
  readonly inventory: Inventory | undefined;
  /** Members of groups that were read already. */
  readonly memberships: Memberships;
}

/** How each stage stands by the newest scan, which is read once for all of them. @throws Fault when a group cannot be read */
export async function reportStages(
  ports: Pick<Ports, "scans" | "directory">,
  { tenantId }: Pick<Rules, "tenantId">,
  { stages, by, at }: Pick<RolloutStages, "stages"> & Partial<RolloutStages>,
  { policy, recorded, inventory, memberships }: Material,
): Promise<StageReport> {
  const people = await Promise.all(
    stages.map(async (stage) =>
      stage.kind === "everyone"
        ? undefined
        : (memberships.get(stage.group.id) ?? (await membersOf(ports, stage.group.id))),
    ),
  );
  const excluded = new Set(policy.exclude.flatMap((id) => [...(memberships.get(id) ?? [])]));
  const isIn = (at: number, person: PersonId) =>
    !excluded.has(person) && (people[at] === undefined || people[at].has(person));
  const counts = stages.map(() => 0);
  if (inventory !== undefined) {
    for await (const page of ports.scans.keyholders(tenantId, inventory.scanId)) {
      for (const { id, passkeys } of page) {
        if (passkeys.length === 0) continue;
        for (const [at, count] of counts.entries()) if (isIn(at, id)) counts[at] = count + 1;
      }
    }
  }
  const next = nextStage(policy, stages);
  return {
    ...(by === undefined || at === undefined ? {} : { written: { by, at } }),
    stages: stages.map((stage, place) => {
      const members = people[place];
      const { people: size } =
        members === undefined
          ? sizeOf({ ...scopeOf(policy, memberships), everybody: true }, inventory ?? {})
          : withoutGuests(new Set([...members].filter((person) => !excluded.has(person))), members.guests);
      const reach = reachOf(policy, stage);
      const before = recorded && reachOf(recorded, stage);
      return {
        stage,
        reach,
        ...(before === undefined || before === reach ? {} : { recorded: before }),
        isNext: stage === next,
        ...(size === undefined ? {} : { people: size }),
        ...(inventory === undefined ? {} : { withPasskey: counts[place] ?? 0 }),
      };
    }),
  };
}
