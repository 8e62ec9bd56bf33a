import { PHISHING_RESISTANT, type SignInDemand } from "../access/sign-in-demands.js";
import { unreachable } from "../errors.js";
import type { Weakening } from "../impact/weakenings.js";
import type { NamedGroups } from "../policy/group.js";
import { counted, listed, number } from "./amounts.js";
import { groupWordsIn } from "./group-words.js";
import type { Medium } from "./medium.js";
import { byImportance, modelWordsIn, type NamedModels } from "./model-words.js";

/** Models named in one line. */
const MODELS_NAMED = 5;

/** A weakening as the approver reads it: what is no longer so, and what that lets in. */
export function weakeningWords(
  weakening: Weakening,
  names: NamedModels & NamedGroups,
  medium: Medium,
): string {
  const { strong } = medium;
  switch (weakening.kind) {
    case "attestation-dropped":
      return `${strong("Attestation is no longer enforced")}${ofWords(weakening, names, medium)}: a modified authenticator can claim to be any model.`;
    case "restriction-dropped":
      return `${strong("The restriction ends")}${ofWords(weakening, names, medium)}: ${
        weakening.was === "allow" ? "only listed models worked" : "blocked models did not work"
      }, and any will.`;
    case "allow-list-made-block-list":
      return `${strong("Every model that is not blocked will work")}${ofWords(weakening, names, medium)}, where only listed ones did.`;
    case "unblocked":
      return `${strong(weakening.left === 0 ? "The list of blocked models is emptied" : `${counted(weakening.models.length, "model")} ${weakening.models.length === 1 ? "is" : "are"} no longer blocked`)}${ofWords(weakening, names, medium)}: ${modelsWords(weakening, names, medium)} will work.`;
    case "synced-admitted":
      return `${strong("Synced passkeys are admitted")}${ofWords(weakening, names, medium)}: they are copied between devices by Apple, Google or another, and prove no model.`;
    case "fewer-approvals":
      return `${strong(`${counted(weakening.now, "approval")} ${weakening.now === 1 ? "is" : "are"} enough`)}, where plan #${number(weakening.lastPlan)}, the last one applied, needed ${number(weakening.before)}.`;
    case "self-approval-allowed":
      return `${strong("Who asked for this may approve it")}, which plan #${number(weakening.lastPlan)}, the last one applied, did not allow.`;
    case "sign-in-demands-dropped":
      return `${strong("Less is asked of who approves")}: plan #${number(weakening.lastPlan)}, the last one applied, took ${demandWords(weakening.dropped)}.`;
    default:
      return unreachable(weakening);
  }
}

function ofWords(
  {
    profile,
    target,
  }: Exclude<Weakening, { kind: "fewer-approvals" | "self-approval-allowed" | "sign-in-demands-dropped" }>,
  names: NamedGroups,
  medium: Medium,
): string {
  if (profile !== undefined) return ` in profile ${medium.quote(profile.name)}`;
  return target === undefined ? "" : ` for ${groupWordsIn(medium).groupWords(target, names)}`;
}

function modelsWords(
  { models }: Extract<Weakening, { kind: "unblocked" }>,
  names: NamedModels,
  medium: Medium,
): string {
  const { modelName } = modelWordsIn(medium);
  const named = byImportance(models, names).map((aaguid) => modelName(aaguid, names));
  return listed(named, MODELS_NAMED);
}

/** What is asked of an approver's sign-in, as a part of a sentence. */
export function demandWords(demands: readonly SignInDemand[]): string {
  return demands
    .map((demand) =>
      demand === PHISHING_RESISTANT
        ? "a sign-in with a passkey or a security key"
        : `the authentication context ${demand}`,
    )
    .join(" and ");
}
