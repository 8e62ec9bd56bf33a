import { ownMember } from "../own-member.js";
import type { NamedGroups } from "../policy/group.js";
import { groupsOf, type Intent } from "../policy/intent.js";
import { ALL_USERS, type Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import { countIfPossible } from "./describe-groups.js";
import { findLookAlikes, type LookedFor } from "./look-alikes/find-look-alikes.js";
import type { PlanWarning } from "./warnings.js";

interface Change {
  readonly before: Policy;
  readonly after: Policy;
  readonly intent: Intent;
}

/**
 * What an approver is warned of about the groups that a change is about, and those groups with the ones that look
 * like them: what the plan leaves as it is was decided before. Nothing here fails; what cannot be read is said.
 */
export async function warnOfGroups(
  ports: Pick<Ports, "directory" | "log">,
  change: Change,
  { groupNames, groupFacts = {} }: NamedGroups,
): Promise<{ readonly warnings: readonly PlanWarning[]; readonly groups: NamedGroups }> {
  const ids = groupsInQuestion(change);
  const nameOf = (id: string) => ownMember(groupNames, id);
  const named = ids.flatMap((id) => {
    const name = nameOf(id);
    return name === undefined ? [] : [{ id, name }];
  });
  const looked = await findLookAlikes(ports, named);
  const others = looked.found.flatMap(({ groups }) => groups).filter(({ id }) => nameOf(id) === undefined);
  const counts = await Promise.all(
    others.map(async ({ id }) => [id, await countIfPossible(ports, id)] as const),
  );
  const facts = counts.map(([id, people]) => [id, people === undefined ? {} : { people }] as const);
  return {
    warnings: [
      ...ids.flatMap((id) => ofKind(id, change.after, ownMember(groupFacts, id)?.notSecurity)),
      ...ofLooks(looked),
    ],
    groups: {
      groupNames: { ...Object.fromEntries(others.map(({ id, name }) => [id, name])), ...groupNames },
      groupFacts: { ...Object.fromEntries(facts), ...groupFacts },
    },
  };
}

/** Groups that are asked for, come, go, or get other profiles. */
function groupsInQuestion({ before, after, intent }: Change): readonly string[] {
  const changed = [...targetsOf(before), ...targetsOf(after)].filter(
    ([id, as]) => id !== ALL_USERS && !(targetsOf(before).get(id) === as && targetsOf(after).get(id) === as),
  );
  return [...new Set([...groupsOf(intent).map(({ id }): string => id), ...changed.map(([id]) => id)])];
}

/** Group -> what the policy says of it, to be compared. */
function targetsOf({ include, exclude }: Policy): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const { id, profiles } of include) said.set(id, `in ${[...profiles].sort().join(" ")}`);
  for (const id of exclude) said.set(id, `${said.get(id) ?? ""} out`);
  return said;
}

function ofKind(
  group: string,
  { include, exclude }: Policy,
  is: "microsoft-365" | "distribution" | undefined,
): readonly PlanWarning[] {
  const isTarget = include.some(({ id }) => id === group) || exclude.includes(group);
  return is === undefined || !isTarget ? [] : [{ kind: "group-not-security", group, is }];
}

function ofLooks({ found, lookedAt }: LookedFor): readonly PlanWarning[] {
  return [
    ...found.map(({ of, groups, more }): PlanWarning => {
      const others = groups.map(({ id }): string => id);
      return { kind: "group-looks-alike", group: of, others, more };
    }),
    ...(lookedAt === undefined ? [] : [{ kind: "look-alikes-not-looked-for", lookedAt } as const]),
  ];
}
