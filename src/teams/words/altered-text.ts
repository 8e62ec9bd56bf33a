import type { AlteredWatch } from "../../core/drift/recorded/watch-trail.js";
import { type Refusal, unreachable } from "../../core/errors.js";

const WHAT_TO_DO =
  "Somebody who can write to the database may have changed it: tell your security people, and ask the operator to run `npm run audit -- verify` before anything is repaired.";

/** The scan that a plan rests on, or would, was edited in the store. */
export function alteredScanText(): string {
  return `Who has which passkey is not in Latchkey's store as it was read. Nothing was written just now. ${WHAT_TO_DO} Then say \`scan all\`, and ask for the change again.`;
}

/** What waited for a scan was edited in the store, put there by another way, or stored by an earlier version. */
export function alteredRequestText(): string {
  return `What waited here for a scan is not on record as it is in Latchkey's store, so no plan was made of it. If Latchkey was brought up to date since you asked, that is why: ask for the change again. If not: ${WHAT_TO_DO}`;
}

/** A plan that was edited in the store: what is wrong with it, that nothing came of it, and whom to tell. */
export function alteredText({ planNumber, why }: Extract<Refusal, { code: "plan-altered" }>): string {
  return `${whatIsWrong(planNumber, why)} Nothing was written just now. ${WHAT_TO_DO} Then ask for the change again, to make the plan anew.`;
}

function whatIsWrong(planNumber: number, why: Extract<Refusal, { code: "plan-altered" }>["why"]): string {
  const plan = `Plan #${planNumber} in Latchkey's store`;
  switch (why) {
    case "proposal":
      return `${plan} is not what was proposed: what it would change, or whom it concerns, was recorded otherwise.`;
    case "requester":
      return `${plan} names another person as the one who asked for it than the record does.`;
    case "approvals":
      return `${plan} has other approvals than those on record.`;
    case "revision":
    case "state":
      return `${plan} is at another point of its life than the record says.`;
    case "row":
      return `${plan} is not as it was stored with its last record.`;
    case "record":
      return `A record of plan #${planNumber} was edited, or does not fit the others.`;
    case "no-record":
      return `${plan} has no record of who asked for it.`;
    case "read":
      return `${plan} was changed and changed back while this was being decided.`;
    default:
      return unreachable(why);
  }
}

/** A drift, or what it is compared with, was edited in the store. */
export function alteredWatchText({ driftNumber, why }: Omit<AlteredWatch, "kind">): string {
  return `${whatIsWrongWith(driftNumber, why)} Nothing was done just now, and until it is put right no drift is found or decided. ${WHAT_TO_DO} When the row is back as it was, say \`drift\`.`;
}

function whatIsWrongWith(driftNumber: number | undefined, why: AlteredWatch["why"]): string {
  const what = driftNumber === undefined ? "What the policy is compared with" : `Drift ${driftNumber}`;
  switch (why) {
    case "policy":
      return driftNumber === undefined
        ? `${what} is in Latchkey's store another policy than the one on record.`
        : `${what} in Latchkey's store is compared with another policy than the one on record.`;
    case "found":
      return `${what} in Latchkey's store is not what was found: the policy, or who wrote it, was recorded otherwise.`;
    case "acceptances":
      return `${what} in Latchkey's store is accepted by people of whom nothing is on record.`;
    case "state":
      return `${what} in Latchkey's store is open although its end is on record.`;
    case "row":
      return `${what} is in Latchkey's store not as it was stored with its last record.`;
    case "missing":
      return `${what} is on record, and no longer in Latchkey's store.`;
    case "no-record":
      return `${what} is in Latchkey's store without a record of it.`;
    case "record":
      return "A record of the drifts, or of what the policy is compared with, was edited or removed.";
    default:
      return unreachable(why);
  }
}
