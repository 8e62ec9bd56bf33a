import { parsePolicy } from "../policy/parse-policy.js";
import type { Ports, Rules } from "../ports.js";
import type { Baseline } from "./baseline.js";
import { assessDrift } from "./describe-drift.js";
import type { Drift } from "./drift.js";
import { driftDetail, driftEntry } from "./drift-entry.js";
import { findWriters } from "./find-writers.js";

/** How long the directory audit log may lag: so long it may yet name another writer. */
const AUDIT_LAG_MS = 1_800_000;
/** After this long a log that names no writer will not. */
const GIVEN_UP_AFTER_MS = 86_400_000;

/**
 * What could not be told when the drift was found: who it was, since the audit log lags, and what it means for people.
 * @returns the drift with what is known now; as it was when nothing new is, or another process changed it meanwhile
 */
export async function learnMore(ports: Ports, rules: Rules, baseline: Baseline, open: Drift): Promise<Drift> {
  const writers = mayNameMore(ports, open) ? await findWriters(ports, baseline) : open.writers;
  const sides = { before: parsePolicy(open.difference.before), after: parsePolicy(open.difference.after) };
  const meaning = open.meaning.kind === "assessed" ? open.meaning : await assessDrift(ports, rules, sides);
  const namesMore = writers.length >= open.writers.length && readable(writers) > readable(open.writers);
  const hasMore = namesMore || writers.length > open.writers.length;
  if (!hasMore && meaning.kind === open.meaning.kind) return open;
  const next: Drift = { ...open, meaning, writers: hasMore ? writers : open.writers };
  const about = { at: ports.clock.now().toISOString(), detail: driftDetail(next) };
  const stored = await ports.watch.replaceDrift(next, [driftEntry(next, "drift-changed", about)]);
  return stored ?? open;
}

function mayNameMore({ clock }: Pick<Ports, "clock">, { readAt, writers }: Drift): boolean {
  const age = clock.now().getTime() - Date.parse(readAt);
  return age < (writers.length === 0 ? GIVEN_UP_AFTER_MS : AUDIT_LAG_MS);
}

function readable(writers: Drift["writers"]): number {
  return writers.filter(({ isUnread }) => isUnread !== true).length;
}
