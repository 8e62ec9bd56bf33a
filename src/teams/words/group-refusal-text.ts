import { type Refusal, unreachable } from "../../core/errors.js";
import type { GroupRef } from "../../core/policy/intent.js";
import { listed } from "../../core/words/amounts.js";
import { code, plain } from "./card-text.js";

/** A "no" that is about groups and whom passkeys are for. */
export type GroupRefusal = Extract<
  Refusal,
  {
    code:
      | "group-excluded"
      | "group-has-passkeys"
      | "group-not-on-list"
      | "group-not-excluded"
      | "nobody-left"
      | "exclusion-has-no-profile";
  }
>;

const GROUPS_NAMED = 4;

/** The words of a "no" about groups, with the next step. */
export function groupRefusalText(refusal: GroupRefusal): string {
  switch (refusal.code) {
    case "group-excluded":
      return `${are(refusal.groups, "excluded")}, and an exclusion wins in Entra over whatever else a group is in: its people could use no passkey. Nothing was proposed; say ${code(`include ${typedGroups(refusal.groups)} again`)} first.`;
    case "group-has-passkeys":
      return hasPasskeysText(refusal);
    case "group-not-on-list":
      return notOnListText(refusal);
    case "group-not-excluded":
      return `${are(refusal.groups, "not excluded")}, so there is nothing to take back. Say ${code(`add ${typedGroups(refusal.groups)}`)} if passkeys are to be for its people, or \`show policy\` to see whom they are for.`;
    case "nobody-left":
      return "That would leave nobody who may use passkeys, so nothing was proposed. Say `disable passkeys` if that is meant, or `enable passkeys only for group ...` to put others in their place.";
    case "exclusion-has-no-profile":
      return `An exclusion holds for every profile. Say ${code(`exclude ${typedGroups(refusal.groups)}`)} without one, or ${code(`remove ${typedGroups(refusal.groups)} from profile ...`)} to take one profile from its people.`;
    default:
      return unreachable(refusal);
  }
}

/** To take passkeys from the others has a sentence of its own, which is offered and not guessed. */
function hasPasskeysText(refusal: Extract<GroupRefusal, { code: "group-has-passkeys" }>): string {
  const { groups, through, profiles, other } = refusal;
  const words = typedGroups(groups);
  const profile =
    profiles.length === 0
      ? ""
      : ` in profile ${listed(
          profiles.map((name) => plain(name)),
          3,
        )}`;
  const already =
    through === "all-users"
      ? `Passkeys are for all users${profile}, so ${names(groups)} ${groups.length === 1 ? "has" : "have"} them already.`
      : `Passkeys are for ${names(groups)}${profile} already.`;
  const more =
    other === undefined
      ? []
      : [`${code(`add ${words} in profile "${other}"`)} to give that profile in addition`];
  const only = through === "all-users" || more.length > 0;
  const steps = [
    ...more,
    ...(only ? [`${code(`enable passkeys only for ${words}`)} if nobody else is to have them`] : []),
  ];
  return `${already} Nothing was proposed; say ${steps.length > 0 ? steps.join(", or ") : "`show policy` to see whom they are for"}.`;
}

function notOnListText(refusal: Extract<GroupRefusal, { code: "group-not-on-list" }>): string {
  const { groups, forAllUsers, profile } = refusal;
  const list = profile === undefined ? "on the list by " : `in profile ${plain(profile)} by `;
  const itself = groups.length === 1 ? "itself" : "themselves";
  const next = forAllUsers
    ? `passkeys are for all users. Say ${code(`exclude ${typedGroups(groups)}`)} if its people are to have none`
    : "so there is nothing to take away. Say `show policy` to see whom passkeys are for";
  return `${are(groups, "not")} ${list}${itself}${forAllUsers ? ": " : ", "}${next}.`;
}

/** As a command is typed: a name that is more than one word in quotes, one that has quotes itself by its id. */
function typedGroups(groups: readonly GroupRef[]): string {
  const typed = groups.map(({ id, name }) =>
    /["“”„]/.test(name) ? id : /^[\p{L}\p{N}-]+$/u.test(name) ? name : `"${name}"`,
  );
  return `${groups.length === 1 ? "group" : "groups"} ${typed.join(", ")}`;
}

const names = (groups: readonly GroupRef[]): string =>
  listed(
    groups.map(({ name }) => plain(name)),
    GROUPS_NAMED,
  );

const are = (groups: readonly GroupRef[], what: string): string =>
  `${names(groups)} ${groups.length === 1 ? "is" : "are"} ${what}`;
