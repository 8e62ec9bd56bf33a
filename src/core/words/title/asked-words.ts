import { unreachable } from "../../errors.js";
import { ownMember } from "../../own-member.js";
import type { PlanSummary } from "../../plan/plan.js";
import type { EnableIntent, GroupRef, GroupsIntent, ListIntent, PromoteIntent } from "../../policy/intent.js";
import { UNKNOWN_MODEL } from "../../policy/model.js";
import { listed } from "../amounts.js";
import { groupWordsIn } from "../group-words.js";
import type { Medium } from "../medium.js";
import { modelWordsIn } from "../model-words.js";
import { typesWords } from "../policy-words.js";

const GROUPS_SHOWN = 3;

type Named = PlanSummary["proposal"];

/** What was asked for, in an administrator's words. */
export function askedWordsIn(medium: Medium) {
  const { quote } = medium;
  const { groupRefWords } = groupWordsIn(medium);
  const { distinctModelWords } = modelWordsIn(medium);

  const inProfile = (profile: string | undefined): string =>
    profile === undefined ? "" : ` in profile ${quote(profile)}`;

  const refs = (groups: readonly GroupRef[], named: Named): string =>
    listed(
      groups.map((group) => groupRefWords(group, named)),
      GROUPS_SHOWN,
    );

  /** "Allow YubiKey 5 NFC in profile Staff". */
  const listWords = (intent: ListIntent, { modelNames }: Named): string => {
    if (intent.kind === "allow-in-use") return `Allow keys in use${inProfile(intent.profile)}`;
    // Of an unknown model the AAGUID is all there is to judge by.
    const names = intent.aaguids.map((aaguid) =>
      ownMember(modelNames, aaguid) === UNKNOWN_MODEL ? aaguid : distinctModelWords(aaguid, modelNames),
    );
    const what = listed(names, names.length === 2 ? 2 : 1);
    if (intent.kind === "remove") return `Remove ${what}${inProfile(intent.profile)}`;
    const { admits } = intent;
    const kind = admits === undefined ? "" : ` with ${typesWords([admits])} passkeys`;
    return `Allow ${what}${kind}${inProfile(intent.profile)}`;
  };

  /** "Remove Helpdesk (9 people, 1a2b3c4d)". */
  const groupsWords = ({ kind, groups, profile }: GroupsIntent, named: Named): string => {
    const words = `${refs(groups, named)}${inProfile(profile)}`;
    switch (kind) {
      case "add-group":
        return `Add ${words}`;
      case "remove-group":
        return `Remove ${words}`;
      case "exclude-group":
        return `Exclude ${words}`;
      case "include-group":
        return `Include ${words} again`;
      default:
        return unreachable(kind);
    }
  };

  /** For whom passkeys were to be enabled: "only for Pilot (3 people, 1a2b3c4d)"; nothing where that was not said. */
  const forWords = ({ targets }: EnableIntent, named: Named): readonly string[] => {
    if (targets === undefined) return [];
    if (targets.kind === "all-users") return ["for all users"];
    return [`${targets.only ? "only " : ""}for ${refs(targets.groups, named)}`];
  };

  /** The one Authenticator that was asked for; of both there is nothing to say. */
  const authenticatorWords = ({ authenticators: [first, second] }: EnableIntent): readonly string[] =>
    first === undefined || second !== undefined
      ? []
      : [`with Authenticator on ${first === "ios" ? "iOS" : "Android"}`];

  /** How they were to be enabled: "with attestation". */
  const howWords = (intent: EnableIntent): readonly string[] => {
    const { attestation, restriction, profile } = intent;
    return [
      ...(profile === undefined ? [] : [`in profile ${quote(profile)}`]),
      ...authenticatorWords(intent),
      ...(attestation === "enforced" ? ["with attestation"] : []),
      ...(attestation === "not-enforced" ? ["without attestation"] : []),
      ...(restriction === "allow-list" ? ["with an allow list"] : []),
      ...(restriction === "any" ? ["with any authenticator"] : []),
    ];
  };

  /** "to IT (9 people, 1a2b3c4d) in profile Staff". */
  const promotedWords = ({ targets, profile }: PromoteIntent, named: Named): readonly string[] => [
    `to ${targets.kind === "all-users" ? "all users" : refs(targets.groups, named)}${inProfile(profile)}`,
  ];

  return { promotedWords, listWords, groupsWords, forWords, howWords, authenticatorWords };
}
