import type { z } from "zod";
import { Fault } from "../core/errors.js";
import type { Clock } from "../core/ports.js";
import type { EntraApp } from "./entra-app.js";
import { callGraph, type GraphAnswer, type GraphCall, graphBase, graphUrl } from "./graph-http.js";
import { translateGraphError } from "./translate-graph-error.js";
import { page, readWire } from "./wire.js";

/**
 * How long to put up with a throttled or busy Graph: `prompt` while a person waits for the answer, `patient` in
 * a scan, where Graph may ask for a pause after every few requests
 * (https://learn.microsoft.com/graph/throttling-limits#identity-and-access-reports-service-limits).
 */
type Patience = "prompt" | "patient";

const ATTEMPTS: Readonly<Record<Patience, number>> = { prompt: 3, patient: 6 };
/** A longer Retry-After is not waited for but reported, in seconds. */
const LONGEST_WAIT: Readonly<Record<Patience, number>> = { prompt: 10, patient: 150 };
const READ_TIMEOUT_MS = 10_000;
/** Graph answers a batch when its slowest item is done. */
const BATCH_TIMEOUT_MS = 20_000;

interface ReadOptions {
  readonly patience?: Patience;
  readonly headers?: Readonly<Record<string, string>>;
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
  /** The same from an `@odata.nextLink` on. */
  getAllFrom<T>(nextLink: string, row: z.ZodType<T>, options?: ReadOptions): Promise<readonly T[]>;
  /** Sends one `$batch` of reads once. @throws Fault, with `retryAfterSeconds` where Graph named a time */
  batch(body: unknown): Promise<unknown>;
}

export interface AppGraphOptions {
  readonly app: EntraApp;
  /** Where Graph is, https. */
  readonly graphUrl: string;
  /** For whom the token is: the cloud's Graph, e.g. `https://graph.microsoft.com`, even when `graphUrl` differs. */
  readonly graphAudience: string;
  readonly clock: Clock;
}

export function appGraph({ app, graphUrl: given, graphAudience, clock }: AppGraphOptions): AppGraph {
  const { origin } = graphUrl(given);
  const base = graphBase(given);
  const scope = defaultScope(graphAudience);

  async function send(call: Pick<GraphCall, "method" | "url" | "headers" | "body" | "timeoutMs">) {
    return callGraph({ ...call, token: await app.token(scope), clientRequestId: clock.newId() });
  }

  async function read(url: string, { patience = "prompt", headers = {} }: ReadOptions): Promise<GraphAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send({ method: "GET", url, headers, timeoutMs: READ_TIMEOUT_MS });
      if (isSuccess(answer)) return answer;
      const wait = answer.retryAfterSeconds ?? 2 ** (attempt - 1);
      const worthRepeating = answer.status === 429 || answer.status === 503;
      if (!worthRepeating || attempt >= ATTEMPTS[patience] || wait > LONGEST_WAIT[patience]) {
        throw translateGraphError(answer);
      }
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
      const answer = await read(url, options);
      const got: z.infer<typeof page> = readWire(page, jsonOf(answer, url), named(url), answer);
      for (const item of got.value) rows.push(readWire(row, item, named(url), answer));
      const next = got["@odata.nextLink"];
      url = next === undefined ? undefined : ours(next);
    }
    return rows;
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
      return readWire(schema, jsonOf(answer, url), named(url), answer);
    },
    getAll: (path, row, options = {}) => readPages(base + path, row, options),
    getAllFrom: async (nextLink, row, options = {}) => readPages(ours(nextLink), row, options),
    async batch(body) {
      const url = `${base}/v1.0/$batch`;
      const answer = await send({ method: "POST", url, body, timeoutMs: BATCH_TIMEOUT_MS });
      if (!isSuccess(answer)) throw translateGraphError(answer);
      return jsonOf(answer, url);
    },
  };
}

function isSuccess(answer: GraphAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** A tenth to a quarter more than asked, in milliseconds, so that waiting requests do not all return at once. */
export function withJitter(seconds: number): number {
  return Math.ceil(seconds * 1000 * (1.1 + Math.random() * 0.15));
}

function defaultScope(audience: string): string {
  return `${audience.replace(/\/+$/, "")}/.default`;
}

/** The path without its query, which may hold what people typed. */
function named(url: string): string {
  return new URL(url).pathname;
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
