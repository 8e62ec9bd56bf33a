import type { Stop } from "../async/stop.js";
import { Fault } from "../core/errors.js";
import type { Json, JsonObject } from "../core/json.js";
import { isJsonObject } from "../core/json.js";
import type { DelegatedToken } from "../graph/delegated-token.js";
import { callGraph, type GraphAnswer, type GraphCall, graphBase } from "../graph/graph-http.js";
import { FIDO2_POLICY_PATH } from "../graph/tenant-reader.js";
import { translateGraphError } from "../graph/translate-graph-error.js";

export interface LabClock {
  now(): Date;
  newId(): string;
  /** In milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export interface LabGraphOptions {
  readonly graphUrl: string;
  /** The person's token. @throws Error, for the person who runs the lab */
  readonly token: () => Promise<DelegatedToken>;
  readonly clock: LabClock;
}

/** How long is waited for a Graph that is busy or away. */
export interface Patience {
  readonly attempts: number;
  /** Ends the waits; left out: they go on. */
  readonly stop?: Stop;
}

const ONE_REQUEST_MS = 30_000;
/** A longer Retry-After is not waited for. */
const LONGEST_WAIT_SECONDS = 60;
const BUSY: readonly number[] = [429, 500, 502, 503, 504];
/** Without it Graph hides words that were added to an enumeration later. */
const EVERY_WORD = { Prefer: "include-unknown-enum-members" } as const;
const EXPANDED = `${FIDO2_POLICY_PATH}?$expand=includeTargets,passkeyProfiles`;
/** Reads of the policy until a write shows: after so many milliseconds each. */
const UNTIL_SEEN_MS = [500, 1_000, 2_000, 4_000] as const;

/** Graph in one person's name, for a program that asks few things and is never in a hurry. */
export class LabGraph {
  readonly #options: LabGraphOptions;
  #isExpanded = false;
  readonly sent = { reads: 0, writes: 0 };

  constructor(options: LabGraphOptions) {
    this.#options = options;
  }

  /** The last answer, of any status, after as many attempts as are allowed. @throws Fault when none came */
  async get(path: string, patience: Patience, headers: GraphCall["headers"] = {}): Promise<GraphAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt >= patience.attempts || patience.stop?.isAsked === true;
      try {
        const answer = await this.#send({ method: "GET", path, headers });
        if (isLast || !(isBusy(answer) || isCutOff(answer))) return answer;
        if ((answer.retryAfterSeconds ?? 0) > LONGEST_WAIT_SECONDS) return answer;
        await this.#pause(answer.retryAfterSeconds ?? 2 ** (attempt - 1), patience);
      } catch (error) {
        if (isLast || !(error instanceof Fault)) throw error;
        await this.#pause(2 ** (attempt - 1), patience);
      }
    }
  }

  /** One PATCH of the policy, sent once. @throws Fault when no answer came: it may have been taken */
  patch(body: JsonObject, headers: GraphCall["headers"] = {}): Promise<GraphAnswer> {
    return this.#send({ method: "PATCH", path: FIDO2_POLICY_PATH, headers, body });
  }

  /** The policy as a plain GET has it, and whole: they differ where Graph wants to be asked for what a policy refers to. @throws Fault */
  async findPolicy(patience: Patience): Promise<{ readonly plain: JsonObject; readonly whole: JsonObject }> {
    const plain = objectIn(await this.get(FIDO2_POLICY_PATH, patience, EVERY_WORD));
    if ("includeTargets" in plain && "passkeyProfiles" in plain) return { plain, whole: plain };
    const expanded = await this.get(EXPANDED, patience, EVERY_WORD);
    // Where it refuses that, the plain one is all there is; whether it says enough is for its reader to judge.
    this.#isExpanded = expanded.status === 200;
    return { plain, whole: this.#isExpanded ? objectIn(expanded) : plain };
  }

  /** The whole policy. @throws Fault */
  async readPolicy(patience: Patience): Promise<JsonObject> {
    const path = this.#isExpanded ? EXPANDED : FIDO2_POLICY_PATH;
    return objectIn(await this.get(path, patience, EVERY_WORD));
  }

  /** Reads until the policy is as wanted, for some seconds; the last one read in any case. @throws Fault */
  async readUntil(
    isWanted: (policy: JsonObject) => boolean,
    patience: Patience,
    pausesMs: readonly number[] = UNTIL_SEEN_MS,
  ): Promise<JsonObject> {
    let read = await this.readPolicy(patience);
    for (const pauseMs of pausesMs) {
      if (isWanted(read)) break;
      await this.#pause(pauseMs / 1000, patience);
      read = await this.readPolicy(patience);
    }
    return read;
  }

  /** Before the same is asked again: as long as Graph wants, or as is usual. */
  pauseAfter(answer: GraphAnswer | undefined, attempt: number, patience: Patience): Promise<void> {
    return this.#pause(Math.min(answer?.retryAfterSeconds ?? 2 ** attempt, LONGEST_WAIT_SECONDS), patience);
  }

  async #pause(seconds: number, { stop }: Patience): Promise<void> {
    const { clock } = this.#options;
    await (stop === undefined ? clock.sleep(seconds * 1000) : stop.orAfter(clock, seconds * 1000));
  }

  async #send({ path, ...call }: { readonly path: string } & Pick<GraphCall, "method" | "headers" | "body">) {
    const { graphUrl, token, clock } = this.#options;
    const bearer = await token();
    this.sent[call.method === "GET" ? "reads" : "writes"] += 1;
    return callGraph({
      ...call,
      url: graphBase(graphUrl) + path,
      token: bearer.reveal(),
      clientRequestId: clock.newId(),
      timeoutMs: ONE_REQUEST_MS,
    });
  }
}

/** @throws Fault */
function objectIn(answer: GraphAnswer): JsonObject {
  if (answer.status < 200 || answer.status >= 300) throw translateGraphError(answer);
  const value = answer.body.kind === "json" ? (answer.body.value as Json) : undefined;
  if (isJsonObject(value)) return value;
  throw new Fault("graph-unreadable", "Graph's answer is not a policy.", { status: answer.status });
}

/** What is read is always JSON: half of it is a connection that broke. */
const isCutOff = ({ status, body }: GraphAnswer): boolean => status === 200 && body.kind !== "json";

/** Whether the same may be asked again a while later. */
export const isBusy = ({ status }: GraphAnswer): boolean => BUSY.includes(status);
