import { unreachable } from "../../../core/errors.js";
import type { IsAllowed, ModelAllowed, RulesOnModel } from "../../../core/report/is-allowed.js";
import { people } from "../../../core/words/amounts.js";
import { code, plain } from "../card-text.js";

/** Models of one name that are told apart in one answer. */
const MODELS_SHOWN = 6;

/** Whether models may be used, by which rules and why not, and what can be proposed. A line for each. */
export function isAllowedText({ state, models }: IsAllowed): string {
  const distinct = models.length > 1;
  const lines = models.slice(0, MODELS_SHOWN).map((model) => modelText(model, distinct));
  const off =
    state === "disabled" ? ["Passkeys are off, so none can be used; this is what the rules say."] : [];
  return [...off, ...lines].join("\n\n");
}

function modelText({ model, rules, people: users }: ModelAllowed, distinct: boolean): string {
  const name = `${plain(model.name)}${distinct ? ` (${code(model.aaguid)})` : ""}`;
  const typed = distinct ? model.aaguid : sayable(model.name, model.aaguid);
  const good = rules.filter(({ verdict }) => isAllowed(verdict));
  const use = users === 0 ? "Nobody has one." : `${people(users)} ${users === 1 ? "has" : "have"} one.`;
  if (good.length === rules.length) {
    return `Yes, ${name} is allowed: ${why(good[0])}. ${use} Say ${code(`remove ${typed}`)} to propose to keep it out.`;
  }
  const reasons = rules.map((each) => `${whyNotOrWhy(each)}${inProfile(each)}`).join("; ");
  const bad = rules.filter(({ verdict }) => !isAllowed(verdict));
  const answer = good.length === 0 ? `No, ${name} is not allowed` : `${name} is allowed in some profiles`;
  return `${answer}: ${reasons}. ${use} ${nextText(typed, bad)}`;
}

function nextText(typed: string, bad: readonly RulesOnModel[]): string {
  const open = bad.find(({ verdict }) => verdict !== "kind");
  if (open === undefined) return `Say ${code("explain synced")} for what the kinds are.`;
  const where = open.profile === undefined ? "" : ` in profile "${open.profile}"`;
  return `Say ${code(`allow ${typed}${where}`)} to propose it.`;
}

function isAllowed(verdict: RulesOnModel["verdict"]): boolean {
  return verdict === "any" || verdict === "listed" || verdict === "not-blocked";
}

const why = (rules: RulesOnModel | undefined): string => (rules === undefined ? "" : whyNotOrWhy(rules));

function whyNotOrWhy({ verdict }: RulesOnModel): string {
  switch (verdict) {
    case "any":
      return "any model may be used";
    case "listed":
      return "it is on the allow list";
    case "not-blocked":
      return "it is not on the block list";
    case "not-listed":
      return "it is not on the allow list";
    case "blocked":
      return "it is on the block list";
    case "kind":
      return "passkeys of its kind are not admitted";
    default:
      return unreachable(verdict);
  }
}

const inProfile = ({ profile }: RulesOnModel): string =>
  profile === undefined ? "" : ` in profile ${plain(profile)}`;

/** A name as it can be typed back; one with a comma or quotes is not one word of a list. */
function sayable(name: string, aaguid: string): string {
  return /[,"“”„«»]|\band\b/i.test(name) ? aaguid : name;
}
