import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import {
  derivesFrom,
  type EnumType,
  isCollection,
  itemTypeOf,
  type Metadata,
  namespace,
  navigationOf,
  type Property,
  propertyOf,
  SENTINEL,
} from "./metadata.js";

/** From which side, and under which promises, a value came. */
export interface Terms {
  readonly metadata: Metadata;
  readonly side: "request" | "answer";
  /** The request asked for members of enumerations that were added later; then none is hidden. */
  readonly bearsUnknownMembers: boolean;
  /** Names that a tenant of a later Graph has, which a test made up. */
  readonly isOfLaterGraph: (name: string) => boolean;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/;

const PRIMITIVES: Readonly<Record<string, (value: Json) => boolean>> = {
  "Edm.String": (value) => typeof value === "string",
  "Edm.Boolean": (value) => typeof value === "boolean",
  "Edm.Guid": (value) => typeof value === "string" && GUID.test(value),
  "Edm.Int32": (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  "Edm.DateTimeOffset": (value) =>
    typeof value === "string" && INSTANT.test(value) && !Number.isNaN(Date.parse(value)),
};

/** What is wrong with a value where one of this type is expected. */
function judgeValue(
  terms: Terms,
  { type, nullable }: Property,
  value: Json,
  where: string,
): readonly string[] {
  if (isCollection(type)) {
    if (!Array.isArray(value)) return [`${where} is no list`];
    const item = { type: itemTypeOf(type), nullable };
    return value.flatMap((each, at) => judgeValue(terms, item, each, `${where}[${at}]`));
  }
  if (value === null) return nullable ? [] : [`${where} is null, and may not be`];
  const isPrimitive = PRIMITIVES[type];
  if (isPrimitive !== undefined) {
    return isPrimitive(value) ? [] : [`${where} is no ${type}: ${JSON.stringify(value)}`];
  }
  const words = terms.metadata.enums[type];
  if (words !== undefined) return judgeWord(terms, words, value, `${where}`, type);
  if (!(type in terms.metadata.types)) return [`${where} is a ${type}, which is not among the types in use`];
  if (!isJsonObject(value)) return [`${where} is no ${type}`];
  return judgeObject(terms, type, value, { where, isWhole: true });
}

function judgeWord(
  terms: Terms,
  { flags, members }: EnumType,
  value: Json,
  where: string,
  type: string,
): readonly string[] {
  if (typeof value !== "string") return [`${where} is no word of ${type}: ${JSON.stringify(value)}`];
  const words = flags ? value.split(",") : [value];
  if (new Set(words).size < words.length) return [`${where} says a word twice: '${value}'`];
  const isHidden = words.includes(SENTINEL);
  if (isHidden && terms.side === "request") return [`${where} sends ${SENTINEL}`];
  if (isHidden && terms.bearsUnknownMembers) return [`${where} hides a member, though it was asked for`];
  const strange = words.filter((word) => !members.includes(word) && !terms.isOfLaterGraph(word));
  return strange.map((word) => `${where} says '${word}', which is no word of ${type}`);
}

export interface ObjectTerms {
  /** Empty: the whole body. */
  readonly where: string;
  /** What is never null has to be there. */
  readonly isWhole: boolean;
}

/** What is wrong with an object where one of this type, or of one derived from it, is expected. */
export function judgeObject(
  terms: Terms,
  declared: string,
  value: JsonObject,
  { where, isWhole }: ObjectTerms,
): readonly string[] {
  const type = typeOf(terms, declared, value["@odata.type"]);
  const at = (name: string) => (where === "" ? name : `${where}.${name}`);
  if (type.wrong !== undefined) return [`${at("@odata.type")} ${type.wrong}`];
  const members = Object.entries(value).flatMap(([name, member]) =>
    name.includes("@")
      ? judgeAnnotation(terms, type.name, name, member, { at: at(name), isTop: where === "" })
      : judgeMember(terms, type.name, name, member, at(name)),
  );
  const missing = isWhole ? needed(terms, type.name).filter((name) => !Object.hasOwn(value, name)) : [];
  return [...members, ...missing.map((name) => `${at(name)} is missing, and may not be null`)];
}

/** The type a value says it has, where it says one. */
function typeOf(
  { metadata }: Terms,
  declared: string,
  said: Json | undefined,
): { readonly name: string; readonly wrong?: string } {
  if (said === undefined) {
    const isAbstract = metadata.types[declared]?.abstract === true;
    return isAbstract
      ? { name: declared, wrong: `is missing, and there is no mere ${declared}` }
      : { name: declared };
  }
  const name =
    typeof said === "string" && said.startsWith(`#${namespace}`) ? said.slice(namespace.length + 1) : "";
  if (!(name in metadata.types))
    return { name: declared, wrong: `names no type in use: ${JSON.stringify(said)}` };
  if (!derivesFrom(metadata, name, declared))
    return { name: declared, wrong: `names ${name}, which is no ${declared}` };
  return { name };
}

function judgeMember(
  terms: Terms,
  type: string,
  name: string,
  value: Json,
  where: string,
): readonly string[] {
  const property = propertyOf(terms.metadata, type, name);
  if (property !== undefined) return judgeValue(terms, property, value, where);
  const navigation = navigationOf(terms.metadata, type, name);
  // A collection of things is empty, and never null.
  if (navigation !== undefined)
    return judgeValue(terms, { type: navigation, nullable: !isCollection(navigation) }, value, where);
  return terms.isOfLaterGraph(name) ? [] : [`${where} is no property of ${type}`];
}

/** What may never be null, but for the key: of what is new, Graph makes it. */
function needed({ metadata, side }: Terms, type: string): readonly string[] {
  const known = metadata.types[type];
  if (known === undefined) return [];
  const own = Object.entries(known.properties).filter(
    ([name, { type: one, nullable }]) =>
      !nullable && !isCollection(one) && (side === "answer" || known.kind === "complex" || name !== "id"),
  );
  return [
    ...own.map(([name]) => name),
    ...(known.base === undefined ? [] : needed({ metadata, side } as Terms, known.base)),
  ];
}

/** Annotations that Graph may add to a thing; those of a member stand behind its name. */
const OF_A_THING: ReadonlySet<string> = new Set([
  "@odata.type",
  "@odata.id",
  "@odata.etag",
  "@odata.editLink",
]);
const OF_A_MEMBER: ReadonlySet<string> = new Set([
  "odata.context",
  "odata.nextLink",
  "odata.count",
  "odata.type",
]);

function judgeAnnotation(
  terms: Terms,
  type: string,
  name: string,
  value: Json,
  { at, isTop }: { readonly at: string; readonly isTop: boolean },
): readonly string[] {
  if (terms.side === "request") return name === "@odata.type" ? [] : [`${at} is an annotation of an answer`];
  const [member = "", annotation = ""] = name.split("@");
  const isNumber = annotation === "odata.count";
  if (typeof value !== (isNumber ? "number" : "string"))
    return [`${at} is no ${isNumber ? "number" : "text"}`];
  if (member === "") {
    const isKnown = OF_A_THING.has(name) || (isTop && name === "@odata.context");
    return isKnown ? [] : [`${at} is no annotation of a thing`];
  }
  const isThere = propertyOf(terms.metadata, type, member) ?? navigationOf(terms.metadata, type, member);
  if (isThere === undefined) return [`${at} is about no member of ${type}`];
  return OF_A_MEMBER.has(annotation) ? [] : [`${at} is no annotation of a member`];
}
