import { validApprovals } from "../../core/approval/approval-rules.js";
import { unreachable } from "../../core/errors.js";
import type { Plan, PlanSummary, Proposal } from "../../core/plan/plan.js";
import type { EnableIntent, Intent, ListIntent, TakenBack, UndoneIntent } from "../../core/policy/intent.js";
import { UNKNOWN_MODEL } from "../../core/policy/model.js";
import { clip, listed, oneLine, plain } from "./card-text.js";
import { distinctModelWords } from "./policy-words.js";

/** The intent in an admin's words: "Enable passkeys for Pilot", "Remove YubiKey NEO and 2 more". Markdown. */
export function planTitle({ intent, proposal }: Pick<PlanSummary, "intent" | "proposal">): string {
  return intentTitle(intent, proposal.modelNames);
}

function intentTitle(intent: Intent | UndoneIntent, modelNames: Proposal["modelNames"]): string {
  switch (intent.kind) {
    case "disable":
      return "Disable passkeys";
    case "enable":
      return ["Enable passkeys", ...enableWords(intent)].join(" ");
    case "allow":
    case "remove":
    case "allow-in-use":
      return `${listWords(intent, modelNames)}${inProfile(intent.profile)}`;
    case "revert":
      return revertTitle(intent.of, modelNames);
    default:
      return unreachable(intent);
  }
}

/** "Undo #12: Remove YubiKey NEO"; of the undo of an undo "Undo #13: Undo #12", however long that goes on. */
function revertTitle(of: TakenBack, modelNames: Proposal["modelNames"]): string {
  if (of.kind === "drift") return `Put back drift ${of.driftNumber}`;
  const { planNumber, undone } = of;
  const what =
    undone.kind !== "revert"
      ? intentTitle(undone, modelNames)
      : undone.of.kind === "plan"
        ? `Undo #${undone.of.planNumber}`
        : revertTitle(undone.of, modelNames);
  return `Undo #${planNumber}: ${what}`;
}

/** "plan #12", "drift 3". */
export function takenBackWords(of: TakenBack): string {
  return of.kind === "plan" ? `plan #${of.planNumber}` : `drift ${of.driftNumber}`;
}

function listWords(intent: ListIntent, modelNames: Proposal["modelNames"]): string {
  if (intent.kind === "allow-in-use") return "Allow keys in use";
  // Of a model nobody knows the AAGUID is all there is to judge by.
  const names = intent.aaguids.map((aaguid) =>
    modelNames[aaguid] === UNKNOWN_MODEL ? aaguid : distinctModelWords(aaguid, modelNames),
  );
  return `${intent.kind === "allow" ? "Allow" : "Remove"} ${listed(names, names.length === 2 ? 2 : 1)}`;
}

function inProfile(profile: string | undefined): string {
  return profile === undefined ? "" : ` in profile ${plain(profile)}`;
}

function enableWords(intent: EnableIntent): readonly string[] {
  const { targets, attestation, restriction, authenticators, profile } = intent;
  return [
    ...(targets?.kind === "all-users" ? ["for all users"] : []),
    ...(targets?.kind === "groups"
      ? [
          `for ${listed(
            targets.groups.map((group) => plain(group.name)),
            3,
          )}`,
        ]
      : []),
    ...(profile === undefined ? [] : [`in profile ${plain(profile)}`]),
    ...(authenticators.length === 1
      ? [`with Authenticator on ${authenticators[0] === "ios" ? "iOS" : "Android"}`]
      : []),
    ...(attestation === "enforced" ? ["with attestation"] : []),
    ...(attestation === "not-enforced" ? ["without attestation"] : []),
    ...(restriction === "allow-list" ? ["with an allow list"] : []),
    ...(restriction === "any" ? ["with any authenticator"] : []),
  ];
}

export interface StateWords {
  readonly symbol: string;
  readonly words: string;
  readonly color: "default" | "accent" | "good" | "warning" | "attention";
}

/** The state as it stands at the right of the title. */
export function stateWords(plan: PlanSummary): StateWords {
  switch (plan.state.kind) {
    case "waiting":
      return { symbol: "●", words: waitingWords(plan), color: "accent" };
    case "applying":
      return { symbol: "◐", words: "Applying", color: "accent" };
    case "applied":
      return { symbol: "✔", words: "Applied and verified", color: "good" };
    case "refused":
      return { symbol: "✖", words: "Refused by Graph", color: "attention" };
    case "unknown":
      return { symbol: "?", words: "Outcome not known yet", color: "warning" };
    case "rejected":
      return { symbol: "✖", words: "Rejected", color: "attention" };
    case "cancelled":
      return { symbol: "○", words: "Cancelled", color: "default" };
    case "expired":
      return { symbol: "○", words: "Expired", color: "default" };
    case "superseded":
      return plan.state.why === "outcome-never-known"
        ? { symbol: "?", words: "Outcome never known", color: "warning" }
        : { symbol: "○", words: "Superseded", color: "default" };
    default:
      return unreachable(plan.state);
  }
}

function waitingWords(plan: PlanSummary): string {
  const given = validApprovals(plan).length;
  if (given === 0) return "Waiting for approval";
  return `${given} of ${plan.approvalsRequired} approvals`;
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
export function planSummary(plan: Plan): string {
  return `Plan #${plan.number}: ${clip(oneLine(plan.command), 80)} (${stateWords(plan).words.toLowerCase()})`;
}
