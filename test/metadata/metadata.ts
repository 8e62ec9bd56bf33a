/**
 * What Microsoft's published metadata of Graph v1.0 says about the types in use. Names of Graph's own types stand without
 * their namespace; a collection is written as in CSDL, `Collection(group)`.
 */
export interface Metadata {
  /** Where a path may begin. */
  readonly roots: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, StructuredType>>;
  readonly enums: Readonly<Record<string, EnumType>>;
}

export interface StructuredType {
  readonly kind: "entity" | "complex";
  readonly base?: string;
  /** No thing is of this type and of none derived from it. */
  readonly abstract?: true;
  /** It may hold properties that are not declared. */
  readonly open?: true;
  readonly properties: Readonly<Record<string, Property>>;
  /** Properties each of which names one thing as well as its id does. */
  readonly alternateKeys?: readonly string[];
  /** Only those whose target is among the types in use. */
  readonly navigation: Readonly<Record<string, string>>;
}

export interface Property {
  readonly type: string;
  /** Of a collection: whether an item may be null. */
  readonly nullable: boolean;
}

export interface EnumType {
  /** Several members may stand together, parted by commas. */
  readonly flags?: true;
  readonly members: readonly string[];
}

/** The member that stands for those that Graph keeps from a client that did not say it can bear them. */
export const SENTINEL = "unknownFutureValue";

export const namespace = "microsoft.graph.";

export function itemTypeOf(type: string): string {
  return /^Collection\((.*)\)$/.exec(type)?.[1] ?? type;
}

export function isCollection(type: string): boolean {
  return type.startsWith("Collection(");
}

/** A property of the type or of what it derives from. */
export function propertyOf({ types }: Metadata, type: string, name: string): Property | undefined {
  const known = types[type];
  if (known === undefined) return undefined;
  const own = Object.hasOwn(known.properties, name) ? known.properties[name] : undefined;
  return own ?? (known.base === undefined ? undefined : propertyOf({ types } as Metadata, known.base, name));
}

/** The type behind a navigation property of the type or of what it derives from. */
export function navigationOf({ types }: Metadata, type: string, name: string): string | undefined {
  const known = types[type];
  if (known === undefined) return undefined;
  const own = Object.hasOwn(known.navigation, name) ? known.navigation[name] : undefined;
  return (
    own ?? (known.base === undefined ? undefined : navigationOf({ types } as Metadata, known.base, name))
  );
}

/** Whether a thing of the type may stand where one of `base` is expected. */
export function derivesFrom({ types }: Metadata, type: string, base: string): boolean {
  for (let at: string | undefined = type; at !== undefined; at = types[at]?.base) {
    if (at === base) return true;
  }
  return false;
}
