import { whyNotApprover } from "../access/standing.js";
import type { Shown } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { BaselineDraft } from "./baseline.js";
import { type Drift, moveDrift } from "./drift.js";
import { baselineDetail, driftEntry } from "./drift-entry.js";
import { findOpenDrift } from "./find-drift.js";

/** A pressed button of a drift's card. The person is the verified sender, never what the payload says. */
export interface DriftClick extends Shown {
  readonly driftNumber: number;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** The drift as it ended. */
export interface DriftAccepted {
  readonly kind: "drift-accepted";
  readonly drift: Drift;
}

/** How often storing is tried when another writer was first. */
const ATTEMPTS = 3;

/**
 * An approver takes the policy of the shown revision, and not the one that is there by now, as what it is compared with
 * from now on. @param reason in their words
 * @returns the drift as it ended, or why it did not
 * @throws Fault when standing or store cannot be read: nothing was accepted then
 */
export async function acceptDrift(
  ports: Ports,
  rules: Rules,
  click: DriftClick,
  reason: string,
): Promise<Refusal | DriftAccepted> {
  const { driftNumber, person } = click;
  for (let attempt = 1; ; attempt += 1) {
    const drift = await findOpenDrift(ports, rules, click);
    if ("kind" in drift) return drift;
    await ports.replicas.lookAtRules();
    const standing = await whyNotApprover(ports, rules, person.id);
    if (standing) return standing;
    if (reason.trim() === "") return refuse({ code: "reason-missing", driftNumber });
    const stored = await store(ports, drift, click, reason.trim());
    if (stored !== undefined) return { kind: "drift-accepted", drift: stored };
    // Another process changed it meanwhile. If that was only the name of who wrote, what was shown is the same.
    if (attempt === ATTEMPTS) return refuse({ code: "stale-drift", driftNumber, revision: drift.revision });
  }
}

async function store(
  ports: Ports,
  drift: Drift,
  { person: by, conversation }: DriftClick,
  reason: string,
): Promise<Drift | undefined> {
  const at = ports.clock.now().toISOString();
  const { tenantId, number: driftNumber, readAt } = drift;
  const accepted = moveDrift(drift, { kind: "accepted", by, at, reason });
  const baseline: BaselineDraft = {
    tenantId,
    policy: drift.difference.after,
    at,
    seenAt: readAt,
    source: { kind: "accepted", driftNumber, by, reason },
  };
  const about = { at, by, conversation };
  const stored = await ports.watch.replaceDrift(
    accepted,
    [
      driftEntry(accepted, "drift-accepted", { ...about, detail: { reason } }),
      driftEntry(accepted, "baseline-set", { ...about, detail: baselineDetail(baseline) }),
    ],
    baseline,
  );
  if (stored === undefined) return undefined;
  ports.log.info("drift-accepted", { drift: driftNumber, revision: stored.revision, by: by.id });
  await ports.announcer.driftChanged(stored);
  return stored;
}
