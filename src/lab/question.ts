import type { JsonObject } from "../core/json.js";
import type { FactId } from "../facts/facts.js";
import type { GraphAnswer } from "../graph/graph-http.js";

/** What came of a question. */
export type Finding =
  /** `evidence` says what Graph did, without an id or a name of anything in the tenant. */
  { readonly kind: "settled"; readonly reading: string; readonly evidence: string } | Unsettled;

/** Not settled in this tenant, and why. */
export interface Unsettled {
  readonly kind: "unsettled";
  readonly why: string;
}

export const settled = (reading: string, evidence: string): Finding => ({
  kind: "settled",
  reading,
  evidence,
});
export const unsettled = (why: string): Unsettled => ({ kind: "unsettled", why });

/** What Graph said to a write; everything else (rights, throttling, faults) says nothing about the question. */
export type WriteAnswer =
  /** Without a status: no answer came, and it was read back nevertheless. */
  | { readonly kind: "accepted"; readonly status?: number }
  | { readonly kind: "refused"; readonly status: number; readonly code: string };

/** What the person who runs the lab allows though it cannot be put back. */
export interface Allowed {
  /** A first enable, which may move the tenant to profiles for good. */
  readonly migration: boolean;
  /** A new profile where it is not known that Graph deletes one. */
  readonly leftover: boolean;
}

/** What is known while a question is asked. */
export interface Context {
  /** The policy as it was found. */
  readonly saved: JsonObject;
  readonly allowed: Allowed;
  finding(id: FactId): Finding | undefined;
  /** What Graph answered to a read of this run, by its path. */
  answer(path: string): GraphAnswer | undefined;
}

/** One write, as it is sent. */
export interface Ask {
  readonly kind: "ask";
  readonly body: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}
export const ask = (body: JsonObject, headers?: Ask["headers"]): Ask => ({
  kind: "ask",
  body,
  ...(headers === undefined ? {} : { headers }),
});

/** A write and what was read after it; a refused write changed nothing. */
export interface Written {
  readonly answer: WriteAnswer;
  readonly sent: JsonObject;
  readonly before: JsonObject;
  readonly after: JsonObject;
}

interface Told {
  /** What is sent, for a person who wants to know before. */
  readonly asks: string;
}

/** Answered by the policy as it was found: no request of its own. */
export interface SeenQuestion extends Told {
  readonly kind: "seen";
  /**
   * @param plain the policy as a plain GET has it
   * @param whole the same, expanded where that is needed
   */
  see(plain: JsonObject, whole: JsonObject): Finding;
}

/** One GET. Questions with the same path share it. */
export interface ReadQuestion extends Told {
  readonly kind: "read";
  /** From the version on, encoded. */
  readonly path: string;
  see(answer: GraphAnswer, context: Context): Finding;
}

/** One PATCH of the policy, and reading it back. */
export interface WriteQuestion extends Told {
  readonly kind: "write";
  /** Why it is not to be asked in this tenant; undefined: it is. */
  unfit(context: Context): string | undefined;
  /** The write; or the finding, where what was found before says it already. */
  ask(now: JsonObject, context: Context): Ask | Finding;
  see(written: Written, context: Context): Finding;
  /** Asked when all else is put back, because what it does may be for good. */
  readonly isLast?: true;
}

/** Answered by the entry that the audit log gets of the lab's own writes. */
export interface AuditQuestion extends Told {
  readonly kind: "audit";
  see(entry: JsonObject): Finding;
}

export type Question = SeenQuestion | ReadQuestion | WriteQuestion | AuditQuestion;
