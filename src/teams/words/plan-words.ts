import { unreachable } from "../../core/errors.js";
import type { Plan, PlanState, PlanSummary } from "../../core/plan/plan.js";
import type {
  EnableIntent,
  GroupRef,
  GroupsIntent,
  Intent,
  ListIntent,
  TakenBack,
  UndoneIntent,
} from "../../core/policy/intent.js";
import { UNKNOWN_MODEL } from "../../core/policy/model.js";
import { listed } from "../../core/words/amounts.js";
import { clip, sentence } from "../../core/words/one-line.js";
import { outcomeWords } from "../../core/words/outcome-words.js";
import { plain } from "./card-text.js";
import { distinctModelWords, groupRefWords } from "./names.js";

/** The intent in an admin's words: "Enable passkeys for Pilot", "Remove YubiKey NEO and 2 more". Markdown. */
export function planTitle({ intent, proposal }: Pick<PlanSummary, "intent" | "proposal">): string {
  return intentTitle(intent, proposal);
}

type Named = PlanSummary["proposal"];

function intentTitle(intent: Intent | UndoneIntent, named: Named): string {
  switch (intent.kind) {
    case "disable":
      return "Disable passkeys";
    case "enable":
      return ["Enable passkeys", ...enableWords(intent, named)].join(" ");
    case "add-group":
    case "remove-group":
    case "exclude-group":
    case "include-group":
      return `${groupsTitle(intent, named)}${inProfile(intent.profile)}`;
    case "allow":
    case "remove":
    case "allow-in-use":
      return `${listWords(intent, named)}${inProfile(intent.profile)}`;
    case "revert":
      return revertTitle(intent.of, named);
    default:
      return unreachable(intent);
  }
}

/** "Undo #12: Remove YubiKey NEO"; of the undo of an undo "Undo #13: Undo #12", however long that goes on. */
function revertTitle(of: TakenBack, named: Named): string {
  if (of.kind === "drift") return `Put back drift ${of.driftNumber}`;
  const { planNumber, undone } = of;
  const what =
    undone.kind !== "revert"
      ? intentTitle(undone, named)
      : undone.of.kind === "plan"
        ? `Undo #${undone.of.planNumber}`
        : revertTitle(undone.of, named);
  return `Undo #${planNumber}: ${what}`;
}

function groupsTitle({ kind, groups }: GroupsIntent, named: Named): string {
  const names = refsWords(groups, named);
  switch (kind) {
    case "add-group":
      return `Add ${names}`;
    case "remove-group":
      return `Remove ${names}`;
    case "exclude-group":
      return `Exclude ${names}`;
    case "include-group":
      return `Include ${names} again`;
    default:
      return unreachable(kind);
  }
}

const refsWords = (groups: readonly GroupRef[], named: Named): string =>
  listed(
    groups.map((group) => groupRefWords(group, named)),
    3,
  );

function listWords(intent: ListIntent, { modelNames }: Named): string {
  if (intent.kind === "allow-in-use") return "Allow keys in use";
  // Of an unknown model the AAGUID is all there is to judge by.
  const names = intent.aaguids.map((aaguid) =>
    modelNames[aaguid] === UNKNOWN_MODEL ? aaguid : distinctModelWords(aaguid, modelNames),
  );
  return `${intent.kind === "allow" ? "Allow" : "Remove"} ${listed(names, names.length === 2 ? 2 : 1)}`;
}

function inProfile(profile: string | undefined): string {
  return profile === undefined ? "" : ` in profile ${plain(profile)}`;
}

function enableWords(intent: EnableIntent, named: Named): readonly string[] {
  const { targets, attestation, restriction, authenticators, profile } = intent;
  return [
    ...(targets?.kind === "all-users" ? ["for all users"] : []),
    ...(targets?.kind === "groups"
      ? [`${targets.only ? "only " : ""}for ${refsWords(targets.groups, named)}`]
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

/** How a state looks at the right of the title. */
export interface StateWords {
  readonly symbol: string;
  readonly words: string;
  readonly color: "default" | "accent" | "good" | "warning" | "attention";
}

/** The state as it stands at the right of the title. */
export function stateWords(plan: PlanSummary): StateWords {
  return { words: outcomeWords(plan), ...lookOf(plan.state) };
}

function lookOf(state: PlanState): Omit<StateWords, "words"> {
  switch (state.kind) {
    case "waiting":
      return { symbol: "●", color: "accent" };
    case "applying":
      return { symbol: "◐", color: "accent" };
    case "applied":
      return { symbol: "✔", color: "good" };
    case "refused":
    case "rejected":
      return { symbol: "✖", color: "attention" };
    case "unknown":
      return { symbol: "?", color: "warning" };
    case "cancelled":
    case "expired":
      return { symbol: "○", color: "default" };
    case "superseded":
      return state.why === "outcome-never-known"
        ? { symbol: "?", color: "warning" }
        : { symbol: "○", color: "default" };
    default:
      return unreachable(state);
  }
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
export function planSummary(plan: Plan): string {
  return `Plan #${plan.number}: ${clip(sentence(plan.command), 80)} (${stateWords(plan).words.toLowerCase()})`;
}
