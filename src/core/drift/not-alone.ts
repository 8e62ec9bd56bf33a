import { whyNotApprover } from "../access/standing.js";
import type { PersonId } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Drift, DriftAcceptance, LoggedWrite } from "./drift.js";
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
 * minutes. While it names no writer, two approvers accept: one of them at least is not who wrote.
 * @throws Fault when store or standing cannot be read; a log that cannot be read names no writer
 */
export async function standingToAccept(
  ports: Pick<Ports, "tenant" | "watch" | "directory" | "log">,
  rules: Rules,
  drift: Drift,
  person: PersonId,
): Promise<Standing> {
  if (rules.allowSelfApproval) return { kind: "alone" };
  const baseline = await ports.watch.baseline(rules.tenantId);
  const now = baseline === undefined ? [] : ((await writersSince(ports, baseline)) ?? []);
  const writers = [...drift.writers, ...now];
  if (writers.some(({ id }) => id === person)) return { kind: "writer" };
  if (writers.length > 0 && writers.every(isNamed)) return { kind: "alone" };
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

function isWriter(person: PersonId, writers: readonly LoggedWrite[]): boolean {
  return writers.some(({ id }) => id === person);
}
