import { type Refusal, unreachable } from "../../../core/errors.js";
import { code, plain } from "../card-text.js";

type RolloutRefusal = Extract<Refusal, { code: "pilot-off" | "no-pilot" | "all-users-already" }>;

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
    default:
      return unreachable(refusal);
  }
}
