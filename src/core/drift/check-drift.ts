import type { Instant } from "../person.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import type { Baseline } from "./baseline.js";
import { describeDrift } from "./describe-drift.js";
import { type Drift, type DriftDraft, moveDrift } from "./drift.js";
import { baselineDetail, driftDetail, driftEntry, unnumberedEntry } from "./drift-entry.js";
import { findWriters } from "./find-writers.js";
import { learnMore } from "./learn-more.js";
import { isSame, readSteady } from "./read-steady.js";
import type { AlteredWatch } from "./recorded/watch-trail.js";

/** What comparing the policy with its baseline came to. */
export type DriftCheck =
  /** A plan is being applied, or its outcome is unknown: what it writes is no drift. */
  | { readonly kind: "waits"; readonly planNumber: number }
  | { readonly kind: "as-baseline"; readonly baseline: Baseline }
  | { readonly kind: "drift"; readonly drift: Drift }
  /** The policy, or what it is compared with, changed during the check: the next one knows more. */
  | { readonly kind: "unsteady" }
  /** What is compared with, or the open drift, is not what was recorded: nothing is compared. */
  | AlteredWatch;

/**
 * Compares the policy with the last state that was applied or accepted; the first policy read where there is none.
 * A difference that two readings confirm is stored, recorded and shown.
 * @throws Fault when the policy or the store cannot be read; the baseline stays as it was
 */
export async function checkDrift(ports: Ports, rules: Rules): Promise<DriftCheck> {
  const { watch } = ports;
  const plans = await ports.plans.open(rules.tenantId);
  const unsettled = plans.find(({ state }) => state.kind === "applying" || state.kind === "unknown");
  if (unsettled !== undefined) return { kind: "waits", planNumber: unsettled.number };
  const watched = await watch.recorded(rules.tenantId);
  if (watched.kind === "altered") return watched;
  const { baseline, drift: open } = watched;
  const readAt = ports.clock.now().toISOString();
  const policy = parsePolicy(await ports.tenant.readPolicy());
  if (baseline === undefined) return beginWatch(ports, rules, { policy, readAt });

  const check = { baseline, open, policy, readAt };
  if (open === undefined && isLikeBaseline(check)) return asBaseline(ports, check);
  if (open !== undefined && isKnown(open, check)) return stillOpen(ports, rules, check, open);

  const steady = await readSteady(ports, policy, baseline);
  if (steady === undefined) return { kind: "unsteady" };
  const confirmed = { ...check, policy: steady, readAt: ports.clock.now().toISOString() };
  if (isLikeBaseline(confirmed))
    return open === undefined ? asBaseline(ports, confirmed) : endDrift(ports, confirmed, open);
  if (open !== undefined && isKnown(open, confirmed)) return stillOpen(ports, rules, confirmed, open);
  return storeDrift(ports, rules, confirmed);
}

/** What one check compares. */
interface Check {
  readonly baseline: Baseline;
  readonly open: Drift | undefined;
  readonly policy: Policy;
  readonly readAt: Instant;
}

function isLikeBaseline({ baseline, policy }: Check): boolean {
  return isSame(parsePolicy(baseline.policy), policy);
}

/** Whether the open drift says all there is to say of the policy. */
function isKnown(open: Drift, { baseline, policy }: Check): boolean {
  return open.baseline.version === baseline.version && isSame(parsePolicy(open.difference.after), policy);
}

async function beginWatch(
  ports: Ports,
  { tenantId }: Rules,
  { policy, readAt }: Pick<Check, "policy" | "readAt">,
): Promise<DriftCheck> {
  const source = { kind: "first-read" } as const;
  const draft = { tenantId, policy: policy.raw, at: readAt, seenAt: readAt, source };
  const baseline = await ports.watch.setFirst(draft, {
    tenantId,
    at: readAt,
    event: "baseline-set",
    detail: baselineDetail(draft),
  });
  if (baseline === undefined) return { kind: "unsteady" };
  ports.log.info("baseline-set", { source: source.kind });
  return { kind: "as-baseline", baseline };
}

async function asBaseline(ports: Ports, { baseline, readAt }: Check): Promise<DriftCheck> {
  await ports.watch.sawBaseline(baseline, readAt);
  return { kind: "as-baseline", baseline: { ...baseline, seenAt: readAt } };
}

/** The policy is as its baseline again, without the bot. */
async function endDrift(ports: Ports, check: Check, open: Drift): Promise<DriftCheck> {
  const { baseline, readAt } = check;
  const rebased = { ...open, baseline: reference(baseline) };
  const over = moveDrift(rebased, { kind: "over", why: "back-as-it-was", at: readAt });
  const detail = { why: "back-as-it-was" };
  const stored = await ports.watch.replaceDrift(over, [
    driftEntry(over, "drift-over", { at: readAt, detail }),
  ]);
  if (stored === undefined) return { kind: "unsteady" };
  ports.log.info("drift-over", { drift: stored.number, ...detail });
  await ports.announcer.driftChanged(stored);
  return asBaseline(ports, check);
}

async function stillOpen(ports: Ports, rules: Rules, { baseline }: Check, open: Drift): Promise<DriftCheck> {
  const drift = await learnMore(ports, rules, baseline, open);
  // Known drift, too: a card that could not be posted the last time gets there.
  await ports.announcer.driftChanged(drift);
  return { kind: "drift", drift };
}

/** A new drift, or the next revision of the one that is open. */
async function storeDrift(ports: Ports, rules: Rules, check: Check): Promise<DriftCheck> {
  const { baseline, open, policy, readAt } = check;
  const described = await describeDrift(ports, rules, {
    before: parsePolicy(baseline.policy),
    after: policy,
  });
  const found: DriftDraft = {
    tenantId: rules.tenantId,
    revision: (open?.revision ?? 0) + 1,
    baseline: reference(baseline),
    ...described,
    unchangedAt: baseline.seenAt,
    foundAt: open?.foundAt ?? readAt,
    readAt,
    writers: await findWriters(ports, baseline),
    state: { kind: "open" },
  };
  const at = ports.clock.now().toISOString();
  const about = { at, detail: driftDetail(found) };
  const drift =
    open === undefined
      ? await ports.watch.beginDrift(found, unnumberedEntry(found, "drift-found", about))
      : await ports.watch.replaceDrift({ ...open, ...found }, [
          driftEntry({ ...open, ...found }, "drift-changed", about),
        ]);
  if (drift === undefined) return { kind: "unsteady" };
  ports.log.warn(open === undefined ? "drift-found" : "drift-changed", {
    drift: drift.number,
    revision: drift.revision,
    settings: drift.difference.changes.length,
  });
  await ports.announcer.driftChanged(drift);
  return { kind: "drift", drift };
}

function reference({ version, at, source }: Baseline): Drift["baseline"] {
  return { version, at, source };
}
