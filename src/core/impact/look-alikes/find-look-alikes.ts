import { Fault } from "../../errors.js";
import type { GroupRef } from "../../policy/intent.js";
import type { GroupListing, Ports } from "../../ports.js";
import { skeletonsOf } from "./skeleton.js";

/** Of one group; more are counted. */
const KEPT = 5;

/** Groups of the tenant that a person may take for one of a plan's. */
export interface LookAlikes {
  readonly of: string;
  readonly groups: readonly GroupRef[];
  /** How many more there are. */
  readonly more: number;
}

export interface LookedFor {
  readonly found: readonly LookAlikes[];
  /** How many groups of the tenant were looked at; absent when that was all of them. */
  readonly lookedAt?: number;
}

/**
 * Other groups whose names look like those of these, whichever of the two is the real one. Who may make a group can
 * give it any name, so this is looked for among all groups, as far as these can be read.
 */
export async function findLookAlikes(
  ports: Pick<Ports, "directory" | "log">,
  groups: readonly { readonly id: string; readonly name: string }[],
): Promise<LookedFor> {
  if (groups.length === 0) return { found: [] };
  const { groups: all, isComplete } = await listIfPossible(ports);
  const bySkeleton = new Map<string, GroupRef[]>();
  for (const group of all) {
    for (const key of keysOf(group.name)) bySkeleton.set(key, [...(bySkeleton.get(key) ?? []), group]);
  }
  const found = groups.map(({ id, name }): LookAlikes => {
    const alike = new Set(keysOf(name).flatMap((key) => bySkeleton.get(key) ?? []));
    const others = [...alike].filter((other) => other.id !== id);
    return { of: id, groups: others.slice(0, KEPT), more: Math.max(0, others.length - KEPT) };
  });
  return {
    found: found.filter(({ groups: others }) => others.length > 0),
    ...(isComplete ? {} : { lookedAt: all.length }),
  };
}

/** Names are compared as written, in small letters and in capitals, each with its own kind. */
function keysOf(name: string): readonly string[] {
  return skeletonsOf(name).map((skeleton, at) => `${at} ${skeleton}`);
}

async function listIfPossible({ directory, log }: Pick<Ports, "directory" | "log">): Promise<GroupListing> {
  try {
    return await directory.allGroups();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("look-alikes-not-looked-for", { code: error.code });
    return { groups: [], isComplete: false };
  }
}
