import type { ChangeCommand } from "../command/command.js";
import type { Refusal } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { PlanDraft } from "../plan/plan.js";
import { draftPlan } from "../plan/propose-change.js";
import { resolveIntent } from "../plan/resolve-intent.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";
import { modelsInUse } from "./models-in-use.js";

/** A change that a person asks about. */
export interface AskedChange {
  readonly change: ChangeCommand;
  /** How it is said when it is asked for. */
  readonly said: string;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** What it would do. */
export type AskedDraft = PlanDraft & {
  /** Several models are called so, and all of them that people have are meant. */
  readonly severalCalled?: string;
};

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
): Promise<AskedDraft | Refusal | NoScan> {
  const { said: typed, person: requester, conversation } = asked;
  const inventory = await findScan(ports, rules);
  const read = (change: ChangeCommand) => resolveIntent(ports, rules, change, inventory?.models);
  const first = await read(asked.change);
  const meant = first.kind === "refusal" ? thoseInUse(ports, asked.change, first, inventory) : undefined;
  const change = meant?.change ?? asked.change;
  const intent = meant === undefined ? first : await read(change);
  if (intent.kind === "refusal") return intent;
  if (inventory === undefined) return NO_SCAN;
  const request = { command: change, typed, requester, conversation };
  const draft = await draftPlan(ports, rules, { request, intent, inventory });
  return "kind" in draft || meant === undefined ? draft : { ...draft, severalCalled: meant.called };
}

/**
 * Of several models that have a name a plan asks which. Whom it would hurt to remove all of them that people have can be
 * told at once.
 */
function thoseInUse(
  ports: Pick<Ports, "catalogue">,
  change: ChangeCommand,
  refusal: Refusal,
  inventory: Inventory | undefined,
): { readonly change: ChangeCommand; readonly called: string } | undefined {
  if (change.kind !== "remove" || refusal.code !== "ambiguous-model" || inventory === undefined)
    return undefined;
  const { typed: called, candidates, inUse = [], others = [] } = refusal;
  const family = modelsInUse(ports, inventory, called).map(({ aaguid }) => aaguid);
  // Where all that are offered are in use, more may be.
  const offered = inUse.length < candidates.length ? inUse : [];
  const models = family.length > 0 ? family : offered;
  if (models.length === 0) return undefined;
  return { change: { ...change, models: [...others, ...models] }, called };
}
