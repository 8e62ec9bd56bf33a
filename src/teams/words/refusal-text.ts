import { type Refusal, type SignInProblem, unreachable } from "../../core/errors.js";
import { ALL_USERS } from "../../core/policy/policy.js";
import type { PolicyNow } from "../../core/refusal-reason.js";
import { listed } from "../../core/words/amounts.js";
import { alteredRequestText, alteredScanText, alteredText, alteredWatchText } from "./altered-text.js";
import { plain } from "./card-text.js";
import { driftRefusalText } from "./drift-refusal-text.js";
import { emergencyText } from "./emergency-text.js";
import { groupRefusalText } from "./group-refusal-text.js";
import { modelRefusalText } from "./model-refusal-text.js";
import { meantWords, targetWords } from "./names.js";
import { notWrittenText } from "./not-written-text.js";
import { nothingLeftText, revertRefusalText } from "./revert-refusal-text.js";
import { profileRefusalText } from "./rollout/profile-refusal-text.js";
import { rolloutRefusalText } from "./rollout/rollout-refusal-text.js";
import { tooWeakText } from "./sign-in-text.js";

/** Where a person activates a role, below the admin center. */
const PIM_PATH = "/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles";

/** The words of every "no". Each ends with the next step. */
export interface RefusalWords {
  readonly tenantId: string;
  readonly clientId: string;
  readonly authorityHost: string;
  /** The Entra admin center of this cloud. */
  readonly adminCenterUrl: string;
  /** What the person was doing, to be done again once the obstacle is gone. */
  readonly again?: string;
  /** Whether people may be named where this is said; otherwise they are counted. */
  readonly namesShown: boolean;
}

export function refusalText(refusal: Refusal, words: RefusalWords): string {
  const again = words.again ?? "press Approve again";
  switch (refusal.code) {
    case "unknown-plan":
      return `There is no plan #${refusal.planNumber} here. Say \`pending\` to see the plans that wait.`;
    case "other-plan":
      return `This card shows another plan than #${refusal.planNumber} is now: it was posted before a restore, by another installation, or by an earlier version of Latchkey. Nothing was done; say \`show ${refusal.planNumber}\` and decide on what it says.`;
    case "stale-revision":
      return `Plan #${refusal.planNumber} has changed: it is at revision ${refusal.revision} now, and this card shows an older one. Say \`show ${refusal.planNumber}\` and decide on what it says today.`;
    case "plan-expired":
      return `Plan #${refusal.planNumber} has expired, and nothing was written. Ask for the change again to get a fresh plan.`;
    case "already-decided":
      return `Plan #${refusal.planNumber} is already ${refusal.state}${by(refusal.by)}. Say \`show ${refusal.planNumber}\` to see it.`;
    case "being-applied":
      if (refusal.isPutOff === true)
        return `Plan #${refusal.planNumber} is approved, and Microsoft Graph has Latchkey wait with it${by(refusal.by)}; it is sent by itself then. Say \`show ${refusal.planNumber}\` in a minute to see how it went; until it is sent, Reject or \`cancel ${refusal.planNumber}\` stops it.`;
      return `Plan #${refusal.planNumber} is being applied${by(refusal.by)} at this moment. Say \`show ${refusal.planNumber}\` in a minute to see how it went.`;
    case "tenant-busy":
      return `Another plan is being applied, or its outcome is still being looked up, and one is done at a time. Nothing was written for plan #${refusal.planNumber}; wait a minute, then ${again}.`;
    case "plan-altered":
      return alteredText(refusal);
    case "watch-altered":
      return alteredWatchText(refusal);
    case "scan-altered":
      return alteredScanText();
    case "request-altered":
      return alteredRequestText();
    case "too-many-open-plans":
      return tooManyText(refusal);
    case "own-plan":
      return `You asked for plan #${refusal.planNumber} yourself, so somebody else has to approve it. Ask another approver to press Approve.`;
    case "already-approved":
      return `You have approved plan #${refusal.planNumber} already; ${refusal.missing} more ${refusal.missing === 1 ? "approval is" : "approvals are"} needed. Ask another approver to press Approve.`;
    case "not-an-approver":
      return refusal.required.by === "roles"
        ? `This takes the role Authentication Policy Administrator, active now. Ask somebody who holds it, or, if you are eligible, activate it in PIM, then ${again}. PIM: ${words.adminCenterUrl}${PIM_PATH}`
        : "You are not among the approvers named for this tenant. Ask one of them, or ask the operator to add you to the list.";
    case "no-access":
      return refusal.byRole
        ? `Latchkey answers people who hold an Entra administrator or reader role, active now. If you have one, activate it, then try again. For your own passkey write \`guide\` in a chat of your own with me.`
        : "You are not among the people Latchkey answers in this tenant. Ask the operator to add you to the list.";
    case "not-requester-nor-approver":
      return `Only the person who asked for plan #${refusal.planNumber}, or an approver, can cancel it. Ask one of them.`;
    case "scan-needed":
      return `This change could take a working passkey from somebody, and ${
        refusal.why === "incomplete"
          ? "not everyone's passkeys could be read"
          : "the scan it rests on is too old"
      }. Nothing was written; press Scan now on the card, or say \`scan\` and ask for the change again when it is done.`;
    case "scan-cancelled":
      return `The scan this waited for was cancelled${by(refusal.by)}, so nothing was proposed. Ask for the change again to scan anew.`;
    case "scan-not-running":
      return "That scan has ended already, so there is nothing to cancel. Say `keys in use` for what is known, or `scan` to start another.";
    case "not-scan-asker":
      return "Only somebody who asked for this scan, or an approver, can cancel it. Ask one of them.";
    case "unknown-model":
    case "ambiguous-model":
    case "entries-not-understood":
    case "too-many-models":
    case "no-model-aaguid":
    case "not-restricted":
    case "list-would-be-empty":
    case "kind-not-admitted":
      return modelRefusalText(refusal);
    case "unknown-drift":
    case "other-drift":
    case "stale-drift":
    case "drift-decided":
    case "reason-missing":
    case "drift-has-plan":
    case "own-drift":
    case "drift-needs-another":
      return driftRefusalText(refusal);
    case "unknown-notice":
      return "This card is about models that this installation knows nothing of: it was posted by another one, or before a restore. Nothing was done; say `models` for how they stand.";
    case "notice-reason-missing":
      return "Nothing was put off: it takes a reason, which is kept in the record. Press Put off again and say why nothing is to be done.";
    case "not-applied":
    case "cannot-revert":
      return revertRefusalText(refusal);
    case "nothing-to-change":
      if (refusal.of !== undefined) return nothingLeftText(refusal.of);
      if (refusal.now !== undefined) return asItIsText(refusal.now);
      return "The policy is like that already, so there is nothing to approve. Say `show policy` to see it.";
    case "ambiguous-group":
      return `${refusal.groups.length} groups are named ${plain(refusal.name)}, or could be meant by it. Ask again with the object id of the one you mean: ${listed(refusal.groups.map(meantWords), 5)}.`;
    case "unknown-group":
    case "group-excluded":
    case "group-has-passkeys":
    case "group-not-on-list":
    case "group-not-excluded":
    case "nobody-left":
    case "exclusion-has-no-profile":
      return groupRefusalText(refusal);
    case "unknown-profile":
      return `There is no passkey profile named ${plain(refusal.name)}. Ask again with one of: ${refusal.known.map((name) => plain(name)).join(", ")}.`;
    case "profiles-not-in-use":
      return `This tenant has no passkey profiles, so there is no ${plain(refusal.name)}. Ask again without naming a profile.`;
    case "policy-too-large":
      return `The policy would take ${refusal.bytes} bytes, and Graph takes at most ${refusal.limit}. Remove authenticators nobody uses, then ask again.`;
    case "profiles-not-opted-in":
    case "profiles-in-use-already":
    case "kinds-need-profiles":
    case "profile-name-taken":
    case "profile-name-unusable":
    case "default-profile-stays":
    case "profile-assigned":
    case "last-kind":
    case "kind-not-in-new-profile":
    case "synced-not-attested":
    case "too-many-profiles":
    case "which-profile":
      return profileRefusalText(refusal);
    case "no-stages":
    case "no-stage-left":
    case "too-many-stages":
    case "everyone-not-last":
    case "stage-twice":
    case "pilot-off":
    case "no-pilot":
    case "all-users-already":
      return rolloutRefusalText(refusal);
    case "emergency-account-cut-off":
    case "emergency-account-not-read":
    case "emergency-accounts-unsure":
      return emergencyText(refusal, words, words.again ?? "try again");
    case "sign-in-failed":
      return `${signInText(refusal.problem, words, again)}${refusal.entraCode === undefined ? "" : ` (${plain(refusal.entraCode)})`}`;
    case "someone-elses-token":
      return `The sign-in that came with this click belongs to another account than the one you use in Teams. Nothing was written; sign in with your own account, then ${again}.`;
    case "sign-in-too-weak":
      return tooWeakText(refusal.unmet, again);
    case "outcome-not-recorded":
      return `The change was sent to Microsoft Graph, but Latchkey could not record how it ended. Do not repeat it: say \`show ${refusal.planNumber}\` in a minute, which reads the policy to find out, and tell the operator to look at the store.`;
    case "not-written":
      return notWrittenText(refusal, again);
    default:
      return unreachable(refusal);
  }
}

/** Where an administrator grants what Latchkey asks for. */
export function consentAddress(words: Pick<RefusalWords, "authorityHost" | "tenantId" | "clientId">): string {
  return `${words.authorityHost}/${words.tenantId}/adminconsent?client_id=${words.clientId}`;
}

/** Why acting in the approver's name did not work, each with what helps. Nothing was written in any of them. */
function signInText(problem: SignInProblem, words: RefusalWords, again: string): string {
  switch (problem) {
    case "consent-missing":
      return `Latchkey may not act in your name yet. Nothing was written; an administrator grants consent once, then ${again}. Consent: ${consentAddress(words)}`;
    case "mfa-required":
      return `Entra wants you to confirm your sign-in with a second factor. Nothing was written; sign in with it, then ${again}.`;
    case "other-account":
      return `That browser is signed in with another account than the one that pressed Approve in Teams. Nothing was written; sign in with the account you use in Teams, then ${again}.`;
    case "cancelled":
      return `The sign-in was not finished, so nothing was written. To go on, sign in, then ${again}.`;
    case "assertion-expired":
      return `Your sign-in was too old. Nothing was written; sign in, then ${again}.`;
    case "assertion-rejected":
      return `Entra did not accept your sign-in. Nothing was written; sign out of Teams and in again, then ${again}.`;
    case "conditional-access":
      return `A Conditional Access policy does not let you do this from here. Nothing was written; use a device and place it allows, then ${again}.`;
    case "app-credential-rejected":
      return `Entra did not accept Latchkey's own credential. That is for the operator to repair, not for you: tell them, then ${again}.`;
    case "unavailable":
      return `Entra did not answer. Nothing was written; wait a minute, then ${again}.`;
    case "unrecognised":
      return `Entra did not let Latchkey act in your name. Nothing was written; show the operator this message, then ${again}.`;
  }
}

function tooManyText({ limit, planNumbers }: Extract<Refusal, { code: "too-many-open-plans" }>): string {
  const [oldest] = planNumbers;
  if (oldest === undefined)
    return `${limit} changes you asked for wait for the scan that is running, and one person may have no more. Wait until their plans are there, then ask again.`;
  return `You have ${planNumbers.length} open plans, and one person may have no more than ${limit}. Nothing was proposed. Say \`pending\` to see them and \`cancel ${oldest}\` to take one back, then ask again.`;
}

function by(person: { readonly name: string } | undefined): string {
  return person === undefined ? "" : ` by ${plain(person.name)}`;
}

/** Whom passkeys are for is said: a person who turns on what is on may take it for all users. */
function asItIsText({ policy, groups }: PolicyNow): string {
  if (policy.state === "disabled") {
    return "Passkeys are off already, so there is nothing to approve. Say `enable passkeys` to propose to turn them on.";
  }
  const whom = targetWords(policy.include, policy, groups);
  const isForAll = policy.include.some(({ id }) => id === ALL_USERS);
  const more = isForAll ? "" : "`enable passkeys for everyone` if they are to be for all users, or ";
  return `Passkeys are on like that already, for ${whom}, so there is nothing to approve. Say ${more}\`show policy\` to see the rules.`;
}
