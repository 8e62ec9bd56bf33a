import { unreachable } from "../errors.js";
import type { PlanWarning } from "../impact/warnings.js";
import type { Weakening } from "../impact/weakenings.js";
import type { NamedGroups } from "../policy/group.js";
import type { Aaguid } from "../policy/policy.js";
import { POLICY_LIMIT_BYTES } from "../policy/policy-limits.js";
import { counted, listed, number, people } from "./amounts.js";
import { groupWordsIn, KINDS_WITHOUT_SECURITY } from "./group-words.js";
import type { Medium } from "./medium.js";
import { byImportance, modelWordsIn, type NamedModels } from "./model-words.js";
import { typesWords } from "./policy-words.js";

/** Models named in one warning. */
const MODELS_NAMED = 5;

/** A warning as the approver reads it, the consequence in plain words. */
export function warningWords(
  warning: PlanWarning,
  models: NamedModels & Partial<NamedGroups> & { readonly weakenings?: readonly Weakening[] },
  medium: Medium,
): string {
  switch (warning.kind) {
    case "group-looks-alike":
      return lookAlikeWords(warning, models, medium);
    case "look-alikes-not-looked-for":
      return `${
        warning.lookedAt === 0
          ? "The tenant's groups could not be read"
          : `Only ${number(warning.lookedAt)} of the tenant's groups were read`
      }, so another one whose name looks the same may have been missed: compare the object id.`;
    case "group-not-security":
      return `${groupWordsIn(medium).groupWords(warning.group, models)} is a ${KINDS_WITHOUT_SECURITY[warning.is]}. Entra lets people register passkeys by security groups only: it may have no effect here.`;
    case "profile-reaches-nobody":
      return `Nobody has profile ${medium.quote(warning.profile)}, so this is for nobody yet. ${
        warning.others.length === 0
          ? "No profile reaches people"
          : `People have ${listed(warning.others.map(medium.quote), MODELS_NAMED)}`
      }: ask for the change in that profile, or give this one to a group with "add group".`;
    case "targets-without-profile":
      return `Without a profile, people can use no passkey, unless another group of theirs has one: ${groupWordsIn(medium).groupsWords(warning.targets, models)}. Say "add group" with its name to give it the default profile.`;
    case "models-left-out":
      return leftOutWords(warning, models, medium);
    case "turned-off":
      return "While passkeys are off, nobody can sign in with one or set one up.";
    case "matters-once-on":
      return laterWords(warning, models, medium);
    case "starts-to-restrict":
      return startsWords(warning, medium);
    case "list-not-proven":
      return `With attestation off, this list is a convention, not a control${
        // What makes attestation end says so itself.
        models.weakenings?.some(({ kind }) => kind === "attestation-dropped")
          ? ""
          : ": a modified authenticator can claim any model"
      }.`;
    case "attestation-excludes":
      return "With attestation on, synced passkeys cannot be set up, and neither can a passkey on a phone by scanning a QR code.";
    case "block-list":
      return "This is a block list: every model that is not on it works, including models yet to appear.";
    case "nameless-in-use":
      return `${people(warning.people)} ${warning.people === 1 ? "uses" : "use"} a passkey that names no model, as platforms without attestation make them: it cannot be put on an allow list and does not work under one.`;
    case "models-warned-of":
      return warnedWords(warning.models, models, medium);
    case "profiles-for-good":
      return "This cannot be undone: Microsoft offers no way back from passkey profiles. The rules of today become the default profile, for the same people, and up to two more profiles may stand beside it.";
    case "little-room":
      return `The policy takes ${number(warning.bytes)} of ${number(POLICY_LIMIT_BYTES)} bytes: soon no authenticator can be added.`;
    case "campaign-passes-over":
      return "Microsoft's own campaign to register passkeys passes over people under this list: it has no iCloud Keychain, Google Password Manager, Microsoft Authenticator or Windows.";
    case "synced-admitted-at-once":
      return "Synced passkeys are admitted as well, because attestation is off: Apple, Google or another copies them between devices.";
    case "strengths-list-models":
      return strengthsWords(warning, medium);
    case "disabled-not-scanned":
      return disabledWords(warning);
    case "lately-registered-not-scanned":
      return "Entra's report lags up to 36 hours: a passkey registered since then may be missing here.";
    default:
      return unreachable(warning);
  }
}

function disabledWords({ count }: Extract<PlanWarning, { kind: "disabled-not-scanned" }>): string {
  if (count === undefined)
    return "People whose account is disabled may not be in the scan, so their passkeys may be unknown here. How many accounts it left out was not counted.";
  return count === 1
    ? "1 account is disabled and may not be in the scan: its passkeys may be unknown here, and not work once it is enabled again."
    : `${number(count)} accounts are disabled and may not be in the scan: their passkeys may be unknown here, and not work once they are enabled again.`;
}

/** What satisfies a strength is a list of its own. */
function strengthsWords(
  { strengths }: Extract<PlanWarning, { kind: "strengths-list-models" }>,
  { quote }: Medium,
): string {
  if (strengths === undefined)
    return "An authentication strength may list models of its own, which this does not change. They could not be read: look in Conditional Access.";
  const names = listed(strengths.map(quote), MODELS_NAMED);
  return strengths.length === 1
    ? `Authentication strength ${names} lists models of its own and does not follow: change it in Conditional Access as well.`
    : `Authentication strengths ${names} list models of their own and do not follow: change them in Conditional Access as well.`;
}

/** Here a person who wants no list reads how to ask for none. */
function startsWords(
  { turnsOn, list }: Extract<PlanWarning, { kind: "starts-to-restrict" }>,
  { strong }: Medium,
): string {
  const now = turnsOn === true ? "No list is in force yet." : "Today any authenticator works.";
  const then = list === "block" ? "one that is blocked" : "one that is not listed";
  return `${now} Once applied, ${then} can neither be set up nor used to sign in. To restrict nothing, ask ${strong("enable passkeys unrestricted")}.`;
}

/** Either of them may be the one that was meant. */
function lookAlikeWords(
  { group, others, more }: Extract<PlanWarning, { kind: "group-looks-alike" }>,
  groups: Partial<NamedGroups>,
  medium: Medium,
): string {
  const { groupWords } = groupWordsIn(medium);
  const named = others.map((id) => groupWords(id, groups));
  const all = more > 0 ? `${named.join(", ")} and ${number(more)} more` : listed(named, named.length);
  const one = others.length + more === 1;
  return `${one ? "Another group looks" : "Other groups look"} the same as ${groupWords(group, groups)}: ${all}. Make sure that this plan names the right one.`;
}

/** What a profile does not admit does not work in it, on its list or not. */
function leftOutWords(
  { models: out, type, profile, others }: Extract<PlanWarning, { kind: "models-left-out" }>,
  models: NamedModels,
  medium: Medium,
): string {
  const { modelLine } = modelWordsIn(medium);
  const lines = byImportance(out, models).map((aaguid) => modelLine(aaguid, models));
  const why = `Left out of the list, because profile ${medium.quote(profile)} admits no ${typesWords([type])} passkeys: ${listed(lines, MODELS_NAMED)}. In this profile they work for nobody.`;
  const how = `To let one in with its kind, ask ${medium.strong(`allow (its name) with ${typesWords([type])} passkeys`)} in this profile`;
  const where = listed(others.map(medium.quote), MODELS_NAMED);
  return `${why} ${how}${others.length === 0 ? "" : `, or allow it in ${where}, which ${others.length === 1 ? "admits" : "admit"} such passkeys`}.`;
}

/** The impact is of the policy with passkeys off: what the list means shows when they are on. */
function laterWords(
  { turnsOff, models: lost }: Extract<PlanWarning, { kind: "matters-once-on" }>,
  models: NamedModels,
  medium: Medium,
): string {
  const { modelLine } = modelWordsIn(medium);
  const lines = byImportance(lost, models).map((aaguid) => modelLine(aaguid, models));
  const when = turnsOff
    ? "Turned on again,"
    : "Passkeys are off, so nobody loses anything yet. Once they are on,";
  return `${when} these will not work: ${listed(lines, MODELS_NAMED)}.`;
}

function warnedWords(warned: readonly Aaguid[], models: NamedModels, medium: Medium): string {
  const { modelWords, modelWarning } = modelWordsIn(medium);
  const named = byImportance(warned, models).map(
    (aaguid) => `${modelWords(aaguid, models.modelNames)} (${modelWarning(aaguid, models) ?? ""})`,
  );
  return `The FIDO metadata warns of ${counted(warned.length, "model")} this list allows: ${listed(named, MODELS_NAMED)}.`;
}
