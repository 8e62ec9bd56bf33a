import { judgeFilter } from "./judge-filter.js";
import type { Resource } from "./judge-path.js";
import { type Metadata, navigationOf, propertyOf } from "./metadata.js";

/** The most that Graph gives in one page. */
const LARGEST_PAGE = 999;

const OF_ONE: ReadonlySet<string> = new Set(["$select", "$expand"]);
const OF_A_COLLECTION: ReadonlySet<string> = new Set([
  "$select",
  "$expand",
  "$filter",
  "$top",
  "$count",
  "$orderby",
  "$skiptoken",
]);
const OF_A_COUNT: ReadonlySet<string> = new Set(["$filter"]);

/** What is wrong with the query of a request for the resource. */
export function judgeQuery(
  metadata: Metadata,
  resource: Resource,
  query: URLSearchParams,
): readonly string[] {
  const allowed = { one: OF_ONE, collection: OF_A_COLLECTION, count: OF_A_COUNT }[resource.is];
  const names = [...query.keys()];
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...twice.map((name) => `${name} is there twice`),
    ...[...query].flatMap(([name, value]) =>
      allowed.has(name)
        ? judgeOption(metadata, resource, name, value)
        : [`${name} is no option of ${wordFor(resource)}`],
    ),
  ];
}

function wordFor({ type, is }: Resource): string {
  return is === "one" ? `one ${type}` : is === "count" ? `a count of ${type}` : `a collection of ${type}`;
}

function judgeOption(metadata: Metadata, { type }: Resource, name: string, value: string): readonly string[] {
  switch (name) {
    case "$select":
      return judgeSelect(metadata, type, value);
    case "$expand":
      return judgeExpand(metadata, type, value);
    case "$filter":
      return judgeFilter(metadata, type, value);
    case "$top":
      return /^[1-9]\d*$/.test(value) && Number(value) <= LARGEST_PAGE
        ? []
        : [`$top=${value} is no size of a page`];
    case "$count":
      return value === "true" || value === "false" ? [] : [`$count=${value} is neither true nor false`];
    case "$orderby":
      return judgeOrder(metadata, type, value);
    default:
      return value === "" ? [`${name} is empty`] : [];
  }
}

/** All that may come back and has to; undefined: it was left to Graph. */
export function selected(query: URLSearchParams): readonly string[] | undefined {
  const names = query.get("$select")?.split(",");
  return names && [...names, ...(query.get("$expand")?.split(",") ?? [])];
}

function judgeSelect(metadata: Metadata, type: string, value: string): readonly string[] {
  const names = value.split(",");
  const strange = names.filter(
    (name) =>
      propertyOf(metadata, type, name) === undefined && navigationOf(metadata, type, name) === undefined,
  );
  return [
    ...strange.map((name) => `$select names '${name}', which ${type} does not have`),
    ...(new Set(names).size < names.length ? ["$select names a property twice"] : []),
  ];
}

function judgeExpand(metadata: Metadata, type: string, value: string): readonly string[] {
  const strange = value.split(",").filter((name) => navigationOf(metadata, type, name) === undefined);
  return strange.map((name) => `$expand names '${name}', which leads from ${type} nowhere`);
}

function judgeOrder(metadata: Metadata, type: string, value: string): readonly string[] {
  return value.split(",").flatMap((part) => {
    const [name = "", direction = "asc", ...more] = part.trim().split(" ");
    const isOrder = (direction === "asc" || direction === "desc") && more.length === 0;
    if (!isOrder) return [`$orderby=${value} is no order`];
    return propertyOf(metadata, type, name) === undefined
      ? [`$orderby names '${name}', which ${type} does not have`]
      : [];
  });
}
