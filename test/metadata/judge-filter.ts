import { filter as parseFilter } from "odata-v4-parser";
import {
  isCollection,
  itemTypeOf,
  type Metadata,
  navigationOf,
  type Property,
  propertyOf,
} from "./metadata.js";

/** What the grammar makes of a part of a filter; `raw` is that part of the text. */
interface Token {
  readonly type: string;
  readonly raw: string;
  readonly value: unknown;
}

const COMPARISONS: ReadonlySet<string> = new Set([
  "EqualsExpression",
  "NotEqualsExpression",
  "LesserThanExpression",
  "LesserOrEqualsExpression",
  "GreaterThanExpression",
  "GreaterOrEqualsExpression",
]);
/** Functions of two texts that are true or false. */
const OF_TEXTS: ReadonlySet<string> = new Set(["startswith", "endswith", "contains"]);

/** What names mean where a part of a filter stands: members of the type, and variables of `any` around it. */
interface Scope {
  readonly metadata: Metadata;
  readonly type: string;
  readonly variables: ReadonlyMap<string, Property>;
}

/** What is wrong with a filter, decoded, by OData's published grammar (ABNF) and over a collection of the type. */
export function judgeFilter(metadata: Metadata, type: string, filter: string): readonly string[] {
  let token: Token;
  try {
    token = parseFilter(filter);
  } catch (problem) {
    return [
      `'${filter}' is no filter of OData's grammar: ${problem instanceof Error ? problem.message : problem}`,
    ];
  }
  return judgeClause({ metadata, type, variables: new Map() }, token);
}

/** What is wrong with a part of a filter that is true or false. What is not known here is wrong. */
function judgeClause(scope: Scope, token: Token): readonly string[] {
  if (COMPARISONS.has(token.type)) return judgeComparison(scope, token);
  switch (token.type) {
    case "AndExpression":
    case "OrExpression":
      return sides(token).flatMap((side) => judgeClause(scope, side));
    case "NotExpression":
    case "BoolParenExpression":
    case "CommonExpression":
    case "LambdaPredicateExpression":
      return judgeClause(scope, token.value as Token);
    case "MethodCallExpression":
      return judgeCall(scope, token);
    case "FirstMemberExpression":
      return judgeTruth(scope, token);
    default:
      return [`'${token.raw}' is not among the parts of filters that are judged (${token.type})`];
  }
}

function sides(token: Token): readonly [Token, Token] {
  const { left, right } = token.value as { left: Token; right: Token };
  return [left, right];
}

/** A path that is true or false by itself, or `any` over a collection. */
function judgeTruth(scope: Scope, token: Token): readonly string[] {
  const lambda = lambdaIn(token);
  if (lambda === undefined) {
    const property = resolve(scope, token.raw);
    if (typeof property === "string") return [property];
    return property.type === "Edm.Boolean"
      ? []
      : [`'${token.raw}' is a ${property.type}, neither true nor false`];
  }
  const collection = resolve(scope, token.raw.slice(0, token.raw.indexOf(`/${lambda.raw}`)));
  if (typeof collection === "string") return [collection];
  if (!isCollection(collection.type)) return [`'${token.raw}' asks for any of what is no collection`];
  const { variable, predicate } = lambda.value as { variable: Token; predicate: Token };
  const item = { type: itemTypeOf(collection.type), nullable: collection.nullable };
  return judgeClause({ ...scope, variables: new Map([...scope.variables, [variable.raw, item]]) }, predicate);
}

function lambdaIn(token: unknown): Token | undefined {
  if (typeof token !== "object" || token === null) return undefined;
  if ("type" in token && (token.type === "AnyExpression" || token.type === "AllExpression"))
    return token as Token;
  return Object.values("value" in token ? { value: token.value } : token)
    .map(lambdaIn)
    .find((found) => found !== undefined);
}

function judgeComparison(scope: Scope, token: Token): readonly string[] {
  const [left, right] = sides(token);
  if (left.type !== "FirstMemberExpression" || right.type !== "Literal") {
    return [`'${token.raw}' does not compare a property with a value`];
  }
  const property = resolve(scope, left.raw);
  return typeof property === "string" ? [property] : judgeLiteral(scope, property, right, token.raw);
}

function judgeLiteral(
  { metadata }: Scope,
  { type, nullable }: Property,
  { raw, value }: Token,
  where: string,
): readonly string[] {
  const words = metadata.enums[type]?.members;
  if (value === "null") return nullable ? [] : [`'${where}' compares with null what never is`];
  if (words !== undefined) {
    return value === "Edm.String" && words.includes(raw.slice(1, -1))
      ? []
      : [`${raw} in '${where}' is no word of ${type}`];
  }
  const isWhole =
    type === "Edm.Int32" && ["Edm.SByte", "Edm.Byte", "Edm.Int16", "Edm.Int32"].includes(String(value));
  return value === type || isWhole ? [] : [`${raw} in '${where}' is no ${type}`];
}

function judgeCall(scope: Scope, token: Token): readonly string[] {
  const { method, parameters } = token.value as { method: string; parameters: readonly Token[] };
  const [of, text] = parameters;
  if (!OF_TEXTS.has(method) || of === undefined || parameters.length !== 2)
    return [`'${token.raw}' is no function that is judged`];
  const property = resolve(scope, of.raw);
  if (typeof property === "string") return [property];
  const isText = property.type === "Edm.String" && text?.type === "Literal" && text.value === "Edm.String";
  return isText ? [] : [`'${token.raw}' needs two texts`];
}

/** What a path in a filter leads to, or why it leads nowhere. */
function resolve({ metadata, type, variables }: Scope, path: string): Property | string {
  const [first = "", ...rest] = path.split("/");
  const variable = variables.get(first);
  const start = variable ?? { type, nullable: false };
  let at: Property = start;
  for (const name of variable === undefined ? [first, ...rest] : rest) {
    const navigation = navigationOf(metadata, at.type, name);
    const next =
      propertyOf(metadata, at.type, name) ??
      (navigation === undefined ? undefined : { type: navigation, nullable: true });
    if (next === undefined) return `'${path}': ${at.type} has no property '${name}'`;
    at = next;
  }
  return at;
}
