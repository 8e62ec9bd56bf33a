import { type Refusal, unreachable } from "../../core/errors.js";
import type { TakenBack } from "../../core/policy/intent.js";
import { takenBackWords } from "../../core/words/taken-back-words.js";
import { plain } from "./card-text.js";

/** A "no" to taking something back. */
export type RevertRefusal = Extract<Refusal, { code: "not-applied" | "cannot-revert" }>;

/** The words of a "no" to taking something back, with the next step. */
export function revertRefusalText(refusal: RevertRefusal): string {
  return refusal.code === "not-applied" ? notAppliedText(refusal) : cannotRevertText(refusal);
}

/** There is nothing left of it to take back. */
export function nothingLeftText(of: TakenBack): string {
  return `There is nothing left to take back: the policy no longer has what came with ${takenBackWords(of)}. Say \`show policy\` to see it as it is.`;
}

function notAppliedText({ planNumber, state }: Extract<RevertRefusal, { code: "not-applied" }>): string {
  switch (state) {
    case "waiting":
      return `Plan #${planNumber} still waits for a decision and has changed nothing, so there is nothing to undo. Say \`cancel ${planNumber}\` to take it back.`;
    case "applying":
      return `Plan #${planNumber} is being applied at this moment. Say \`show ${planNumber}\` in a minute, and \`undo ${planNumber}\` once it is in force.`;
    case "unknown":
      return `It is not known yet whether plan #${planNumber} was written, so it cannot be undone. Say \`show ${planNumber}\`, which reads the policy to find out; undo it once it is in force.`;
    case "superseded":
      return `Plan #${planNumber} is closed, and was never seen in force, so there is nothing to undo. Say \`show ${planNumber}\` for what became of it, and \`show policy\` for what is in force.`;
    case "refused":
    case "rejected":
    case "cancelled":
    case "expired":
      return `Plan #${planNumber} was never written (it is ${state}), so there is nothing to undo. Say \`show policy\` to see what is in force.`;
    default:
      return unreachable(state);
  }
}

function cannotRevertText(refusal: Extract<RevertRefusal, { code: "cannot-revert" }>): string {
  const what = `${capital(takenBackWords(refusal.of))} cannot be taken back`;
  const profile = plain(refusal.profile ?? "");
  switch (refusal.why) {
    case "moved-by-it":
      return `${what}: it brought passkey profiles into use, and Microsoft offers no way back from them. What holds for whom can still be changed: say \`profiles\` to see it, then ask for what you want, such as \`disable passkeys\`.`;
    case "moved-back":
      return `${what}: it was about passkey profiles, which the tenant's policy does not use any more. Say \`show policy\`, then ask for what you want of it as it is now.`;
    case "migrated":
      return `${what}: the tenant's policy has moved to passkey profiles in between, and Graph offers no way back. Say \`show policy\`, then ask for what you want of it as it is now, such as \`disable passkeys\`.`;
    case "profile-gone":
      return `${what}: it would bring back the passkey profile ${profile} for some people, and that profile was removed since. Make it anew with \`create profile\`, or say \`show policy\` and ask for the change you want.`;
    case "profile-in-use":
      return `${what}: the passkey profile ${profile} would go, and somebody has put it to use since. Take it from its groups with \`unassign\` (\`profiles\` says who has it), then try again.`;
    case "no-types":
      return `${what}: what was changed since would leave the passkey profile ${profile} without any kind of passkey, and nobody could use it. Give it back a kind with \`allow synced passkeys in profile …\`, then try again.`;
    default:
      return unreachable(refusal.why);
  }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
