import { unreachable } from "../core/errors.js";
import type { PlanFinding } from "../core/evidence/check-plan.js";
import type { ScanFinding } from "../core/evidence/check-scan.js";
import type { WatchFinding } from "../core/evidence/check-watch.js";
import type { ChainFinding } from "../core/evidence/walk-chain.js";

/** What is wrong, in a sentence that names the record or the plan. */
export function findingWords(finding: ChainFinding | PlanFinding | ScanFinding | WatchFinding): string {
  switch (finding.kind) {
    case "missing":
      return finding.from === finding.to
        ? `Record ${finding.from} is missing, although later ones are there: it was removed.`
        : `Records ${finding.from} to ${finding.to} are missing, although later ones are there: they were removed.`;
    case "edited":
      return `Record ${finding.sequence} was edited: its text does not have the hash it was sealed with.`;
    case "misplaced":
      return `Record ${finding.sequence} was moved: its text is of another place in the chain, or of another tenant.`;
    case "unlinked":
      return `Record ${finding.sequence} does not follow from record ${finding.sequence - 1}: one of the two was replaced together with its hash.`;
    case "unproven":
      return `Record ${finding.sequence} has no proof by RECORD_KEY, and should: a program without the key wrote it, or a bot that was started without it.`;
    case "forged":
      return `Record ${finding.sequence} was forged: its proof was not made with the RECORD_KEY of its number. Either a program without the key wrote it, or the RECORD_KEY set here is another one.`;
    case "misfiled":
      return `Record ${finding.sequence} is filed under ${planWords(finding.under)}, and is about ${planWords(finding.about)}: the evidence of a plan misses it, or holds what is not its own.`;
    case "without-plan-hash":
      return `Record ${finding.sequence} is damaged: it tells of a change of plan #${finding.planNumber} and does not say how the plan was stored with it.`;
    case "end-missing":
      return `The end is missing: ${finding.counter} records were written, and the last one here is ${finding.last}.`;
    case "counter-behind":
      return `The counter was changed: it says that ${finding.counter} records were written, and the last one here is ${finding.last}.`;
    case "head-missing":
      return `The end is missing: record ${finding.noted.sequence} was there when its head was noted, and the last one here is ${finding.last}. It was removed, or this is a backup from before.`;
    case "head-replaced":
      return `Record ${finding.noted.sequence} was replaced: its hash was ${finding.noted.hash} when its head was noted, and is ${finding.found} now.`;
    case "plans-missing":
      return finding.from === finding.to
        ? `Plan #${finding.from} is missing: it was removed from the table of plans.`
        : `Plans #${finding.from} to #${finding.to} are missing: they were removed from the table of plans, or the counter was changed.`;
    case "plan-without-record":
      return `Plan #${finding.planNumber} has no record: the bot did not put it into the table of plans.`;
    case "plan-edited":
      return `Plan #${finding.planNumber} was edited: it is not as it was stored with its last record, ${finding.sequence}.`;
    case "plan-unlike":
      return `Plan #${finding.planNumber} was edited before record ${finding.sequence} was made: ${UNLIKE[finding.what]}`;
    case "write-not-as-proposed":
      return `Record ${finding.sequence} tells of a write that nobody proposed: what was sent for plan #${finding.planNumber} is not what its last proposal would change. Compare it with Entra's directory audit log.`;
    case "write-not-approved":
      return `Record ${finding.sequence} tells of a write that was not approved: plan #${finding.planNumber} has fewer approvals of that revision on record than it needed, or none of the person with whose rights it was written.`;
    case "after-the-end":
      return `Record ${finding.sequence} tells of something that happened to plan #${finding.planNumber} after its end: it was brought back in the table of plans.`;
    case "scan-edited":
      return `Scan ${finding.scanId} was edited: it, or its people and their passkeys, are not what record ${finding.sequence} says that was read.`;
    case "scan-without-record":
      return `Scan ${finding.scanId} has no record: the bot did not put it into the table of scans.`;
    case "baseline-not-as-found":
      return `Record ${finding.sequence} tells that a policy was accepted which was not found: it is not the one that the last record of drift ${finding.driftNumber} before it tells of.`;
    case "drift-after-the-end":
      return `Record ${finding.sequence} tells of something that happened to drift ${finding.driftNumber} after its end: it was brought back in the table of drifts.`;
    case "watch-altered":
      return watchWords(finding);
    default:
      return unreachable(finding);
  }
}

function watchWords({ driftNumber, why, sequence }: WatchFinding): string {
  const what = driftNumber === undefined ? "What the policy is compared with" : `Drift ${driftNumber}`;
  if (why === "missing")
    return `${what} is missing: it was removed from its table, and record ${sequence} tells of it.`;
  if (why === "no-record") return `${what} has no record: the bot did not put it into its table.`;
  return `${what} was edited: ${WATCH[why]} (record ${sequence}).`;
}

const WATCH: Readonly<Record<Exclude<WatchFinding["why"], "missing" | "no-record">, string>> = {
  policy: "it names another policy than was recorded",
  found: "the policy that was found, or who wrote it, was recorded otherwise",
  acceptances: "it is accepted by people of whom nothing is on record",
  state: "it is open although its end is on record",
  row: "it is not as it was stored with its last record",
  record: "a record of it was edited",
};

const UNLIKE: Readonly<Record<Extract<PlanFinding, { kind: "plan-unlike" }>["what"], string>> = {
  requester: "another person asked for it, by the record of its proposal.",
  revision: "it has another revision than its records tell of.",
  proposal: "what it would change, whom that concerns, or its terms were recorded otherwise.",
  approvals: "it has approvals that are not on record, or fewer than it needed when it was written.",
  state: "it is open although its records tell of its end, or the other way round.",
};

const planWords = (number: number | null): string => (number === null ? "no plan" : `plan #${number}`);

/** What to do when anything was found. */
export const WHAT_TO_DO = `Keep a copy of the store as it is, and do not repair it: a repaired record proves nothing. Find out who can write to
it. Verify a backup (DATA_DIR=<its folder> npm run audit -- verify) to see since when, and compare what happened with
Entra's own directory audit log.`;
