import type { Together } from "../schema.js";

const waiting = new WeakMap<Together, (() => void)[]>();

/** Does it once the transaction is stored for good, and never when it is undone, or when that is not known. */
export function afterCommit(statements: Together, work: () => void): void {
  const before = waiting.get(statements);
  if (before === undefined) waiting.set(statements, [work]);
  else before.push(work);
}

/** For the database, when the transaction was stored. */
export function committed(statements: Together): void {
  for (const work of waiting.get(statements) ?? []) work();
}
