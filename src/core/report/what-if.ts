import type { ChangeCommand } from "../command/command.js";
import type { Refusal } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { PlanDraft } from "../plan/plan.js";
import { draftPlan } from "../plan/propose-change.js";
import { resolveIntent } from "../plan/resolve-intent.js";
import type { Ports, Rules } from "../ports.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";

/** A change that a person asks about. */
export interface AskedChange {
  readonly change: ChangeCommand;
  /** How it is said when it is asked for. */
  readonly said: string;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/**
 * What a change would do by the latest scan, computed as its plan would be. Nothing is stored, recorded, scanned or
 * written: a question is no proposal.
 * @returns why it could not be proposed, where that is so
 * @throws Fault when the tenant cannot be read well enough to tell
 */
export async function whatIf(
  ports: Ports,
  rules: Rules,
  asked: AskedChange,
): Promise<PlanDraft | Refusal | NoScan> {
  const { change, said: typed, person: requester, conversation } = asked;
  const inventory = await findScan(ports, rules);
  const intent = await resolveIntent(ports, rules, change, inventory?.models);
  if (intent.kind === "refusal") return intent;
  if (inventory === undefined) return NO_SCAN;
  const request = { command: change, typed, requester, conversation };
  return draftPlan(ports, rules, { request, intent, inventory });
}
