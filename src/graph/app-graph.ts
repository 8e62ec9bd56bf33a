import type { z } from "zod";
import { correlation } from "../async/correlation.js";
import { Fault } from "../core/errors.js";
import type { OnWait } from "../core/ports/graph-waits.js";
import type { Clock } from "../core/ports.js";
import type { EntraApp } from "./entra-app.js";
import {
  callGraph,
  type GraphAnswer,
  type GraphCall,
  graphBase,
  graphUrl,
  hasBrokenOff,
  type OnAnswer,
} from "./graph-http.js";
import { translateGraphError } from "./translate-graph-error.js";
import { page, readWire } from "./wire.js";

/** A longer Retry-After is not waited for but reported, in seconds. */
const LONGEST_WAIT = 10;
/** While a person waits for the answer: a throttled or busy Graph is asked again. */
const PROMPT = { attempts: 3, timeoutMs: 10_000 };
/** A page of a report over a whole tenant, which no person waits for: the caller asks again. */
const ONCE = { attempts: 1, timeoutMs: 30_000 };
/** Graph answers a batch when its slowest item is done. */
const BATCH_TIMEOUT_MS = 20_000;

interface ReadOptions {
  /** Of a page: told of the one that follows before the rows are read. */
  readonly foundNext?: ((next: string) => void) | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** No answer, and no wait that Graph asks for, is waited for longer; left out: as is usual. */
  readonly withinMs?: number;
}

/** Headers for reads that go by Graph's directory index: type casts in the path and `$count` need them. */
export const BY_INDEX = { ConsistencyLevel: "eventual" } as const;

/**
 * Graph with the app's own identity. It reads; there is no way to write through it, and no person's token ever
 * gets here.
 */
export interface AppGraph {
  readonly identity: "app";
  /** @param path from the version on, already encoded: `/v1.0/users?...`. @throws Fault */
  get<T>(path: string, schema: z.ZodType<T>, options?: ReadOptions): Promise<T>;
  /** Every row of a collection, all pages. @throws Fault: a collection read in part is not returned */
  getAll<T>(path: string, row: z.ZodType<T>, options?: ReadOptions): Promise<readonly T[]>;
  /** One page, asked for once, and once more where the connection broke. @throws Fault, with `retryAfterSeconds` where Graph named a time */
  getPage<T>(path: string, row: z.ZodType<T>, options?: ReadOptions): Promise<Page<T>>;
  /** The same at an `@odata.nextLink`. */
  getPageAt<T>(nextLink: string, row: z.ZodType<T>, options?: ReadOptions): Promise<Page<T>>;
  /** Sends one `$batch` of reads once. @throws Fault, with `retryAfterSeconds` where Graph named a time */
  batch(body: unknown): Promise<unknown>;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** The link to the page that follows, if there is one. */
  readonly next: { readonly next?: string };
}

export interface AppGraphOptions {
  readonly app: EntraApp;
  /** Where Graph is, https. */
  readonly graphUrl: string;
  /** For whom the token is: the cloud's Graph, e.g. `https://graph.microsoft.com`, even when `graphUrl` differs. */
  readonly graphAudience: string;
  readonly clock: Clock;
  readonly onAnswer?: OnAnswer;
  /** Told when a read begins to wait as Graph asked, or as long as is usual where it named no time. */
  readonly onWait?: OnWait;
}

export function appGraph({
  app,
  graphUrl: given,
  graphAudience,
  clock,
  onWait,
  ...counted
}: AppGraphOptions): AppGraph {
  const { origin } = graphUrl(given);
  const base = graphBase(given);
  const scope = defaultScope(graphAudience);

  async function send(call: Pick<GraphCall, "method" | "url" | "headers" | "body" | "timeoutMs">) {
    return callGraph({
      ...call,
      ...counted,
      token: await app.token(scope),
      clientRequestId: correlation()?.id ?? clock.newId(),
    });
  }

  /** One read, sent again where its connection breaks before an answer: once, however often it is attempted. */
  function sendWhole(call: () => Parameters<typeof send>[0] & { readonly method: "GET" }) {
    let isRepeated = false;
    return async (): Promise<GraphAnswer> => {
      try {
        return await send(call());
      } catch (error) {
        if (isRepeated || !hasBrokenOff(error)) throw error;
        isRepeated = true;
        return send(call());
      }
    };
  }

  async function read(
    url: string,
    { headers = {}, withinMs = Number.POSITIVE_INFINITY }: ReadOptions,
    { attempts, timeoutMs } = PROMPT,
  ): Promise<GraphAnswer> {
    const until = clock.elapsed() + withinMs;
    const leftMs = () => Math.max(1, Math.min(timeoutMs, until - clock.elapsed()));
    const sendRead = sendWhole(() => ({ method: "GET", url, headers, timeoutMs: leftMs() }));
    for (let attempt = 1; ; attempt += 1) {
      const answer = await sendRead();
      if (isSuccess(answer)) return answer;
      const wait = answer.retryAfterSeconds ?? 2 ** (attempt - 1);
      const worthRepeating = answer.status === 429 || answer.status === 503;
      const isInTime = wait <= LONGEST_WAIT && clock.elapsed() + wait * 1_000 < until;
      if (!worthRepeating || attempt >= attempts || !isInTime) {
        throw translateGraphError(answer);
      }
      onWait?.(wait);
      await clock.sleep(withJitter(wait));
    }
  }

  async function readPages<T>(first: string, row: z.ZodType<T>, options: ReadOptions): Promise<readonly T[]> {
    const rows: T[] = [];
    const seen = new Set<string>();
    for (let url: string | undefined = first; url !== undefined; ) {
      if (seen.has(url))
        throw new Fault("graph-unreadable", `The pages of ${named(url)} go round in a circle.`);
      seen.add(url);
      const got: Page<T> = rowsOf(pageIn(await read(url, options), url), row);
      rows.push(...got.rows);
      url = got.next.next;
    }
    return rows;
  }

  function pageIn(answer: GraphAnswer, url: string): PageRead {
    const name = named(url);
    const got: z.infer<typeof page> = readWire(page, jsonOf(answer, url), name, answer);
    const next = got["@odata.nextLink"];
    return { items: got.value, answer, name, next: next === undefined ? {} : { next: ours(next) } };
  }

  async function readPage<T>(url: string, row: z.ZodType<T>, options: ReadOptions = {}): Promise<Page<T>> {
    const got = pageIn(await read(url, options, ONCE), url);
    if (options.foundNext !== undefined && got.next.next !== undefined) {
      options.foundNext(got.next.next);
      // What asks for it is on its way before a thousand rows are read.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return rowsOf(got, row);
  }

  /** A next page elsewhere would be sent our token. */
  function ours(nextLink: string): string {
    if (URL.canParse(nextLink) && new URL(nextLink).origin === origin) return nextLink;
    throw new Fault("graph-unreadable", `Graph's next page is not at ${origin}.`);
  }

  return {
    identity: "app",
    async get(path, schema, options = {}) {
      const url = base + path;
      const answer = await read(url, options);
      // One odd row of a list costs no other; of one thing, such as the policy, nothing is made up.
      if (answer.body.kind === "json" && answer.body.isMended) {
        throw new Fault(
          "graph-unreadable",
          `Graph's answer to ${named(url)} holds characters that are none.`,
        );
      }
      return readWire(schema, jsonOf(answer, url), named(url), answer);
    },
    getAll: (path, row, options = {}) => readPages(base + path, row, options),
    getPage: (path, row, options) => readPage(base + path, row, options),
    getPageAt: async (nextLink, row, options) => readPage(ours(nextLink), row, options),
    async batch(body) {
      const url = `${base}/v1.0/$batch`;
      const answer = await send({ method: "POST", url, body, timeoutMs: BATCH_TIMEOUT_MS });
      if (!isSuccess(answer)) throw translateGraphError(answer);
      return jsonOf(answer, url);
    },
  };
}

/** A page whose rows are still as Graph sent them. */
interface PageRead extends Pick<Page<never>, "next"> {
  readonly items: readonly unknown[];
  readonly answer: GraphAnswer;
  readonly name: string;
}

function rowsOf<T>({ items, answer, name, next }: PageRead, row: z.ZodType<T>): Page<T> {
  return { rows: items.map((item) => readWire(row, item, name, answer)), next };
}

function isSuccess(answer: GraphAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** A tenth to a quarter more than asked, in milliseconds, so that waiting requests do not all return at once. */
function withJitter(seconds: number): number {
  return Math.ceil(seconds * 1000 * (1.1 + Math.random() * 0.15));
}

function defaultScope(audience: string): string {
  return `${audience.replace(/\/+$/, "")}/.default`;
}

/** The path without its query, which may hold what people typed, and without the name a person signs in with. */
function named(url: string): string {
  return new URL(url).pathname.replace(/\/users\/[^/]*(@|%40)[^/]*/i, "/users/{name}");
}

function jsonOf(answer: GraphAnswer, url: string): unknown {
  if (answer.body.kind === "json") return answer.body.value;
  const detail = {
    status: answer.status,
    ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  };
  if (answer.body.kind === "cut-off") {
    throw new Fault("graph-unreachable", `Graph's answer to ${named(url)} was cut off.`, detail);
  }
  throw new Fault("graph-unreadable", `Graph's answer to ${named(url)} is not JSON.`, detail);
}
