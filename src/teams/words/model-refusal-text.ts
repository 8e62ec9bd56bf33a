import { type Refusal, unreachable } from "../../core/errors.js";
import type { Model } from "../../core/policy/model.js";
import { type Aaguid, NO_AAGUID } from "../../core/policy/policy.js";
import { listed } from "../../core/words/amounts.js";
import { typesWords } from "../../core/words/policy-words.js";
import { code, plain } from "./card-text.js";
import { entriesText } from "./choices/entries-text.js";
import { canBeSaidAgain, sayAgain } from "./choices/say-again.js";
import { statusWords } from "./names.js";

/** A "no" that is about models or the list they are on. */
export type ModelRefusal = Extract<
  Refusal,
  {
    code:
      | "unknown-model"
      | "ambiguous-model"
      | "entries-not-understood"
      | "too-many-models"
      | "no-model-aaguid"
      | "not-restricted"
      | "list-would-be-empty"
      | "kind-not-admitted";
  }
>;
type Ambiguous = Extract<ModelRefusal, { code: "ambiguous-model" }>;

/** Text in code marks is cut off a little above this. */
const LONGEST_COMMAND = 150;

/** The words of a "no" about models, with the next step. */
export function modelRefusalText(refusal: ModelRefusal): string {
  switch (refusal.code) {
    case "unknown-model":
      return `No authenticator model is known by the name ${code(refusal.typed)}. Say \`keys in use\` for the models people have, or ask again with the model's AAGUID, which its maker publishes.`;
    case "ambiguous-model":
      return ambiguousText(refusal);
    case "entries-not-understood":
      return entriesText(refusal);
    case "too-many-models":
      return `That list has ${refusal.entries} entries, and ${refusal.limit} are the most that are taken at once. Nothing was proposed; ask for it in parts.`;
    case "no-model-aaguid":
      return refusal.verb === "allow"
        ? "The all-zero AAGUID stands for every platform that does not prove its model. It names no model, so a list cannot let just that one in. Say `keys in use` for models that have a name, or ask without it."
        : "The all-zero AAGUID stands for every platform that does not prove its model. It names no model, so it is not put on a list. Say `enable passkeys with attestation` if only authenticators that prove their model may be registered.";
    case "not-restricted":
      return notRestrictedText(refusal);
    case "list-would-be-empty":
      return `That would leave nothing on the allow list${ofProfile(refusal.profile)}, and nobody could sign in with a passkey it governs. Allow first what is to stay, or say \`disable passkeys\` if nobody is meant to.`;
    case "kind-not-admitted":
      return kindText(refusal);
    default:
      return unreachable(refusal);
  }
}

function kindText(refusal: Extract<ModelRefusal, { code: "kind-not-admitted" }>): string {
  const { models, type, profile, others, leavesListEmpty } = refusal;
  const names = listed(
    models.map(({ name }) => plain(name)),
    3,
  );
  const makes = models.length === 1 ? "makes" : "make";
  const why = `${names} ${makes} ${typesWords([type])} passkeys, and profile ${plain(profile)} admits no such`;
  if (leavesListEmpty === true) {
    const start = code(`enable passkeys unrestricted in profile "${profile}"`);
    return `${why}: nothing else would be on its list, so nothing was proposed. Say ${start} to let in every model of the other kind, or ask again when such a model is in use.`;
  }
  const unused = `${why}, so nothing was proposed: there they would work for nobody.`;
  const allow = `allow ${models.map(({ aaguid }) => aaguid).join(", ")}`;
  const [other] = others.filter((name) => canBeNamed(allow, name));
  const elsewhere = other === undefined ? "" : `, or ${code(`${allow} in profile "${other}"`)}`;
  const together = ` with ${typesWords([type])} passkeys`;
  return canBeNamed(`${allow}${together}`, profile)
    ? `${unused} Say ${code(`${allow}${together} in profile "${profile}"`)} to let that kind in as well${elsewhere}.`
    : `${unused} Ask for one of them at a time by its name, with ${code(together.trim())} behind it, to let that kind in as well.`;
}

/** Whether the command fits a line with that profile, and can be read back: a name with quotes of its own cannot. */
const canBeNamed = (command: string, profile: string): boolean =>
  !profile.includes('"') && `${command} in profile "${profile}"`.length <= LONGEST_COMMAND;

function notRestrictedText({ verb, profile }: Extract<ModelRefusal, { code: "not-restricted" }>): string {
  const start = code(
    profile === undefined
      ? "enable passkeys with allow list"
      : `enable passkeys with allow list in profile "${profile}"`,
  );
  return verb === "allow"
    ? `Authenticators are not restricted${inProfile(profile)}: any of them may be used already. Say ${start} to start a list.`
    : `Authenticators are not restricted${inProfile(profile)}, so there is no list to take one from. Say ${start} to start one, then remove what does not belong on it.`;
}

function ambiguousText(refusal: Ambiguous): string {
  const { typed, candidates } = refusal;
  const one = candidates.length === 1;
  const what = one
    ? `No model is called exactly ${code(typed)}.`
    : `${code(typed)} could be one of several models.`;
  const how = !canBeCopied(refusal)
    ? `Ask again with the AAGUID in place of ${code(typed)}:`
    : one
      ? "If this is the one, say so:"
      : "Say which:";
  const say = (aaguid: Aaguid) => (canBeCopied(refusal) ? sayAgain(refusal, aaguid) : aaguid);
  const lines = candidates.map(
    (model) => `- ${code(say(model.aaguid))} ${modelWords(model, refusal.inUse ?? [])}`,
  );
  const none = "If it is none of these, ask with its own AAGUID.";
  return [`${what} ${how}`, lines.join("\n"), ...allInUse(refusal), none].join("\n\n");
}

/** Several models in use that share one name are most likely meant together. */
function allInUse(refusal: Ambiguous): readonly string[] {
  const { verb, candidates, inUse = [] } = refusal;
  const used = candidates.filter(({ aaguid }) => inUse.includes(aaguid));
  const [first, second] = used;
  const isChange = verb === "allow" || verb === "remove";
  if (!isChange || first === undefined || second === undefined) return [];
  if (used.some(({ name }) => name !== first.name)) return [];
  const command = sayAgain(refusal, used.map(({ aaguid }) => aaguid).join(", "));
  return command.length > LONGEST_COMMAND ? [] : [`All ${used.length} that are in use: ${code(command)}`];
}

/** Whether that fits a line, and can be read back: a name with quotes of its own cannot. */
function canBeCopied(refusal: Ambiguous): boolean {
  return canBeSaidAgain(refusal) && sayAgain(refusal, NO_AAGUID).length <= LONGEST_COMMAND;
}

function modelWords(model: Model, inUse: readonly Aaguid[]): string {
  const { aaguid, name, vendor, firmware, certification, warnings } = model;
  const made = firmware === undefined ? undefined : `firmware ${firmware}`;
  const about = [vendor, made, certification].flatMap((each) => (each === undefined ? [] : [plain(each)]));
  const warned = warnings.map(({ status }) => `⚠ ${statusWords(status)}`);
  const known = [...about, ...warned, ...(inUse.includes(aaguid) ? ["in use"] : [])];
  return `${plain(name)}${known.length === 0 ? "" : ` (${known.join(", ")})`}`;
}

const inProfile = (profile: string | undefined) =>
  profile === undefined ? "" : ` in profile ${plain(profile)}`;
const ofProfile = (profile: string | undefined) =>
  profile === undefined ? "" : ` of profile ${plain(profile)}`;
