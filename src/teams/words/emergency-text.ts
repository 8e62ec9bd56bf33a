import { type Refusal, unreachable } from "../../core/errors.js";
import type { Person } from "../../core/person.js";
import { listed } from "../../core/words/amounts.js";
import { emergencyProblemWords } from "../../core/words/emergency-words.js";
import { code, plain } from "./card-text.js";

type EmergencyRefusal = Extract<
  Refusal,
  { code: "emergency-account-cut-off" | "emergency-account-not-read" | "emergency-accounts-unsure" }
>;

const NAMES_SHOWN = 5;

/** A change that would take a passkey from an emergency account, or might. @param again what the person was doing */
export function emergencyText(
  refusal: EmergencyRefusal,
  { namesShown }: { readonly namesShown: boolean },
  again: string,
): string {
  switch (refusal.code) {
    case "emergency-account-cut-off":
      return `This would cut off ${accounts(refusal.people, namesShown)}, which Latchkey never does. Register a passkey there that stays allowed, or ask for a change that keeps theirs.`;
    case "emergency-account-not-read":
      return `This change could take a passkey from ${accounts(refusal.people, namesShown)}, and ${notRead(refusal.why, again)}`;
    case "emergency-accounts-unsure":
      return `This change could take a passkey from a person, and whom Latchkey must never cut off is not certain: ${listed(
        refusal.problems.map((problem) => emergencyProblemWords(problem, code)),
        NAMES_SHOWN,
      )}. Nothing was written. Ask the operator to mend EMERGENCY_ACCOUNTS, or an administrator to restore the account, then ${again}.`;
    default:
      return unreachable(refusal);
  }
}

function notRead(why: "away" | "declined", again: string): string {
  return why === "away"
    ? `what is registered there could not be read just now. Nothing was written; wait a minute, then ${again}.`
    : `Microsoft Graph does not let Latchkey's own app read what is registered there. Nothing was written. Ask an administrator to check the app's permissions, then ${again}.`;
}

function accounts(people: readonly Person[], namesShown: boolean): string {
  const count = people.length === 1 ? "an emergency account" : `${people.length} emergency accounts`;
  if (!namesShown) return count;
  const names = people.map((person) => plain(person.name));
  return `${count} (${listed(names, NAMES_SHOWN)})`;
}
