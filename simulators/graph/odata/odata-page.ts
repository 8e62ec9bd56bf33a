import { createHash } from "node:crypto";
import { badRequest } from "../graph-error.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "../graph-exchange.js";
import { compileFilter, type Filterable, type Row } from "./odata-filter.js";

/** What one collection lets its reader ask for. */
export interface CollectionOptions {
  /** Name behind `$metadata#` in the answer's context. */
  readonly context: string;
  readonly pageSize: number;
  /** The largest `$top`; left out: `$top` is not supported. */
  readonly maxTop?: number;
  /** `$top` may be sent, and changes nothing. */
  readonly ignoresTop?: true;
  readonly filterable?: Filterable;
  /** How many parts of a filter `or` may join; left out: any number. */
  readonly joinedAtMost?: number;
  /** Properties `$orderby` may name. */
  readonly sortable?: readonly string[];
  readonly selectable?: boolean;
  /** Properties answered when no `$select` is sent; all when left out. */
  readonly usual?: readonly string[];
  readonly countable?: boolean;
}

/** What a collection holds, and the row each thing in it becomes. Rows are made only of what is looked at. */
export interface Collection<T> {
  readonly all: () => readonly T[];
  readonly row: (item: T) => Row;
}

/** A collection of rows that are there already. */
export const ofRows = (rows: readonly Row[]): Collection<Row> => ({ all: () => rows, row: (row) => row });

/** Filters, sorts, pages and trims rows as the query asks. @throws GraphRefusal 400 for an option the collection lacks */
export function answerCollection<T>(
  world: GraphWorld,
  request: GraphRequest,
  collection: Collection<T>,
  options: CollectionOptions,
): GraphAnswer {
  const { query } = request;
  refuseUnsupported(query, options);
  const size = readTop(query, options) ?? options.pageSize;
  const from = readSkipToken(request);
  const start = from?.start ?? 0;
  const end = start + size;
  const kept = found(world, request, collection, options, from?.listing);
  const page = kept.slice(start, end).map((item) => trimmed(collection.row(item), query, options));
  const next = () =>
    nextLink(world, request, end, from?.listing ?? world.listings.keep(listingOf(request), kept));
  const counts = options.countable && query.get("$count") === "true" && start === 0;
  return {
    status: 200,
    body: {
      "@odata.context": `${world.root}/$metadata#${options.context}`,
      ...(counts ? { "@odata.count": kept.length } : {}),
      ...(end < kept.length ? { "@odata.nextLink": next() } : {}),
      value: page,
    },
  };
}

/** Everything the query finds, in its order: looked for by the first page, remembered for those that follow. */
function found<T>(
  world: GraphWorld,
  request: GraphRequest,
  { all, row }: Collection<T>,
  options: CollectionOptions,
  listing: string | undefined,
): readonly T[] {
  const find = () => sorted(filtered(all(), row, request.query, options), row, request.query, options);
  return listing === undefined ? find() : world.listings.resume(listingOf(request), listing, find);
}

/** The same query of somebody else may list something else. */
function listingOf(request: GraphRequest): string {
  const { caller } = request;
  return `${caller.kind === "app" ? caller.appId : caller.person.id} ${markOf(request)}`;
}

function refuseUnsupported(query: URLSearchParams, options: CollectionOptions): void {
  const supported = new Set([
    "$skiptoken",
    ...(options.maxTop === undefined && !options.ignoresTop ? [] : ["$top"]),
    ...(options.filterable === undefined ? [] : ["$filter"]),
    ...(options.sortable === undefined ? [] : ["$orderby"]),
    ...(options.selectable ? ["$select"] : []),
    ...(options.countable ? ["$count"] : []),
  ]);
  for (const name of query.keys()) {
    if (!supported.has(name)) throw badRequest(`Query option '${name}' is not allowed on this resource.`);
  }
}

function filtered<T>(
  items: readonly T[],
  row: (item: T) => Row,
  query: URLSearchParams,
  options: CollectionOptions,
): readonly T[] {
  const filter = query.get("$filter");
  if (filter === null) return items;
  const isWanted = compileFilter(filter, options.filterable ?? {}, options.joinedAtMost);
  return items.filter((item) => isWanted(row(item)));
}

function sorted<T>(
  items: readonly T[],
  row: (item: T) => Row,
  query: URLSearchParams,
  options: CollectionOptions,
): readonly T[] {
  const order = query.get("$orderby");
  if (order === null) return items;
  const [property = "", direction = "asc", ...more] = order.split(" ");
  if (!options.sortable?.includes(property) || !["asc", "desc"].includes(direction) || more.length > 0) {
    throw badRequest(`Unsupported '$orderby': '${order}'.`);
  }
  const sign = direction === "desc" ? -1 : 1;
  return items
    .map((item) => ({ item, by: String(row(item)[property]) }))
    .sort((a, b) => sign * a.by.localeCompare(b.by))
    .map(({ item }) => item);
}

function readTop(query: URLSearchParams, { maxTop, ignoresTop }: CollectionOptions): number | undefined {
  const top = query.get("$top");
  if (top === null || ignoresTop) return undefined;
  const count = Number(top);
  if (!Number.isInteger(count) || count < 1 || count > (maxTop ?? 0)) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${maxTop} inclusive.`);
  }
  return count;
}

/** Selected properties and no others; a name the rows do not have is refused. */
function trimmed(row: Row, query: URLSearchParams, options: CollectionOptions): Row {
  const select = query.get("$select");
  const names = select === null ? options.usual : select.split(",").map((name) => name.trim());
  if (names === undefined) return row;
  const unknown = names.find((name) => !(name in row));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  const annotations = Object.keys(row).filter((name) => name.startsWith("@odata."));
  return Object.fromEntries([...annotations, ...names].map((name) => [name, row[name]]));
}

/** One resource by itself, trimmed the same way. */
export function answerOne(
  world: GraphWorld,
  request: GraphRequest,
  row: Row,
  options: Pick<CollectionOptions, "context" | "usual">,
): GraphAnswer {
  refuseUnsupported(request.query, { ...options, pageSize: 1, selectable: true });
  const context = { "@odata.context": `${world.root}/$metadata#${options.context}/$entity` };
  return { status: 200, body: { ...context, ...trimmed(row, request.query, { ...options, pageSize: 1 }) } };
}

/** A token works only for the query it was made for, as opaque as Graph's. */
function readSkipToken(
  request: GraphRequest,
): { readonly start: number; readonly listing: string } | undefined {
  const token = request.query.get("$skiptoken");
  if (token === null) return undefined;
  const [start = "", mark, listing = ""] = Buffer.from(token, "base64url").toString("utf8").split(".");
  if (mark !== markOf(request)) throw badRequest("Skip token is invalid or belongs to another query.");
  return { start: Number(start), listing };
}

function nextLink(world: GraphWorld, request: GraphRequest, start: number, listing: string): string {
  const query = new URLSearchParams(request.query);
  query.set("$skiptoken", Buffer.from(`${start}.${markOf(request)}.${listing}`).toString("base64url"));
  return `${world.root}${encodeURI(request.path)}?${query.toString().replaceAll("%24", "$")}`;
}

function markOf(request: GraphRequest): string {
  const query = new URLSearchParams(request.query);
  query.delete("$skiptoken");
  query.sort();
  return createHash("sha256").update(`${request.path.toLowerCase()}?${query}`).digest("hex").slice(0, 12);
}
