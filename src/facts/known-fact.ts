/** How sure it is. */
export type Standing =
  /** By `npm run lab`, on a tenant. */
  | "settled"
  /** Microsoft's text says so. */
  | "documented"
  /** In other tools, issues or captures; weaker than a text. */
  | "seen"
  /** No public source says it; the value is a guess on the careful side. */
  | "assumed";

/** One thing about Graph on which Latchkey must not guess. */
export interface KnownFact {
  readonly question: string;
  /** Each answer there is, and what it means. */
  readonly readings: Readonly<Record<string, string>>;
  /** One of them: what the simulated Graph does unless told otherwise. */
  readonly value: string;
  readonly standing: Standing;
  /** On what it rests: an address, an issue with a report of the lab, or in a few words where it was seen. */
  readonly source: string;
  /** Of the source: year, month, day. */
  readonly date: string;
}
