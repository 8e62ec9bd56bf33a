import type { Compilable, CompiledQuery, QueryResult } from "kysely";
import type { Queries } from "../schema.js";

type Value = string | number | null;

/** Stands in a query where each asker has a value of their own. */
class Gap {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

/**
 * A query that is asked in each turn: built and compiled once for each kind of database, and then asked with other values.
 * To build and compile it anew takes longer than SQLite takes to answer.
 * @param build may put the values it is given into the query, and look at none
 */
export function keptQuery<Values extends { readonly [Name in keyof Values]: Value }, Row>(
  build: (queries: Queries, values: Values) => Compilable<Row>,
): (queries: Queries, values: Values) => Promise<QueryResult<Row>> {
  const kept = new WeakMap<object, CompiledQuery<Row>>();
  const gaps = new Proxy({}, { get: (_, name) => new Gap(name) }) as Values;
  return (queries, values) => {
    // The same in the transactions of a database.
    const { adapter } = queries.getExecutor();
    const known = kept.get(adapter);
    const compiled = known ?? build(queries, gaps).compile();
    if (known === undefined) kept.set(adapter, compiled);
    const parameters = compiled.parameters.map((each) =>
      each instanceof Gap ? values[each.name as keyof Values] : each,
    );
    return queries.executeQuery({ ...compiled, parameters });
  };
}
