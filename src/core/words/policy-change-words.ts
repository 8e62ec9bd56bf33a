import { unreachable } from "../errors.js";
import type { Json } from "../json.js";
import type { PolicyChange, ProfileRef } from "../policy/change.js";
import type { NamedGroups } from "../policy/group.js";
import type { Policy, Restriction } from "../policy/policy.js";
import { number } from "./amounts.js";
import { groupWordsIn } from "./group-words.js";
import type { Medium } from "./medium.js";
import { clip } from "./one-line.js";
import { attestationWords, onOff, restrictionWords, typesWords } from "./policy-words.js";

/** How much is shown of a value that has no words of its own. */
export const OTHER_CHARACTERS = 60;

/** One change in words: what it is about, and both values. */
export interface ChangeWords {
  readonly setting: string;
  readonly now: string;
  readonly after: string;
}

/** What a change lies between. */
export interface Sides extends NamedGroups {
  readonly before: Policy;
  readonly after: Policy;
}

/** A change as an approver reads it on the card and an auditor on the page of evidence. */
export function policyChangeWords(change: PolicyChange, sides: Sides, medium: Medium): ChangeWords {
  const { quote } = medium;
  const { groupsWords, targetWords } = groupWordsIn(medium);
  switch (change.setting) {
    case "state":
      return { setting: "Passkeys (FIDO2)", now: onOff(change.before), after: onOff(change.after) };
    case "self-service":
      return { setting: "Self-service set-up", now: allowed(change.before), after: allowed(change.after) };
    case "include":
      return {
        setting: "Who",
        now: targetWords(change.before, sides.before, sides),
        after: targetWords(change.after, sides.after, sides),
      };
    case "exclude":
      return {
        setting: "Except",
        now: groupsWords(change.before, sides),
        after: groupsWords(change.after, sides),
      };
    case "attestation":
      return {
        setting: inProfile("Attestation", change.profile, medium),
        now: attestationWords(change.before),
        after: attestationWords(change.after),
      };
    case "types":
      return {
        setting: inProfile("Kinds of passkey", change.profile, medium),
        now: typesWords(change.before),
        after: typesWords(change.after),
      };
    case "restriction":
      return {
        setting: inProfile("Which models", change.profile, medium),
        now: restrictionWords(change.before),
        after: restrictionAfter(change.before, change.after),
      };
    case "profile-added":
      return {
        setting: `Profile ${quote(change.profile.name)}`,
        now: "none",
        after: profileWords(change.profile, sides.after),
      };
    case "profile-removed":
      return { setting: `Profile ${quote(change.profile.name)}`, now: "there", after: "removed" };
    case "profile-name":
      return { setting: "Name of a profile", now: quote(change.before), after: quote(change.after) };
    case "other":
      return {
        setting: quote(change.path),
        now: jsonWords(change.before, medium),
        after: jsonWords(change.after, medium),
      };
    default:
      return unreachable(change);
  }
}

/** What a new profile demands: "added: device-bound, attestation enforced, only 1 model". */
function profileWords({ id }: ProfileRef, policy: Policy): string {
  const profile = policy.shape === "profiles" ? policy.profiles.find((each) => each.id === id) : undefined;
  if (profile === undefined) return "added";
  const { types, otherTypes, attestationEnforced, otherAttestation, restriction } = profile;
  return `added: ${[
    typesWords(types, otherTypes),
    `attestation ${attestationWords(attestationEnforced, otherAttestation)}`,
    restrictionWords(restriction),
  ].join("; ")}`;
}

/** "Attestation", "Attestation · Pilot": the setting, and the profile it is of where there are profiles. */
export function inProfile(setting: string, profile: ProfileRef | undefined, { quote }: Medium): string {
  return profile === undefined ? setting : `${setting} · ${quote(profile.name)}`;
}

function restrictionAfter(before: Restriction, after: Restriction): string {
  if (before.mode === after.mode || after.mode === "any") return restrictionWords(after);
  return after.mode === "allow"
    ? `only the ${number(after.aaguids.length)} listed below`
    : restrictionWords(after);
}

const allowed = (yes: boolean): string => (yes ? "allowed" : "not allowed");

function jsonWords(value: Json, { quote }: Medium): string {
  return value === null
    ? "none"
    : quote(clip(typeof value === "string" ? value : JSON.stringify(value), OTHER_CHARACTERS));
}
