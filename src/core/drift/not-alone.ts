import { whyNotApprover } from "../access/standing.js";
import type { PersonId } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Drift, DriftAcceptance, LoggedWrite } from "./drift.js";
import type { DecidableDrift } from "./find-drift.js";
import { writersSince } from "./find-writers.js";

/** Whether a person can accept a drift: alone, not at all, or only together with another approver. */
export type Standing =
  | { readonly kind: "alone" }
  /** The directory audit log names this person as a writer. */
  | { readonly kind: "writer" }
  /** The log does not say who it was, so it may have been this person. `with`: approvers who accept it already. */
  | { readonly kind: "together"; readonly with: readonly DriftAcceptance[] };

/**
 * Who changed the policy elsewhere does not decide on it alone: the log is read anew at the press, since it lags by
 * minutes. While it does not name every writer, or cannot be read, two approvers accept: one of them at least is not
 * who wrote.
 * @throws Fault when the standing cannot be read
 */
export async function standingToAccept(
  ports: Pick<Ports, "tenant" | "directory" | "plans" | "log">,
  rules: Rules,
  { drift, baseline }: Pick<DecidableDrift, "drift" | "baseline">,
  person: PersonId,
): Promise<Standing> {
  if (rules.allowSelfApproval) return { kind: "alone" };
  // When the policy was last seen to be like the baseline is on record with the drift, and not with the baseline.
  const now = await writersSince(ports, { ...baseline, seenAt: drift.unchangedAt });
  const writers = [...drift.writers, ...(now ?? [])];
  if (isWriter(person, writers)) return { kind: "writer" };
  // What could not be read when the drift was found may be readable by now.
  const isSure = now?.every(isNamed) === true && drift.writers.every(isNamedOrUnread);
  if (isSure && writers.length > 0) return { kind: "alone" };
  const others = acceptancesOf(drift).filter(({ by }) => by.id !== person && !isWriter(by.id, writers));
  const refused = await Promise.all(others.map(({ by }) => whyNotApprover(ports, rules, by.id)));
  return { kind: "together", with: others.filter((_, at) => refused[at] === undefined) };
}

/** Acceptances of what is shown: the policy may have moved on since an earlier one. */
export function acceptancesOf({
  acceptances = [],
  revision,
}: Pick<Drift, "acceptances" | "revision">): readonly DriftAcceptance[] {
  return acceptances.filter((acceptance) => acceptance.revision === revision);
}

function isNamed({ id, isApp }: LoggedWrite): boolean {
  return id !== undefined || isApp === true;
}

function isNamedOrUnread(write: LoggedWrite): boolean {
  return isNamed(write) || write.isUnread === true;
}

function isWriter(person: PersonId, writers: readonly LoggedWrite[]): boolean {
  return writers.some(({ id }) => id === person);
}
