import { whyNotApprover } from "../access/standing.js";
import type { Shown } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { BaselineDraft } from "./baseline.js";
import { type Drift, type DriftAcceptance, moveDrift } from "./drift.js";
import { baselineDetail, driftEntry } from "./drift-entry.js";
import { findOpenDrift } from "./find-drift.js";
import { acceptancesOf, standingToAccept } from "./not-alone.js";

/** A pressed button of a drift's card. The person is the verified sender, never what the payload says. */
export interface DriftClick extends Shown {
  readonly driftNumber: number;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** The drift as it ended, or with the first of two acceptances. */
export interface DriftAccepted {
  readonly kind: "drift-accepted" | "drift-accepted-by-one";
  readonly drift: Drift;
}

/** How often storing is tried when another writer was first. */
const ATTEMPTS = 3;

/**
 * An approver takes the policy of the shown revision, and not the one that is there by now, as what it is compared with
 * from now on. Who changed it elsewhere does not accept it; while that is not known, two approvers do.
 * @param reason in their words
 * @returns the drift as it ended, or is now, or why nothing came of the press
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
    const found = await findOpenDrift(ports, rules, click);
    if (found.kind === "refusal") return found;
    const { drift } = found;
    await ports.replicas.lookAtRules();
    const standing = await whyNotApprover(ports, rules, person.id);
    if (standing) return standing;
    if (reason.trim() === "") return refuse({ code: "reason-missing", driftNumber });
    const may = await standingToAccept(ports, rules, found, person.id);
    if (may.kind === "writer") return refuse({ code: "own-drift", driftNumber });
    const isFirst = may.kind === "together" && may.with.length === 0;
    if (isFirst && acceptancesOf(drift).some(({ by }) => by.id === person.id))
      return refuse({ code: "drift-needs-another", driftNumber });
    const others = may.kind === "together" ? may.with : [];
    const stored = isFirst
      ? await storeFirst(ports, drift, click, reason.trim())
      : await store(ports, drift, { ...click, others }, reason.trim());
    const kind = isFirst ? "drift-accepted-by-one" : "drift-accepted";
    if (stored !== undefined) return { kind, drift: stored };
    // Another process changed it meanwhile. If that was only the name of who wrote, what was shown is the same.
    if (attempt === ATTEMPTS) return refuse({ code: "stale-drift", driftNumber, revision: drift.revision });
  }
}

/** One word is kept, and the drift stays open for another approver's. */
async function storeFirst(
  ports: Ports,
  drift: Drift,
  { person: by, conversation }: DriftClick,
  reason: string,
): Promise<Drift | undefined> {
  const at = ports.clock.now().toISOString();
  const { revision } = drift;
  const next: Drift = { ...drift, acceptances: [...acceptancesOf(drift), { by, at, reason, revision }] };
  const about = { at, by, conversation, detail: { reason } };
  const stored = await ports.watch.replaceDrift(next, [driftEntry(next, "drift-accepted-by-one", about)]);
  if (stored === undefined) return undefined;
  ports.log.info("drift-accepted-by-one", { drift: drift.number, revision, by: by.id });
  await ports.announcer.driftChanged(stored);
  return stored;
}

async function store(
  ports: Ports,
  drift: Drift,
  { person: by, conversation, others }: DriftClick & { readonly others: readonly DriftAcceptance[] },
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
      driftEntry(accepted, "drift-accepted", { ...about, detail: { reason, ...withDetail(others) } }),
      driftEntry(accepted, "baseline-set", { ...about, detail: baselineDetail(baseline) }),
    ],
    baseline,
  );
  if (stored === undefined) return undefined;
  ports.log.info("drift-accepted", { drift: driftNumber, revision: stored.revision, by: by.id });
  await ports.announcer.driftChanged(stored);
  return stored;
}

function withDetail(others: readonly DriftAcceptance[]): JsonObject {
  return others.length === 0 ? {} : { with: others.map(({ by, at }) => ({ id: by.id, at })) };
}
