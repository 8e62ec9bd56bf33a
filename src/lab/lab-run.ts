import type { Stop } from "../async/stop.js";
import { Fault } from "../core/errors.js";
import type { JsonObject } from "../core/json.js";
import { type FactId, knownFact } from "../facts/facts.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import { Writes } from "./ask-write.js";
import { auditEntry } from "./audit-entry.js";
import type { LabClock, LabGraph, Patience } from "./lab-graph.js";
import { type PutBack, putBack } from "./put-back.js";
import {
  type Allowed,
  type AuditQuestion,
  type Context,
  type Finding,
  type Question,
  type ReadQuestion,
  unsettled,
  type WriteQuestion,
} from "./question.js";
import { ALL_QUESTIONS } from "./questions/questions.js";
import type { LabReport } from "./report.js";

export interface RunPorts {
  readonly graph: LabGraph;
  readonly clock: LabClock;
  readonly stop: Stop;
  /** To the person who runs it, one line. */
  say(line: string): void;
}

export interface RunOptions {
  readonly allowed: Allowed;
  /** How long the audit log is waited for. */
  readonly auditWaitMinutes: number;
}

interface NotWritten {
  readonly kind: "not-written";
}

/** One run: the questions in their order, what came of each, and the policy put back. */
export class LabRun {
  readonly #ports: RunPorts;
  readonly #options: RunOptions;
  readonly #patience: Patience;
  readonly #findings = new Map<FactId, Finding>();
  readonly #answers = new Map<string, GraphAnswer>();
  readonly #context: Context;
  readonly #writes: Writes;
  #trouble: string | undefined;

  constructor(ports: RunPorts, options: RunOptions, saved: JsonObject, patience: Patience) {
    this.#ports = ports;
    this.#options = options;
    this.#patience = patience;
    this.#context = {
      saved,
      allowed: options.allowed,
      finding: (id) => this.#findings.get(id),
      answer: (path) => this.#answers.get(path),
    };
    this.#writes = new Writes(ports.graph, this.#context, patience);
  }

  get end(): Pick<LabReport, "end" | "trouble"> {
    if (this.#trouble !== undefined) return { end: "broken-off", trouble: this.#trouble };
    return { end: this.#ports.stop.isAsked ? "stopped" : "complete" };
  }

  get facts(): LabReport["facts"] {
    return ALL_QUESTIONS.map(([fact, { asks: asked }]) => ({
      fact,
      question: knownFact(fact).question,
      asked,
      finding: this.#findings.get(fact) ?? unsettled(`not asked: ${this.#whyNotAsked()}`),
      assumed: knownFact(fact).value,
    }));
  }

  #whyNotAsked(): string {
    return this.#trouble === undefined ? "the lab was stopped before" : "the lab broke off before";
  }

  /** As many as would be sent if each were answered. */
  get writesAhead(): number {
    return ALL_QUESTIONS.filter(
      ([, each]) => each.kind === "write" && each.unfit(this.#context) === undefined,
    ).length;
  }

  /** Says what would be asked, and asks nothing. */
  tell(): void {
    for (const [fact, question] of ALL_QUESTIONS) {
      const why = question.kind === "write" ? question.unfit(this.#context) : undefined;
      const what = why === undefined ? `${requestWords(question)}: ${question.asks}` : `not asked: ${why}`;
      this.#ports.say(`${fact}: ${what}`);
    }
    this.#ports.say("At the end: PATCH of the policy as it was found, and GETs until it is that.");
  }

  /** Never throws: in any case the policy is put back. */
  async ask(plain: JsonObject): Promise<PutBack | NotWritten> {
    await this.#guarded(async () => {
      await this.#readAll(plain);
      await this.#writeAll((question) => !question.isLast);
    });
    const first = await this.#putBack();
    if (first.kind === "not-back" || this.#trouble !== undefined) return first;
    this.#writes.startAnew();
    await this.#guarded(() => this.#writeAll((question) => question.isLast === true));
    const last = await this.#putBack();
    return last.kind === "not-written" ? first : { ...first, ...last };
  }

  async #putBack(): Promise<PutBack | NotWritten> {
    if (!this.#writes.mayHaveWritten) return { kind: "not-written" };
    const { graph, say, stop } = this.#ports;
    say("Putting the policy back.");
    const isKnown = this.#trouble === undefined && !stop.isAsked;
    const known = isKnown ? { lastRead: this.#writes.now } : {};
    return putBack(graph, { saved: this.#context.saved, say, ...known });
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#trouble =
        error instanceof Fault ? `Graph could not be read (${error.code}).` : "a mistake of the lab's own.";
      this.#ports.say(`It breaks off: ${error.message}`);
    }
  }

  async #readAll(plain: JsonObject): Promise<void> {
    for (const [fact, question] of ALL_QUESTIONS) {
      if (this.#ports.stop.isAsked) return;
      if (question.kind === "seen") this.#found(fact, question.see(plain, this.#context.saved));
      if (question.kind === "read") this.#found(fact, await this.#read(question));
    }
  }

  async #read({ path, see }: ReadQuestion): Promise<Finding> {
    try {
      const answer = this.#answers.get(path) ?? (await this.#ports.graph.get(path, this.#patience));
      this.#answers.set(path, answer);
      return see(answer, this.#context);
    } catch (error) {
      if (error instanceof Fault) return unsettled("Graph gave no answer");
      throw error;
    }
  }

  async #writeAll(isMeant: (question: WriteQuestion) => boolean): Promise<void> {
    for (const [fact, question] of ALL_QUESTIONS) {
      if (question.kind !== "write" || !isMeant(question)) continue;
      if (this.#ports.stop.isAsked) return;
      this.#found(fact, await this.#writes.ask(fact, question));
    }
  }

  /** Looks for the entry of the lab's own writes, for as long as is allowed. Never throws. */
  async readAudit(since: string): Promise<void> {
    const questions = ALL_QUESTIONS.filter(
      (each): each is readonly [FactId, AuditQuestion] => each[1].kind === "audit",
    );
    const entry = this.#writes.isTaken
      ? await auditEntry(this.#ports, this.#patience, { since, waitMinutes: this.#options.auditWaitMinutes })
      : "nothing was written";
    for (const [fact, question] of questions)
      this.#found(fact, typeof entry === "string" ? unsettled(entry) : question.see(entry));
  }

  #found(fact: FactId, finding: Finding): void {
    this.#findings.set(fact, finding);
    const what =
      finding.kind === "settled" ? `${finding.reading} (${finding.evidence})` : `not settled, ${finding.why}`;
    this.#ports.say(`${fact}: ${what}`);
  }
}

function requestWords(question: Question): string {
  switch (question.kind) {
    case "write":
      return "PATCH of the policy, and GETs until it shows";
    case "read":
      return `GET ${decodeURIComponent(question.path)}`;
    case "audit":
      return "GET of the audit log";
    case "seen":
      return "GET of the policy";
  }
}
