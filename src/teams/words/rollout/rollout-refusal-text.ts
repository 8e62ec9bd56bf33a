import { type Refusal, unreachable } from "../../../core/errors.js";
import { code, plain } from "../card-text.js";

type RolloutRefusal = Extract<
  Refusal,
  {
    code:
      | "pilot-off"
      | "no-pilot"
      | "all-users-already"
      | "no-stages"
      | "no-stage-left"
      | "too-many-stages"
      | "everyone-not-last"
      | "stage-twice";
  }
>;

/** Why a pilot does not go on. Each ends with the next step. */
export function rolloutRefusalText(refusal: RolloutRefusal): string {
  switch (refusal.code) {
    case "pilot-off":
      return `Passkeys are off, so there is no pilot yet. Say ${code("enable passkeys for group Pilot")} to begin with a group.`;
    case "no-pilot":
      return refusal.forAllUsers
        ? `Passkeys are for all users already, and no group is a pilot of its own. Say ${code("status")} to see how many have one.`
        : `Passkeys are for no group yet, so there is no pilot. Say ${code("enable passkeys for group Pilot")} to begin with one.`;
    case "all-users-already":
      return `All users may use passkeys already${
        refusal.profiles.length === 0
          ? ""
          : ` in profile ${refusal.profiles.map((name) => plain(name)).join(", ")}`
      }, so there is nothing to promote. Say ${code("status")} to see how many have one.`;
    case "no-stages":
      return `No stages of the rollout are written down. Say ${code("rollout Pilot, IT, everyone")} with your own groups, or ${code("promote pilot to all users")}.`;
    case "no-stage-left":
      return `Each stage of the rollout has passkeys already. Say ${code("pilot status")} to see how many have one.`;
    case "too-many-stages":
      return `A rollout has at most ${refusal.limit} stages. Write fewer, such as ${code("rollout Pilot, IT, everyone")}; a stage may be a group of groups.`;
    case "everyone-not-last":
      return `After everyone there is no stage left. Write it last, such as ${code("rollout Pilot, IT, everyone")}.`;
    case "stage-twice":
      return `${plain(refusal.group.name)} is two of the stages. Write each group once, in the order in which they get passkeys.`;
    default:
      return unreachable(refusal);
  }
}
