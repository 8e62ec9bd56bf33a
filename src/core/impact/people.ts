import type { PersonId } from "../person.js";

/** So many people, or all of the tenant's but some. */
export type Count = number | "all-others";

/** A set of people: these, or all of the tenant's but these. The tenant is never listed to count them. */
export interface People {
  readonly all: boolean;
  readonly ids: ReadonlySet<PersonId>;
}

/** Those of `a` that are not in `b`. */
export function without(a: People, b: People): People {
  return both(a, { all: !b.all, ids: b.ids });
}

/** Those that are in both. */
export function both(a: People, b: People): People {
  if (a.all && b.all) return { all: true, ids: new Set([...a.ids, ...b.ids]) };
  if (a.all) return both(b, a);
  return { all: false, ids: new Set([...a.ids].filter((id) => b.ids.has(id) !== b.all)) };
}

/** How many they are. */
export function count({ all, ids }: People): Count {
  return all ? "all-others" : ids.size;
}
