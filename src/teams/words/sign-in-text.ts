import type { SignInDemand } from "../../core/access/sign-in-demands.js";
import type { Refusal, SignInProblem } from "../../core/errors.js";
import { demandWords } from "../../core/words/weakening-words.js";
import { plain } from "./card-text.js";

/** Problems that go away when the person signs in in a browser, where Entra can ask for what it wants. */
const BROWSER_HELPS: ReadonlySet<SignInProblem> = new Set([
  "other-account",
  "cancelled",
  "consent-missing",
  "mfa-required",
  "conditional-access",
  "assertion-expired",
  "assertion-rejected",
]);

export const browserHelps = (problem: SignInProblem): boolean => BROWSER_HELPS.has(problem);

/** What Teams says above its button, when Latchkey asks it to sign the person in by itself. */
export const SIGN_IN_PROMPT = "Sign in, so that the change is made with your own rights.";

/** The same, when Teams tried and it did not do. Ends with what comes of the button. */
export function browserPrompt(problem: SignInProblem): string {
  return `${reasonOf(problem)} Sign in with the button; the approval then goes on by itself.`;
}

/** The client said not long ago that it cannot. */
export const SILENTLY_FAILED_PROMPT =
  "Teams could not sign you in by itself. Sign in with the button; the approval then goes on by itself.";

/** Graph took neither the write nor the sign-in. */
export const WRITE_REFUSED_PROMPT =
  "Microsoft Graph did not accept the sign-in that Teams gave, so nothing was written. Sign in with the button; the approval then goes on by itself.";

function reasonOf(problem: SignInProblem): string {
  switch (problem) {
    case "consent-missing":
      return "Latchkey may not act in your name yet: that takes consent, for which Entra asks you or an administrator.";
    case "mfa-required":
      return "Entra wants you to confirm your sign-in with a second factor.";
    case "conditional-access":
      return "A Conditional Access policy of your organisation wants more than Teams can give by itself.";
    case "assertion-expired":
      return "Your sign-in in Teams was too old.";
    default:
      return "Teams could not sign you in by itself.";
  }
}

/** What this installation asks of an approver's sign-in, above the button that leads to it. */
export function demandPrompt(unmet: readonly SignInDemand[]): string {
  return `To approve here takes ${demandWords(unmet)}. Sign in with the button; the approval then goes on by itself.`;
}

/** The sign-in came without that. */
export function tooWeakText(unmet: readonly SignInDemand[], again: string): string {
  return `To approve here takes ${demandWords(unmet)}, and this sign-in came without it. Nothing was written; sign in with it, then ${again}. If Entra does not ask for it, an administrator looks at the Conditional Access policy for it.`;
}

/** On the page of a sign-in that did not do, above the button that begins another. */
export function tryAgainText(refusal: Refusal, consent: string): string {
  if (refusal.code === "sign-in-too-weak")
    return tooWeakText(refusal.unmet, "the approval goes on by itself");
  if (refusal.code !== "sign-in-failed")
    return "Microsoft Graph did not accept that sign-in, so nothing was written. Sign in again with the button; if that does not help, an administrator looks at your sign-ins in Entra.";
  const code = refusal.entraCode === undefined ? "" : ` (${plain(refusal.entraCode)})`;
  return `${failedText(refusal.problem, consent)}${code}`;
}

function failedText(problem: SignInProblem, consent: string): string {
  switch (problem) {
    case "other-account":
      return "That browser is signed in with another account than the one that pressed Approve in Teams, so nothing was written. With the button you choose the account that you use in Teams.";
    case "cancelled":
      return "The sign-in was not finished, so nothing was written. With the button you begin it again.";
    case "consent-missing":
      return `Latchkey may not act in your name yet, so nothing was written. An administrator grants consent once, then you go on with the button. Consent: ${consent}`;
    case "mfa-required":
      return "Entra wants you to confirm your sign-in with a second factor. Nothing was written; sign in with it by the button.";
    case "conditional-access":
      return "A Conditional Access policy does not let you do this from here. Nothing was written; use a device and a place that it allows, then go on with the button.";
    case "assertion-expired":
      return "That sign-in was too old, so nothing was written. Sign in again with the button.";
    default:
      return "Entra did not accept that sign-in, so nothing was written. Sign in again with the button.";
  }
}

/** After a sign-in window that was closed, or ended without a sign-in. */
export const SIGN_IN_NOT_FINISHED =
  "The sign-in was not finished, so nothing was written. Press Approve to begin again.";

export const OVER = {
  title: "This sign-in is over",
  sentences: [
    "A link to sign in works once, for ten minutes, and in the window that was opened last. Nothing was written by opening it.",
    "Return to Teams: the card there shows how the plan stands. To approve it, press Approve again.",
  ],
} as const;

/** Below what another sign-in may mend. */
export const LEAVE_IT = "To leave the plan as it is, close this window.";

export const BACK_TO_TEAMS = "You can close this window and return to Teams.";
