import type { Concept } from "../../../core/command/asking/concepts.js";
import type { PasskeyRules, Policy } from "../../../core/policy/policy.js";
import type { Explanation } from "../../../core/report/explain.js";
import { counted, listed } from "../../../core/words/amounts.js";
import { allowedModelsWords, attestationWords, onOff, typesWords } from "../../../core/words/policy-words.js";
import { code, plain } from "../card-text.js";

/** Profiles named in a sentence. */
const PROFILES_NAMED = 3;

interface Words {
  /** Two sentences for an administrator to whom it is new. */
  readonly means: string;
  /** How it is in this tenant; nothing where the policy does not say. */
  readonly here?: (policy: Policy) => string;
  readonly next: (policy: Policy | undefined) => string;
}

/** What something is, how it is here, and what to say next. */
export function conceptText({ concept, policy }: Explanation): string {
  const { means, here, next } = WORDS[concept];
  const today = policy === undefined ? undefined : here?.(policy);
  return [means, ...(today === undefined ? [] : [today]), next(policy)].join(" ");
}

const WORDS: Readonly<Record<Concept, Words>> = {
  passkey: {
    means:
      "A passkey is a credential that people sign in with instead of a password: a private key that stays on a device, a security key or in a password manager, and is unlocked with a face, a finger or a PIN. It answers only to the genuine sign-in page, so it cannot be phished.",
    here: ({ state }) => `Here passkeys are ${onOff(state)}.`,
    next: () =>
      `Say ${code("status")} to see whom they are for, or ${code("keys in use")} for which ones people have.`,
  },
  attestation: {
    means:
      "Attestation is an authenticator's proof, signed by its maker, that it is the model it says it is. Where it is enforced, only passkeys with that proof can be registered: none that are synced, and none on a phone by QR code from a computer; those that people have go on working.",
    here: (policy) =>
      hereIs(policy, (rules) => attestationWords(rules.attestationEnforced, rules.otherAttestation)),
    next: (policy) =>
      `Say ${code(`what would happen if I enable passkeys with${isEnforced(policy) ? "out" : ""} attestation`)} for who is affected.`,
  },
  aaguid: {
    means:
      "An AAGUID is the number that names the model of an authenticator: all keys of one model bear the same. Allow lists and block lists are made of them; without attestation a passkey can claim another than its own.",
    next: () => `Say ${code("keys in use")} for the models people have, by name.`,
  },
  types: {
    means:
      "A synced passkey is copied by a password manager, such as iCloud Keychain or Google Password Manager, to all devices of its owner through the cloud. A device-bound one stays on the one device or security key it was made on, and can prove its model.",
    here: (policy) => hereIs(policy, (rules) => `${typesWords(rules.types, rules.otherTypes)} admitted`),
    next: () => `Say ${code("keys in use")} for which kind people have.`,
  },
  restrictions: {
    means:
      "Key restrictions say which models may be used: only those on an allow list, or all but those on a block list. They count at every sign-in, so a model that is taken out stops working for the people who have it.",
    here: (policy) => hereIs(policy, allowedModelsWords),
    next: () => `Say ${code("show policy")} for the list, or ${code("keys in use")} for what people have.`,
  },
  profile: {
    means:
      "A passkey profile is a named set of rules: which kinds of passkeys, whether attestation is enforced, which models. Each group is given one or more of them, and a passkey works when it meets any one of its owner's.",
    here: (policy) =>
      policy.shape === "legacy"
        ? "This tenant has none: one set of rules holds for everybody, until profiles are switched on in Entra."
        : `This tenant has ${counted(policy.profiles.length, "profile")}: ${listed(
            policy.profiles.map(({ name }) => plain(name)),
            PROFILES_NAMED,
          )}.`,
    next: () => `Say ${code("show policy")} for what each of them demands.`,
  },
  "self-service": {
    means:
      "Self-service lets people register passkeys by themselves, on the page Security info of their account. Without it nobody can add one there, whatever else the policy says.",
    here: ({ selfService }) => `Here it is ${selfService ? "on" : "off"}.`,
    next: (policy) =>
      policy?.selfService === false
        ? `Say ${code("enable passkeys")} to propose to turn it on with the rest.`
        : `Latchkey turns it on with passkeys and never off, which is done in the Entra admin center. Say ${code("show policy")} for the other settings.`,
  },
  target: {
    means:
      "A target is whom passkeys are for: all users, or a group. An excluded group wins over everything else a person is in, so its people can use none.",
    here: ({ include, exclude }) =>
      `Here there ${include.length === 1 ? "is" : "are"} ${counted(include.length, "target")} and ${counted(exclude.length, "exclusion")}.`,
    next: () => `Say ${code("show policy")} for their names.`,
  },
  "security-key": {
    means:
      "A security key is a small device that holds passkeys and never gives them away; it is used by USB or NFC, with a PIN or a finger. FIDO2 is the standard by which it, and every other passkey, signs in to Entra instead of a password.",
    next: () => `Say ${code("keys in use")} for the models people have.`,
  },
  plan: {
    means:
      "A plan is one change of the policy with a number, and with what it does to people. Nothing is written until another admin approves it on its card, with that admin's own rights; afterwards it can be taken back.",
    next: () => `Say ${code("pending")} for those that wait, or ${code("history")} for those before.`,
  },
  drift: {
    means:
      "Drift is a difference between the policy and what was last applied or accepted with Latchkey, because it was changed somewhere else. The policy is compared every few minutes; an approver accepts a drift, or it is put back.",
    next: () => `Say ${code("drift")} to compare now.`,
  },
  permissions: {
    means:
      "I read with application permissions of my own and can write with none of them; an approver's own rights write, for the one change that is approved. Where a permission is missing, the answer that would need it says so and who can grant it.",
    next: () =>
      `Say ${code("status")} to see what I can read now, or ${code("who can approve")} for whose role writes.`,
  },
  scan: {
    means:
      "A scan reads which passkeys every person has registered, because nothing else tells who would lose sign-in by a change. It changes nothing, and reads only what is new since the last one.",
    next: () => `Say ${code("keys in use")} for what the last one found, or ${code("scan")} for another.`,
  },
  evidence: {
    means:
      "Evidence is everything about one plan on one page, for an auditor: who asked, who approved, what was shown and what was written, with the records themselves. Each record is hashed together with the one before, so that a gap or an edit shows.",
    next: () => `Say ${code("history")} for the plans, then ${code("evidence 12")} for one of them.`,
  },
};

function isEnforced(policy: Policy | undefined): boolean {
  return policy !== undefined && ruleSets(policy).every(({ attestationEnforced }) => attestationEnforced);
}

function ruleSets(policy: Policy): readonly PasskeyRules[] {
  return policy.shape === "legacy" ? [policy] : policy.profiles;
}

/** "Here: not enforced." Profile by profile where they differ. */
function hereIs(policy: Policy, wordsOf: (rules: PasskeyRules) => string): string {
  const [first, ...others] = ruleSets(policy).map(wordsOf);
  if (policy.shape === "legacy" || first === undefined) return `Here: ${first ?? "no rules"}.`;
  if (others.every((words) => words === first)) return `Here, in every profile: ${first}.`;
  return `Here: ${policy.profiles.map((each) => `${wordsOf(each)} in profile ${plain(each.name)}`).join("; ")}.`;
}
