import { type Refusal, unreachable } from "../../core/errors.js";
import type { GroupRef } from "../../core/policy/intent.js";
import { listed } from "../../core/words/amounts.js";
import { code, plain } from "./card-text.js";
import { typedGroup } from "./choices/typed-group.js";

/** A "no" that is about groups and whom passkeys are for. */
export type GroupRefusal = Extract<
  Refusal,
  {
    code:
      | "unknown-group"
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
    case "unknown-group":
      return unknownText(refusal);
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

function unknownText({ name, near = [], instead }: Extract<GroupRefusal, { code: "unknown-group" }>): string {
  const none = `There is no group named ${plain(name)}.`;
  if (near.length > 0) {
    const meant = near.map((group) => plain(group.name)).join(", or ");
    return `${none} Did you mean ${meant}? Nothing was proposed; say it again with the name as it is in Entra.`;
  }
  if (instead === undefined) return `${none} Check the spelling in Entra, then ask again.`;
  switch (instead.kind) {
    case "person":
      return `${plain(instead.name)} is a person, and passkeys are turned on for groups. Nothing was proposed; ask again with a group, or say ${code(`show ${instead.name}`)} to see how the person stands.`;
    case "model":
      return `${none} An authenticator model is called so: say ${code(`allow ${instead.name}`)} to let it in, or ask again with a group.`;
    default:
      return unreachable(instead.kind);
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

function typedGroups(groups: readonly GroupRef[]): string {
  return `${groups.length === 1 ? "group" : "groups"} ${groups.map(typedGroup).join(", ")}`;
}

const names = (groups: readonly GroupRef[]): string =>
  listed(
    groups.map(({ name }) => plain(name)),
    GROUPS_NAMED,
  );

const are = (groups: readonly GroupRef[], what: string): string =>
  `${names(groups)} ${groups.length === 1 ? "is" : "are"} ${what}`;
