import {
  derivesFrom,
  isCollection,
  itemTypeOf,
  type Metadata,
  namespace,
  navigationOf,
  propertyOf,
} from "./metadata.js";

/** What a path leads to. */
export interface Resource {
  readonly type: string;
  readonly is: "one" | "collection" | "count";
  /** It was reached through a cast to a derived type. */
  readonly isCast: boolean;
}

const KEY_IN_PARENTHESES = /^([^()]+)\('([^']+)'\)$/;
const ALTERNATE_KEY = /^\((\w+)='[^']+'\)$/;

/** The resource behind a path below the version, or why there is none. */
export function judgePath(metadata: Metadata, path: string): Resource | string {
  const segments = path
    .split("/")
    .filter((segment) => segment !== "")
    .flatMap(withKey);
  const [root = "", ...rest] = segments;
  const type = Object.hasOwn(metadata.roots, root) ? metadata.roots[root] : undefined;
  if (type === undefined) return `no path begins with '${root}'`;
  let at: Resource = { type: itemTypeOf(type), is: isCollection(type) ? "collection" : "one", isCast: false };
  for (const segment of rest) {
    const next = step(metadata, at, segment);
    if (typeof next === "string") return next;
    at = next;
  }
  return at;
}

/** `users('7')` is `users/7`; another key than the id goes with its name, `directoryRoles/(roleTemplateId='7')`. */
function withKey(segment: string): readonly string[] {
  const [, collection, byName] = /^([^()]+)(\(\w+='.*)$/.exec(segment) ?? [];
  if (collection !== undefined && byName !== undefined) return [collection, byName].map(decodeURIComponent);
  const [, name, key] = KEY_IN_PARENTHESES.exec(segment) ?? [];
  return (name === undefined || key === undefined ? [segment] : [name, key]).map(decodeURIComponent);
}

function step(metadata: Metadata, at: Resource, segment: string): Resource | string {
  if (at.is === "count") return `nothing follows $count, so not '${segment}'`;
  if (segment === "$count")
    return at.is === "collection" ? { ...at, is: "count" } : `one ${at.type} has no $count`;
  if (segment.startsWith(namespace)) return cast(metadata, at, segment.slice(namespace.length));
  if (at.is === "collection")
    return segment.startsWith("(") ? byKey(metadata, at, segment) : { ...at, is: "one" };
  const type = navigationOf(metadata, at.type, segment) ?? propertyOf(metadata, at.type, segment)?.type;
  if (type === undefined) return `${at.type} has no '${segment}'`;
  if (!(itemTypeOf(type) in metadata.types))
    return `'${segment}' of ${at.type} leads out of the types in use`;
  return { type: itemTypeOf(type), is: isCollection(type) ? "collection" : "one", isCast: false };
}

function byKey({ types }: Metadata, at: Resource, segment: string): Resource | string {
  const [, name = segment] = ALTERNATE_KEY.exec(segment) ?? [];
  const isKey = types[at.type]?.alternateKeys?.includes(name) === true;
  return isKey ? { ...at, is: "one" } : `'${name}' is no key of ${at.type}`;
}

function cast(metadata: Metadata, at: Resource, type: string): Resource | string {
  if (!(type in metadata.types)) return `there is no type '${type}' to cast to`;
  if (!derivesFrom(metadata, type, at.type)) return `${type} is no ${at.type}, so there is no cast to it`;
  return { ...at, type, isCast: true };
}
