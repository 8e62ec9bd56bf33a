import { unreachable } from "../../../../../core/errors.js";
import type { NamedGroups } from "../../../../../core/policy/group.js";
import type { PasskeyType } from "../../../../../core/policy/policy.js";
import type { JudgedPasskey, Verdict } from "../../../../../core/report/standing/person/judged-passkey.js";
import type {
  AgainstPasskey,
  Obstacle,
  RulesFault,
} from "../../../../../core/report/standing/person/obstacles.js";
import { plain } from "../../../../words/card-text.js";
import { groupsWords } from "../../../../words/names.js";

/** What today's policy makes of a passkey, and all that would have to change for it to work. */
export function verdictWords(
  { usable, verdicts }: Pick<JudgedPasskey, "usable" | "verdicts">,
  names: NamedGroups,
): { readonly words: string; readonly color: "good" | "warning" | "attention" } {
  const [first] = verdicts;
  if (usable === "yes" || first === undefined) return { words: "✔ Works by today's policy", color: "good" };
  if (usable === "no" && isAlike(verdicts))
    return { words: `✖ Does not work: ${reasons(first, names)}`, color: "attention" };
  if (usable === "no") {
    const other = verdicts.slice(1).map(({ type }) => `; as a ${kindWords(type)} one it would not either`);
    return { words: `✖ Does not work: ${reasons(first, names)}${other.join("")}`, color: "attention" };
  }
  const each = verdicts.map(
    (verdict) =>
      `if it is ${kindWords(verdict.type)}, ${verdict.obstacles.length === 0 ? "it works" : `it does not: ${reasons(verdict, names)}`}`,
  );
  return { words: `? Graph does not say which kind it is; ${each.join("; ")}`, color: "warning" };
}

/** Whether both kinds that it may be are kept out by the same. */
function isAlike([first, second]: readonly Verdict[]): boolean {
  return second === undefined || JSON.stringify(first?.obstacles) === JSON.stringify(second.obstacles);
}

function reasons({ type, obstacles }: Verdict, names: NamedGroups): string {
  return obstacles.map((obstacle) => obstacleWords(obstacle, type, names)).join("; and ");
}

function obstacleWords(obstacle: Obstacle, type: PasskeyType, names: NamedGroups): string {
  switch (obstacle.kind) {
    case "off":
      return "passkeys are off for everybody";
    case "excluded":
      return `excluded as a member of ${groupsWords(obstacle.by, names)}`;
    case "outside":
      return "passkeys are not on for this person";
    case "no-profile":
      return "their groups have no passkey profile";
    case "rules":
      return obstacle.sets.map((set) => againstWords(set, type)).join("; ");
    default:
      return unreachable(obstacle);
  }
}

/** "profile Executives takes device-bound passkeys only and does not list this model". */
function againstWords({ profile, faults }: AgainstPasskey, type: PasskeyType): string {
  const who = profile === undefined ? "the policy" : profileWords(profile.name);
  return `${who} ${faults.map((fault) => faultWords(fault, type)).join(" and ")}`;
}

function faultWords(fault: RulesFault, type: PasskeyType): string {
  switch (fault) {
    case "kind":
      return `takes no ${kindWords(type)} passkeys`;
    case "not-listed":
      return "does not have this model on its list of what is allowed";
    case "blocked":
      return "blocks this model";
    default:
      return unreachable(fault);
  }
}

export function kindWords(type: PasskeyType): string {
  return type === "synced" ? "synced" : "device-bound";
}

/** "profile Executives"; of one whose name says that it is a profile, the name. */
export function profileWords(name: string): string {
  return /profile/i.test(name) ? plain(name) : `profile ${plain(name)}`;
}
