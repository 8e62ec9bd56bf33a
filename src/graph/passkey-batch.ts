import { z } from "zod";
import { Fault } from "../core/errors.js";
import type { AccountRef, RegisteredPasskey } from "../core/inventory/inventory.js";
import type { Clock, PasskeyAnswer } from "../core/ports.js";
import { type AppGraph, withJitter } from "./app-graph.js";
import { parseRetryAfter } from "./graph-http.js";
import { batchAnswer, batchItem, batchRequest, fido2MethodRow, page, readWire } from "./wire.js";

/** https://learn.microsoft.com/graph/json-batching */
export const BATCH_SIZE = 20;

/** Rounds in a row that settled nobody, after which those still waiting are given up. */
const FRUITLESS_ROUNDS = 5;
const LONGEST_WAIT_SECONDS = 120;

/** What one round has to say about one person. */
type RoundResult = PasskeyAnswer | Later;
interface Later {
  readonly kind: "later";
  readonly account: AccountRef;
  readonly why: string;
  readonly retryAfterSeconds?: number;
}

type BatchItem = z.infer<typeof batchItem>;

/**
 * Reads the passkeys of up to 20 people in one `$batch`, asking again for those whom Graph put off.
 * One answer for each person, in any order. Never throws: whatever goes wrong is somebody's answer.
 */
export async function readPasskeyBatch(
  graph: AppGraph,
  clock: Clock,
  people: readonly AccountRef[],
): Promise<readonly PasskeyAnswer[]> {
  const settled: PasskeyAnswer[] = [];
  let waiting: readonly AccountRef[] = people;
  for (let fruitless = 0; waiting.length > 0; ) {
    const results = await askOnce(graph, waiting);
    const later = results.filter((result) => result.kind === "later");
    settled.push(...results.filter((result) => result.kind !== "later"));
    fruitless = later.length < waiting.length ? 0 : fruitless + 1;
    if (fruitless >= FRUITLESS_ROUNDS) {
      settled.push(
        ...later.map(({ account, why }) => failed(account, `${why}, ${fruitless} times in a row`)),
      );
      break;
    }
    waiting = later.map(({ account }) => account);
    if (waiting.length > 0) await clock.sleep(withJitter(longestWait(later, fruitless)));
  }
  return settled;
}

/** The batch as a whole is throttled as long as its slowest item: asking earlier would count against us. */
function longestWait(later: readonly Later[], fruitless: number): number {
  const backOff = 2 ** fruitless;
  const asked = Math.max(...later.map(({ retryAfterSeconds }) => retryAfterSeconds ?? backOff));
  return Math.min(asked, LONGEST_WAIT_SECONDS);
}

async function askOnce(graph: AppGraph, people: readonly AccountRef[]): Promise<readonly RoundResult[]> {
  const asked = new Map(people.map((account, i) => [String(i + 1), account]));
  let items: ReadonlyMap<string, BatchItem>;
  try {
    items = await sendBatch(graph, asked);
  } catch (error) {
    return people.map((account) => outOfFault(account, error));
  }
  return Promise.all(
    [...asked].map(([id, account]) => {
      const item = items.get(id);
      return item === undefined
        ? failed(account, "Graph left this person out of its answer")
        : readItem(graph, account, item);
    }),
  );
}

/** The items by their id: Graph answers in any order, and the status of the whole says nothing about an item. */
async function sendBatch(graph: AppGraph, asked: ReadonlyMap<string, AccountRef>) {
  const requests = [...asked].map(([id, account]) => ({
    id,
    method: "GET" as const,
    url: `/users/${encodeURIComponent(account.id)}/authentication/fido2Methods`,
  }));
  const body = await graph.batch(batchRequest.parse({ requests }));
  const { responses } = readWire(batchAnswer, body, "/v1.0/$batch");
  const items = responses.flatMap((response) => batchItem.safeParse(response).data ?? []);
  return new Map(items.map((item) => [item.id, item]));
}

async function readItem(graph: AppGraph, account: AccountRef, item: BatchItem): Promise<RoundResult> {
  if (item.status === 404) return { kind: "gone", account };
  if (item.status === 429 || item.status >= 500) {
    const retryAfterSeconds = retryAfterOf(item);
    return {
      kind: "later",
      account,
      why: `Graph said ${item.status}`,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  if (item.status !== 200) return failed(account, `Graph said ${item.status}`);
  try {
    const first = readWire(page, item.body, "fido2Methods");
    const next = first["@odata.nextLink"];
    const rows = readWire(z.array(fido2MethodRow), first.value, "fido2Methods");
    const more = next === undefined ? [] : await readFurther(graph, next);
    return { kind: "read", account, passkeys: [...rows, ...more].map(passkey) };
  } catch (error) {
    if (error instanceof Fault && error.code === "graph-not-found") return { kind: "gone", account };
    return outOfFault(account, error);
  }
}

function readFurther(graph: AppGraph, nextLink: string) {
  return graph.getAllFrom(nextLink, fido2MethodRow, { patience: "patient" });
}

function retryAfterOf(item: BatchItem): number | undefined {
  const headers = new Map(
    Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return parseRetryAfter(headers.get("retry-after") ?? null, headers.get("date") ?? null);
}

function passkey(row: z.infer<typeof fido2MethodRow>): RegisteredPasskey {
  const { passkeyType, attestationLevel } = row;
  return {
    aaguid: row.aaGuid,
    model: row.model || undefined,
    type: passkeyType === "deviceBound" || passkeyType === "synced" ? passkeyType : undefined,
    attested: attestationLevel === "attested" ? true : attestationLevel === "notAttested" ? false : undefined,
  };
}

/** A fault of the request that this person was part of. */
function outOfFault(account: AccountRef, error: unknown): RoundResult {
  if (!(error instanceof Fault)) return failed(account, "an unexpected error");
  switch (error.code) {
    case "app-sign-in-failed":
    case "graph-throttled":
    case "graph-unavailable":
    case "graph-unreachable":
      return {
        kind: "later",
        account,
        why: shortly(error),
        ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      };
    default:
      return failed(account, error.message);
  }
}

function shortly(error: Fault): string {
  if (error.code === "app-sign-in-failed") return "the app could not sign in";
  return error.status === undefined ? "Graph did not answer" : `Graph said ${error.status}`;
}

function failed(account: AccountRef, why: string): PasskeyAnswer {
  return { kind: "failed", account, why };
}
