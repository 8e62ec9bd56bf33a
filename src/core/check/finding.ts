/**
 * How one thing stands that a working installation takes. `missing` stops something from working; `attention` will, or
 * should be looked at; `not-checked` says why it could not be told.
 */
type FindingState = "works" | "attention" | "missing" | "not-needed" | "not-checked";

export interface Finding {
  /** The same in every run, for scripts: `permission:User.Read.All`. */
  readonly id: string;
  readonly title: string;
  readonly state: FindingState;
  /** What was found, a sentence. */
  readonly found: string;
  /** What mends it: one sentence with a command, a variable or where to go. */
  readonly mend?: string;
  /** Where that is done. */
  readonly link?: string;
}

/** What a finding is about; the states below fill in the rest. */
interface Subject {
  readonly id: string;
  readonly title: string;
}
interface Mend {
  readonly mend: string;
  readonly link?: string | undefined;
}

export function works({ id, title }: Subject, found: string): Finding {
  return { id, title, state: "works", found };
}

export function missing({ id, title }: Subject, found: string, { mend, link }: Mend): Finding {
  return { id, title, state: "missing", found, mend, ...(link === undefined ? {} : { link }) };
}

export function attention({ id, title }: Subject, found: string, { mend, link }: Mend): Finding {
  return { id, title, state: "attention", found, mend, ...(link === undefined ? {} : { link }) };
}

export function notNeeded({ id, title }: Subject, found: string): Finding {
  return { id, title, state: "not-needed", found };
}

export function notChecked({ id, title }: Subject, found: string): Finding {
  return { id, title, state: "not-checked", found };
}
