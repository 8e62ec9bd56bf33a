import { Fault } from "../core/errors.js";
import { canonicalJson, type JsonObject } from "../core/json.js";
import type { FactId } from "../facts/facts.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import { isBusy, type LabGraph, type Patience } from "./lab-graph.js";
import {
  type Ask,
  type Context,
  type Finding,
  unsettled,
  type WriteAnswer,
  type WriteQuestion,
} from "./question.js";
import { ORDINARY } from "./questions/questions.js";
import { codeOf, writeAnswer } from "./write-answer.js";

const ATTEMPTS = 3;
const THROTTLED = 429;
const REQUEST_TIMEOUT = 408;
const NO_RIGHT: readonly number[] = [401, 403];

/** An answer after which nothing was written for sure. */
const isNo = ({ status }: GraphAnswer): boolean =>
  status >= 400 && status < 500 && status !== REQUEST_TIMEOUT;

/** Asks questions one after the other, each of the policy that the one before left. */
export class Writes {
  /** Whether Graph took a write, or may have: from then on there is something to put back. */
  mayHaveWritten = false;
  /** Whether Graph took one, which its audit log then names. */
  isTaken = false;
  readonly #graph: LabGraph;
  readonly #context: Context;
  readonly #patience: Patience;
  #now: JsonObject;
  /** Why no further write is to be sent. */
  #ended: string | undefined;

  constructor(graph: LabGraph, context: Context, patience: Patience) {
    this.#graph = graph;
    this.#context = context;
    this.#patience = patience;
    this.#now = context.saved;
  }

  /** The policy as it was read last. */
  get now(): JsonObject {
    return this.#now;
  }

  /** The policy was put back: the next question begins from there. */
  startAnew(): void {
    this.mayHaveWritten = false;
    this.#now = this.#context.saved;
  }

  /** @throws Fault when it cannot be read what came of a write */
  async ask(id: FactId, question: WriteQuestion): Promise<Finding> {
    const why = this.#ended ?? question.unfit(this.#context);
    if (why !== undefined) return unsettled(why);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (this.#patience.stop?.isAsked) return unsettled("the lab was stopped before");
      const asked = question.ask(this.#now, this.#context);
      if (asked.kind !== "ask") return asked;
      const before = this.#now;
      const answer = await this.#send(asked);
      const written = await this.#whatCame(answer, before);
      if (written !== "again") {
        if (id === ORDINARY && written.kind === "refused")
          this.#ended = `Graph refused an ordinary write (${written.status} ${written.code}), so its other refusals say nothing`;
        if (written.kind === "unsettled") return written;
        return question.see({ answer: written, sent: asked.body, before, after: this.#now }, this.#context);
      }
      await this.#graph.pauseAfter(answer, attempt, this.#patience);
    }
    return unsettled(`Graph was busy or away each of ${ATTEMPTS} times`);
  }

  async #send({ body, headers }: Ask): Promise<GraphAnswer | undefined> {
    const before = this.mayHaveWritten;
    // It may be taken although no answer comes.
    this.mayHaveWritten = true;
    try {
      const answer = await this.#graph.patch(body, headers);
      if (isNo(answer)) this.mayHaveWritten = before;
      return answer;
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  }

  /** What an answer says, with the policy read where it may have changed; `again`: nothing happened, for now. */
  async #whatCame(
    answer: GraphAnswer | undefined,
    before: JsonObject,
  ): Promise<WriteAnswer | ReturnType<typeof unsettled> | "again"> {
    if (answer?.status === THROTTLED) return "again";
    if (answer === undefined || isBusy(answer)) {
      if (!(await this.#readChange(before))) return "again";
      return { kind: "accepted", ...(answer === undefined ? {} : { status: answer.status }) };
    }
    const read = writeAnswer(answer);
    if (read?.kind === "accepted") {
      this.isTaken = true;
      const isSeen = await this.#readChange(before);
      if (!isSeen && this.#patience.stop?.isAsked)
        return unsettled("the lab was stopped before it could show");
    }
    if (read !== undefined) return read;
    const why = `Graph answered ${answer.status} ${codeOf(answer)}`;
    if (NO_RIGHT.includes(answer.status)) this.#ended = `${why} to a write before, so none was sent any more`;
    return unsettled(why);
  }

  /** Reads until something changed, or for as long as a change may take to show. */
  async #readChange(before: JsonObject): Promise<boolean> {
    const old = canonicalJson(before);
    const differs = (policy: JsonObject) => canonicalJson(policy) !== old;
    this.#now = await this.#graph.readUntil(differs, this.#patience);
    return differs(this.#now);
  }
}
