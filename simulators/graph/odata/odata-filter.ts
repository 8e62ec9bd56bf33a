import { badRequest, GraphRefusal } from "../graph-error.js";

export type Row = Readonly<Record<string, unknown>>;
export type Predicate = (row: Row) => boolean;
/** Which properties a resource lets be filtered, and how. */
export type Filterable = Readonly<Record<string, "text" | "boolean" | "instant" | "collection">>;

const TOKEN = /\s*(?:('(?:[^']|'')*')|([(),:])|([^\s(),:']+))/y;
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z)?$/;

/**
 * Compiles the part of OData `$filter` that the documentation promises for our resources: `eq`, `ge`, `le`,
 * `startswith`, `any` with `eq`, `and`, `or`, `not` and parentheses. Text is compared without regard to case,
 * as the directory does.
 * @param joinedAtMost how many parts `or` may join
 * @throws GraphRefusal 400 for anything else
 */
export function compileFilter(
  filter: string,
  filterable: Filterable,
  joinedAtMost = Number.POSITIVE_INFINITY,
): Predicate {
  const parser = new FilterParser(tokens(filter), { filterable, source: filter, joinedAtMost });
  return parser.whole();
}

function tokens(filter: string): string[] {
  const found: string[] = [];
  // An instant holds colons, which elsewhere part a variable from its expression.
  const text = filter.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) => instant.replaceAll(":", "\u0000"));
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match === null) throw invalid(filter);
    found.push((match[1] ?? match[2] ?? match[3] ?? "").replaceAll("\u0000", ":"));
  }
  return found;
}

function invalid(filter: string): Error {
  return badRequest(`Invalid filter clause: '${filter}'.`);
}

/** As Graph says it (seen in its answers). */
function tooManyJoined(parts: number, atMost: number): Error {
  return new GraphRefusal(
    400,
    "Request_UnsupportedQuery",
    `Too many child clauses specified in search filter expression containing 'OR' operators: ${parts}. Max allowed: ${atMost}.`,
  );
}

interface Compiled {
  readonly filterable: Filterable;
  readonly source: string;
  readonly joinedAtMost: number;
}

class FilterParser {
  #at = 0;
  readonly #tokens: readonly string[];
  readonly #filterable: Filterable;
  readonly #source: string;
  readonly #joinedAtMost: number;
  constructor(all: readonly string[], { filterable, source, joinedAtMost }: Compiled) {
    this.#tokens = all;
    this.#filterable = filterable;
    this.#source = source;
    this.#joinedAtMost = joinedAtMost;
  }

  whole(): Predicate {
    const predicate = this.#or();
    if (this.#at < this.#tokens.length) throw invalid(this.#source);
    return predicate;
  }

  #or(): Predicate {
    const parts = [this.#and()];
    while (this.#skip("or")) parts.push(this.#and());
    if (parts.length > this.#joinedAtMost) throw tooManyJoined(parts.length, this.#joinedAtMost);
    return (row) => parts.some((part) => part(row));
  }

  #and(): Predicate {
    const parts = [this.#one()];
    while (this.#skip("and")) parts.push(this.#one());
    return (row) => parts.every((part) => part(row));
  }

  #one(): Predicate {
    if (this.#skip("not")) {
      const inner = this.#one();
      return (row) => !inner(row);
    }
    if (this.#skip("(")) {
      const inner = this.#or();
      this.#expect(")");
      return inner;
    }
    if (this.#skip("startswith")) return this.#startsWith();
    const name = this.#take();
    return name.endsWith("/any") ? this.#any(name.slice(0, -"/any".length)) : this.#comparison(name);
  }

  #startsWith(): Predicate {
    this.#expect("(");
    const name = this.#property(this.#take(), "text");
    this.#expect(",");
    const start = this.#text();
    this.#expect(")");
    return (row) =>
      String(row[name] ?? "")
        .toLowerCase()
        .startsWith(start);
  }

  /** `collection/any(x:x eq 'value')` */
  #any(collection: string): Predicate {
    const name = this.#property(collection, "collection");
    this.#expect("(");
    const variable = this.#take();
    this.#expect(":");
    this.#expect(variable);
    this.#expect("eq");
    const wanted = this.#text();
    this.#expect(")");
    return (row) => {
      const items = row[name];
      return Array.isArray(items) && items.some((item) => String(item).toLowerCase() === wanted);
    };
  }

  #comparison(property: string): Predicate {
    const operator = this.#take();
    const type = this.#filterable[property];
    if (type === "instant") return this.#compareInstants(property, operator);
    if (operator !== "eq" || type === undefined || type === "collection") throw invalid(this.#source);
    const wanted = type === "boolean" ? this.#take() : this.#text();
    if (type === "boolean" && wanted !== "true" && wanted !== "false") throw invalid(this.#source);
    return (row) => String(row[property]).toLowerCase() === wanted;
  }

  #compareInstants(property: string, operator: string): Predicate {
    const literal = this.#take();
    if (!INSTANT.test(literal)) throw invalid(this.#source);
    const wanted = Date.parse(literal);
    const at = (row: Row) => Date.parse(String(row[property]));
    switch (operator) {
      case "ge":
        return (row) => at(row) >= wanted;
      case "le":
        return (row) => at(row) <= wanted;
      case "eq":
        return (row) => at(row) === wanted;
      default:
        throw invalid(this.#source);
    }
  }

  #property(name: string, type: Filterable[string]): string {
    if (this.#filterable[name] !== type) throw invalid(this.#source);
    return name;
  }

  /** A quoted literal, doubled quotes undone, in lower case. */
  #text(): string {
    const literal = this.#take();
    if (!literal.startsWith("'") || literal.length < 2) throw invalid(this.#source);
    return literal.slice(1, -1).replaceAll("''", "'").toLowerCase();
  }

  #take(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalid(this.#source);
    this.#at += 1;
    return token;
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#skip(token)) throw invalid(this.#source);
  }
}
