import { parseXml, type XmlElement } from "@rgrove/parse-xml";
import type { EnumType, Metadata, Property, StructuredType } from "./metadata.js";
import { itemTypeOf } from "./metadata.js";
import { ROOTS_IN_USE, TYPES_IN_USE } from "./types-in-use.js";

/** Graph's metadata (CSDL 4.0, XML), reduced to the types in use. @throws Error when one of them is not in it */
export function extractMetadata(csdl: string): Metadata {
  const schema = schemaIn(csdl);
  const structured = named(schema, "EntityType", "ComplexType");
  const types = fromNames(TYPES_IN_USE, (name) => readType(found(structured, name)));
  const used = new Set(
    Object.values(types)
      .flatMap(({ properties }) => Object.values(properties))
      .map(({ type }) => itemTypeOf(type)),
  );
  const enums = named(schema, "EnumType");
  const container = found(named(schema, "EntityContainer"), "GraphService");
  const roots = named(container, "EntitySet", "Singleton");
  return {
    roots: fromNames(ROOTS_IN_USE, (name) => rootType(found(roots, name))),
    types,
    enums: fromNames([...used].filter((name) => enums.has(name)).toSorted(), (name) =>
      readEnum(found(enums, name)),
    ),
  };
}

function schemaIn(csdl: string): XmlElement {
  const schema = descendants(parseXml(csdl).root).find(
    ({ name, attributes }) => name === "Schema" && attributes.Namespace === "microsoft.graph",
  );
  if (schema === undefined)
    throw new Error("this is no metadata of Microsoft Graph: it has no schema microsoft.graph");
  return schema;
}

function descendants(element: XmlElement | null): readonly XmlElement[] {
  if (element === null) return [];
  // Whatever is below a schema is not looked for.
  return element.name === "Schema" ? [element] : [element, ...elements(element).flatMap(descendants)];
}

function elements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.type === "element");
}

function named(parent: XmlElement, ...kinds: readonly string[]): ReadonlyMap<string, XmlElement> {
  const children = elements(parent).filter(({ name }) => kinds.includes(name));
  return new Map(children.map((child) => [child.attributes.Name ?? "", child]));
}

function found(elementsByName: ReadonlyMap<string, XmlElement>, name: string): XmlElement {
  const element = elementsByName.get(name);
  if (element === undefined) throw new Error(`the metadata has no ${name}`);
  return element;
}

function fromNames<T>(names: readonly string[], read: (name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

function rootType({ name, attributes }: XmlElement): string {
  return name === "EntitySet"
    ? `Collection(${shortName(attributes.EntityType ?? "")})`
    : shortName(attributes.Type ?? "");
}

/** Graph's own types by the schema's namespace or its alias. */
function shortName(type: string): string {
  return type.replace(/(microsoft\.graph|graph)\.(?=[\w]+\)?$)/, "");
}

function readType(element: XmlElement): StructuredType {
  const { BaseType: base, Abstract: abstract, OpenType: open } = element.attributes;
  return {
    kind: element.name === "EntityType" ? "entity" : "complex",
    ...(base === undefined ? {} : { base: shortName(base) }),
    ...(abstract === "true" ? { abstract: true } : {}),
    ...(open === "true" ? { open: true } : {}),
    ...alternateKeys(element),
    properties: Object.fromEntries(
      [...named(element, "Property")].map(([name, one]) => [name, readProperty(one)]),
    ),
    navigation: Object.fromEntries(
      [...named(element, "NavigationProperty")]
        .map(([name, { attributes }]): [string, string] => [name, shortName(attributes.Type ?? "")])
        .filter(([, type]) => (TYPES_IN_USE as readonly string[]).includes(itemTypeOf(type))),
    ),
  };
}

/** Keys of one property only: of those of several none is in use. */
function alternateKeys(element: XmlElement): Pick<StructuredType, "alternateKeys"> {
  const annotation = elements(element).find(
    ({ attributes }) => attributes.Term === "Org.OData.Core.V1.AlternateKeys",
  );
  const keys = [...within(annotation, "Record")].filter(
    ({ attributes }) => attributes.Type === "Org.OData.Core.V1.AlternateKey",
  );
  const names = keys.map((key) =>
    within(key, "PropertyValue").flatMap(({ attributes: { Property, PropertyPath } }) =>
      Property === "Name" && PropertyPath !== undefined ? [PropertyPath] : [],
    ),
  );
  const alone = names.filter(({ length }) => length === 1).flat();
  return alone.length === 0 ? {} : { alternateKeys: alone };
}

/** Everything of this name, however deep. */
function within(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  if (element === undefined) return [];
  return elements(element).flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...within(child, name),
  ]);
}

/** In CSDL's XML form what says nothing is nullable. */
function readProperty({ attributes }: XmlElement): Property {
  return { type: shortName(attributes.Type ?? ""), nullable: attributes.Nullable !== "false" };
}

function readEnum(element: XmlElement): EnumType {
  return {
    ...(element.attributes.IsFlags === "true" ? { flags: true } : {}),
    members: [...named(element, "Member").keys()],
  };
}
