import { objectIn, textIn } from "../../../simulators/http/json-over-http.js";
import { isJsonObject, type JsonObject } from "../../core/json.js";

/**
 * What a button's data tells Teams to do. Playground 0.2.28 does none of it: for `messageBack` its page stops with an
 * error in the browser's console. So it is handed to the Playground under a name that it lets through, and done here.
 */
const FOR_TEAMS = "msteams";
const LET_THROUGH = "forTeams";

/** The data of a button as the Playground can send it back. */
export function sendableData({ [FOR_TEAMS]: forTeams, ...data }: JsonObject): JsonObject {
  return forTeams === undefined ? data : { ...data, [LET_THROUGH]: forTeams };
}

/** The press of a button that speaks for the person who presses. */
export interface SpokenPress {
  /** What stands in the conversation in that person's name. */
  readonly shown: string;
  /** What the bot gets. */
  readonly activity: JsonObject;
}

/** @returns undefined: no press of such a button */
export function spokenPress(activity: JsonObject): SpokenPress | undefined {
  const { [LET_THROUGH]: _, ...data } = objectIn(activity, "value");
  const forTeams = objectIn(objectIn(activity, "value"), LET_THROUGH);
  if (forTeams.type !== "messageBack") return undefined;
  const value = isJsonObject(forTeams.value) ? { ...data, ...forTeams.value } : data;
  return {
    shown: textIn(forTeams, "displayText"),
    activity: { ...activity, text: textIn(forTeams, "text"), value },
  };
}
