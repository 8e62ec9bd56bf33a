import type { JsonObject } from "../../../json.js";
import type { Instant, PersonId } from "../../../person.js";
import type { PlanSummary } from "../../../plan/plan.js";
import { parsePolicy } from "../../../policy/parse-policy.js";
import type { Aaguid, PasskeyType, Policy } from "../../../policy/policy.js";
import { coversRules } from "../../../policy/restriction-rules.js";
import type { Ports, Rules } from "../../../ports.js";
import type { RegisteredPasskey } from "../../../scan/inventory.js";
import { obstaclesOf, ownTargets, type PersonsRules, rulesOnceLetIn } from "./obstacles.js";

/** What a change of the policy did to one person, by the groups and passkeys of today. */
export interface LateEffect {
  /** Models of theirs that no longer worked from then on, and that worked again. */
  readonly took: readonly Aaguid[];
  readonly gave: readonly Aaguid[];
  /** Passkeys were for them from then on, or no longer. Absent: that stayed. */
  readonly reach?: "came" | "went";
  /** Attestation was asked of them at registration from then on, or no longer. Absent: that stayed. */
  readonly attestation?: "came" | "went";
  /** Whether other kinds or models were let in for them than before. */
  readonly hasOtherRules: boolean;
}

/** A change of the policy that mattered to one person. */
export type LateChange = { readonly at: Instant; readonly effect: LateEffect } & (
  | { readonly by: "plan"; readonly plan: PlanSummary }
  /** Made outside Latchkey; with whom the audit log names. */
  | {
      readonly by: "drift";
      readonly driftNumber: number;
      readonly writers: readonly string[];
      readonly isOpen: boolean;
    }
);

/** Whom changes are looked at for. */
export interface Affected {
  readonly person: PersonId;
  readonly isIn: (target: string) => boolean;
  readonly passkeys: readonly RegisteredPasskey[];
}

const LATELY_MS = 90 * 24 * 60 * 60_000;
/** Plans and drifts that are read whole, which may be large. */
const LOOKED_AT = 10;
const PLANS_LISTED = 100;

/** Changes of the last three months that mattered to a person, newest first. @throws Fault */
export async function readLateChanges(
  ports: Pick<Ports, "plans" | "watch" | "clock">,
  rules: Pick<Rules, "tenantId">,
  affected: Affected,
): Promise<readonly LateChange[]> {
  const since = new Date(ports.clock.now().getTime() - LATELY_MS).toISOString();
  const changes = [
    ...(await ofPlans(ports, rules, affected, since)),
    ...(await ofDrifts(ports, rules, affected, since)),
  ];
  return changes.sort((a, b) => b.at.localeCompare(a.at));
}

async function ofPlans(
  { plans }: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  affected: Affected,
  since: Instant,
): Promise<readonly LateChange[]> {
  const applied = (await plans.latest(tenantId, PLANS_LISTED)).flatMap((plan) =>
    plan.state.kind === "applied" && plan.state.at > since ? [{ plan, at: plan.state.at }] : [],
  );
  const newest = applied.sort((a, b) => b.at.localeCompare(a.at)).slice(0, LOOKED_AT);
  const changes: LateChange[] = [];
  for (const { plan, at } of newest) {
    const whole = await plans.find(tenantId, plan.number);
    if (whole?.state.kind !== "applied") continue;
    const { before, after } = whole.proposal;
    const effect = effectOn(affected, before, whole.state.beside?.policy ?? after);
    if (effect !== undefined) changes.push({ at, effect, by: "plan", plan });
  }
  return changes;
}

async function ofDrifts(
  { watch }: Pick<Ports, "watch">,
  { tenantId }: Pick<Rules, "tenantId">,
  affected: Affected,
  since: Instant,
): Promise<readonly LateChange[]> {
  const changes: LateChange[] = [];
  for await (const { number, foundAt: at, difference, writers, state } of watch.readThrough(
    tenantId,
    LOOKED_AT,
  )) {
    if (at <= since) break;
    const effect = effectOn(affected, difference.before, difference.after);
    if (effect !== undefined) {
      const names = [...new Set(writers.map(({ name }) => name))];
      changes.push({
        at,
        effect,
        by: "drift",
        driftNumber: number,
        writers: names,
        isOpen: state.kind === "open",
      });
    }
  }
  return changes;
}

/** undefined: it was nothing to this person. */
function effectOn(affected: Affected, before: JsonObject, after: JsonObject): LateEffect | undefined {
  const [was, is] = [standing(affected, parsePolicy(before)), standing(affected, parsePolicy(after))];
  const models = [...new Set(affected.passkeys.map(({ aaguid }) => aaguid))];
  const took = models.filter((aaguid) => was.working.has(aaguid) && !is.working.has(aaguid));
  const gave = models.filter((aaguid) => !was.working.has(aaguid) && is.working.has(aaguid));
  const hasOtherRules = !coverAll(was.rules, is.rules) || !coverAll(is.rules, was.rules);
  const [asked, asks] = [asksForAttestation(was.rules), asksForAttestation(is.rules)];
  const isReached = is.rules.length > 0;
  if (was.rules.length > 0 !== isReached)
    return { took, gave, reach: isReached ? "came" : "went", hasOtherRules: false };
  if (took.length + gave.length === 0 && !hasOtherRules && asked === asks) return undefined;
  return { took, gave, hasOtherRules, ...(asked === asks ? {} : { attestation: asks ? "came" : "went" }) };
}

const EITHER: readonly PasskeyType[] = ["deviceBound", "synced"];

/** The rules in force for a person, and models of theirs of which a passkey works. */
function standing({ person, isIn, passkeys }: Affected, policy: Policy) {
  const targets = ownTargets(policy, isIn);
  const isFor = policy.state === "enabled" && targets.exclude.length === 0 && targets.include.length > 0;
  const rules = isFor ? rulesOnceLetIn(policy, person, targets) : [];
  const works = ({ aaguid, type }: RegisteredPasskey) =>
    (type === undefined ? EITHER : [type]).some(
      (kind) => obstaclesOf(policy, targets, rules, { aaguid, type: kind }).length === 0,
    );
  return { rules, working: new Set(passkeys.filter(works).map(({ aaguid }) => aaguid)) };
}

/** Whether one of the wide sets lets in all that each narrow one does. */
function coverAll(wide: readonly PersonsRules[], narrow: readonly PersonsRules[]): boolean {
  return narrow.every((set) => wide.some((other) => coversRules(other, set)));
}

/** Of several sets one is enough, so a person is asked for it where each asks. */
function asksForAttestation(rules: readonly PersonsRules[]): boolean {
  return rules.length > 0 && rules.every(({ attestationEnforced }) => attestationEnforced);
}
