import { z } from "zod";
import { Fault } from "../core/errors.js";
import type { PasskeyRound, PutOff } from "../core/ports/passkey-source.js";
import type { AccountRef, PasskeyAnswer, RegisteredPasskey } from "../core/scan/inventory.js";
import type { AppGraph } from "./app-graph.js";
import { parseRetryAfter } from "./graph-http.js";
import { batchAnswer, batchItem, batchRequest, fido2MethodRow, page, readWire } from "./wire.js";

// Made once: a schema takes longer to make than to use.
const fido2MethodRows = z.array(fido2MethodRow);

type BatchItem = z.infer<typeof batchItem>;
type Said = PasskeyAnswer | ({ readonly kind: "later" } & PutOff);

/** Statuses that may pass: https://learn.microsoft.com/graph/errors */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Asks for the passkeys of up to 20 people in one `$batch`. Every person asked about is in the result, in any order; never
 * throws: a failure is the answer for those people.
 */
export async function readPasskeyBatch(
  graph: AppGraph,
  people: readonly AccountRef[],
): Promise<PasskeyRound> {
  const asked = new Map(people.map((account, i) => [String(i + 1), account]));
  let items: ReadonlyMap<string, BatchItem>;
  try {
    items = await sendBatch(graph, asked);
  } catch (error) {
    return requestFailed(people, error);
  }
  const said = await Promise.all(
    [...asked].map(([id, account]) => {
      const item = items.get(id);
      if (item !== undefined) return readItem(graph, account, item);
      return putOff(account, "Graph left this person out of its answer");
    }),
  );
  const pressure = pressureOf([...items.values()]);
  return { ...sorted(said), ...(pressure === undefined ? {} : { pressure }) };
}

/** What it says about no one person may pass, but for a plain no (403) or a request Graph does not take. */
function requestFailed(people: readonly AccountRef[], error: unknown): PasskeyRound {
  const isGarbled =
    error instanceof Fault && (error.code === "graph-unreadable" || error.code === "graph-unauthorized");
  const said = people.map((account) =>
    isGarbled ? putOff(account, error.message) : outOfFault(account, error),
  );
  const round = sorted(said);
  return round.later.length > 0 ? { ...round, failedAsAWhole: true } : round;
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

async function readItem(graph: AppGraph, account: AccountRef, item: BatchItem): Promise<Said> {
  if (item.status === 404) return { kind: "gone", account };
  if (PASSING.has(item.status)) {
    return putOff(account, `Graph said ${item.status}`, item.status === 429, retryAfterOf(item));
  }
  if (item.status !== 200) return failed(account, `Graph said ${item.status}`);
  try {
    const first = readWire(page, item.body, "fido2Methods");
    const rows = readWire(fido2MethodRows, first.value, "fido2Methods");
    const more = await readFurther(graph, first["@odata.nextLink"]);
    return { kind: "read", account, passkeys: distinct([...rows, ...more]).map(passkey) };
  } catch (error) {
    // The first page was there: either the person went this moment, or only the page did. The next answer tells.
    if (error instanceof Fault && error.code === "graph-not-found") return putOff(account, shortly(error));
    return outOfFault(account, error);
  }
}

/** Pages after the first are asked for one by one; when one of them fails, the person is asked about anew. */
async function readFurther(graph: AppGraph, nextLink: string | undefined) {
  const rows: z.infer<typeof fido2MethodRow>[] = [];
  const seen = new Set<string>();
  for (let next = nextLink; next !== undefined; ) {
    if (seen.has(next))
      throw new Fault("graph-unreadable", "The pages of fido2Methods go round in a circle.");
    seen.add(next);
    const answer = await graph.getPageAt(next, fido2MethodRow);
    rows.push(...answer.rows);
    next = answer.next.next;
  }
  return rows;
}

/** A list that moves while it is paged can show the same passkey twice. */
function distinct(rows: readonly z.infer<typeof fido2MethodRow>[]) {
  const ids = new Set<string>();
  return rows.filter(({ id }) => {
    if (!id) return true;
    const isNew = !ids.has(id);
    ids.add(id);
    return isNew;
  });
}

/** Those that a header can be: text or a number. An item with another one is read as if it had none of that name. */
function headersOf(item: BatchItem): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(item.headers ?? {}).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name.toLowerCase(), `${value}`]] : [],
    ),
  );
}

function retryAfterOf(item: BatchItem): number | undefined {
  const headers = headersOf(item);
  return parseRetryAfter(headers.get("retry-after") ?? null, headers.get("date") ?? null);
}

/** The highest share of a limit that an item names. https://learn.microsoft.com/graph/throttling */
function pressureOf(items: readonly BatchItem[]): number | undefined {
  const shares = items.flatMap((item) => {
    const share = Number(headersOf(item).get("x-ms-throttle-limit-percentage"));
    return Number.isFinite(share) && share > 0 ? [share] : [];
  });
  return shares.length === 0 ? undefined : Math.max(...shares);
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
function outOfFault(account: AccountRef, error: unknown): Said {
  if (!(error instanceof Fault)) return failed(account, "an unexpected error");
  const { retryAfterSeconds } = error;
  switch (error.code) {
    case "graph-throttled":
      return putOff(account, shortly(error), true, retryAfterSeconds);
    case "app-sign-in-failed":
    case "app-consent-missing":
    case "entra-unavailable":
    case "graph-unavailable":
    case "graph-unreachable":
    case "graph-too-slow":
      return putOff(account, shortly(error), false, retryAfterSeconds);
    default:
      return failed(account, error.message);
  }
}

function shortly(error: Fault): string {
  if (error.code.startsWith("app-") || error.code === "entra-unavailable") return "the app could not sign in";
  return error.status === undefined ? "Graph did not answer" : `Graph said ${error.status}`;
}

function putOff(account: AccountRef, why: string, throttled = false, retryAfterSeconds?: number): Said {
  return {
    kind: "later",
    account,
    why,
    throttled,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

function failed(account: AccountRef, why: string): Said {
  return { kind: "failed", account, why };
}

function sorted(said: readonly Said[]): PasskeyRound {
  return {
    answers: said.filter((each): each is PasskeyAnswer => each.kind !== "later"),
    later: said.flatMap((each) => {
      if (each.kind !== "later") return [];
      const { kind: _, ...rest } = each;
      return [rest];
    }),
  };
}
