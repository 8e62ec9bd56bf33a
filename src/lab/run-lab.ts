import type { Stop } from "../async/stop.js";
import { Fault } from "../core/errors.js";
import type { Json, JsonObject } from "../core/json.js";
import { isJsonObject } from "../core/json.js";
import { hasProfiles } from "../core/policy/comparable-policy.js";
import { demandNothingHidden } from "../core/policy/hidden-values.js";
import { parsePolicy } from "../core/policy/parse-policy.js";
import { type FactId, knownFact } from "../facts/facts.js";
import type { GraphAnswer } from "../graph/graph-http.js";
import { Writes } from "./ask-write.js";
import type { Journal } from "./journal.js";
import type { LabClock, LabGraph, Patience } from "./lab-graph.js";
import { type PutBack, putBack } from "./put-back.js";
import {
  type Allowed,
  type AuditQuestion,
  type Context,
  type Finding,
  type Question,
  unsettled,
} from "./question.js";
import { ALL_QUESTIONS } from "./questions/questions.js";
import type { LabReport } from "./report.js";
import { guardTenant, PEOPLE_AT_MOST } from "./tenant-guard.js";
import { codeOf } from "./write-answer.js";

export interface LabPorts {
  readonly graph: LabGraph;
  readonly journal: Journal;
  readonly clock: LabClock;
  readonly stop: Stop;
  /** To the person who runs it, one line. */
  say(line: string): void;
  confirm(question: string): Promise<boolean>;
}

export interface LabOptions {
  readonly tenantId: string;
  readonly graphUrl: string;
  readonly cloud: string;
  readonly tenantName: string | undefined;
  readonly isDry: boolean;
  readonly allowed: Allowed;
  /** How long the audit log is waited for. */
  readonly auditWaitMinutes: number;
}

export type LabOutcome =
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "told" }
  | { readonly kind: "ran"; readonly report: LabReport };

const ATTEMPTS = 4;

/**
 * Asks the tenant every question that can be asked there, and puts the policy back in any case.
 * @throws Fault when not even the policy can be read: nothing was written then
 */
export async function runLab(ports: LabPorts, options: LabOptions): Promise<LabOutcome> {
  const { graph, journal, clock, stop } = ports;
  const patience: Patience = { attempts: ATTEMPTS, stop };
  const guard = await guardTenant(graph, patience, options.tenantName);
  if (guard.kind === "refused") return guard;
  const { plain, whole } = await graph.findPolicy(patience);
  demandNothingHidden(whole);
  parsePolicy(whole);
  const run = new Run(ports, options, whole, patience);
  if (options.isDry) {
    run.tell();
    return { kind: "told" };
  }
  const isAgreed = await ports.confirm(
    `The lab will write this tenant's passkey policy about ${run.writesAhead} times and put it back. People who sign in with a passkey meanwhile may meet a policy that is not yours. No other person may change the policy until it is done.`,
  );
  if (!isAgreed || stop.isAsked) return { kind: "refused", why: "Nothing was written." };
  const startedAt = clock.now().toISOString();
  const { tenantId, graphUrl } = options;
  await journal.write({ tenantId, graphUrl, startedAt, policy: whole });
  const policy = await run.ask(plain);
  if (policy.kind !== "not-back") await journal.remove();
  await run.readAudit(startedAt);
  return {
    kind: "ran",
    report: {
      format: 1,
      startedAt,
      endedAt: clock.now().toISOString(),
      cloud: options.cloud,
      shape: hasProfiles(whole) ? "profiles" : "legacy",
      people:
        guard.people === undefined ? "unknown" : guard.people > PEOPLE_AT_MOST ? "more than 50" : "up to 50",
      ...run.end,
      policy,
      requests: { ...graph.sent },
      facts: run.facts,
    },
  };
}

const AUDIT_EVERY_SECONDS = 30;

class Run {
  readonly #ports: LabPorts;
  readonly #options: LabOptions;
  readonly #patience: Patience;
  readonly #findings = new Map<FactId, Finding>();
  readonly #answers = new Map<string, GraphAnswer>();
  readonly #context: Context;
  readonly #writes: Writes;
  #trouble: string | undefined;

  constructor(ports: LabPorts, options: LabOptions, saved: JsonObject, patience: Patience) {
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
  async ask(plain: JsonObject): Promise<PutBack | { readonly kind: "not-written" }> {
    const { graph } = this.#ports;
    const { saved } = this.#context;
    await this.#guarded(async () => {
      await this.#readAll(plain);
      await this.#writeAll((question) => !question.isLast);
    });
    if (!this.#writes.isSent) return { kind: "not-written" };
    this.#ports.say("Putting the policy back.");
    const first = await putBack(graph, saved);
    if (first.kind === "not-back" || this.#trouble !== undefined) return first;
    this.#writes.startAnew();
    this.#writes.isSent = false;
    await this.#guarded(() => this.#writeAll((question) => question.isLast === true));
    return this.#writes.isSent ? putBack(graph, saved) : first;
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

  async #read({ path, see }: Extract<Question, { kind: "read" }>): Promise<Finding> {
    try {
      const answer = this.#answers.get(path) ?? (await this.#ports.graph.get(path, this.#patience));
      this.#answers.set(path, answer);
      return see(answer, this.#context);
    } catch (error) {
      if (error instanceof Fault) return unsettled("Graph gave no answer");
      throw error;
    }
  }

  async #writeAll(isMeant: (question: Extract<Question, { kind: "write" }>) => boolean): Promise<void> {
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
    const entry = await this.#auditEntry(since);
    for (const [fact, question] of questions)
      this.#found(fact, typeof entry === "string" ? unsettled(entry) : question.see(entry));
  }

  /** The newest entry about the policy, or why there is none. */
  async #auditEntry(since: string): Promise<JsonObject | string> {
    const { graph, clock, stop, say } = this.#ports;
    if (!this.#writes.isTaken) return "nothing was written";
    const until = clock.now().getTime() + this.#options.auditWaitMinutes * 60_000;
    const filter = `startswith(activityDisplayName,'Authentication Methods Policy') and activityDateTime ge ${since}`;
    const path = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=50`;
    for (let attempt = 1; ; attempt += 1) {
      let answer: GraphAnswer;
      try {
        answer = await graph.get(path, this.#patience);
      } catch (error) {
        if (error instanceof Fault) return "Graph gave no answer";
        throw error;
      }
      if (answer.status !== 200) return `Graph answered ${answer.status} ${codeOf(answer)}`;
      const [newest] = entriesIn(answer);
      if (newest !== undefined) return newest;
      if (stop.isAsked || clock.now().getTime() >= until)
        return `the audit log had no entry of it after ${this.#options.auditWaitMinutes} minutes`;
      if (attempt === 1) say("Everything is in place. Waiting for the audit log; Ctrl-C ends the wait.");
      await stop.orAfter(clock, AUDIT_EVERY_SECONDS * 1000);
    }
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

function entriesIn({ body }: GraphAnswer): readonly JsonObject[] {
  const value = body.kind === "json" ? (body.value as Json) : undefined;
  const rows = isJsonObject(value) && Array.isArray(value.value) ? value.value : [];
  return rows.filter((row: Json): row is JsonObject => isJsonObject(row));
}
