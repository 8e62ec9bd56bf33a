import { objectIn } from "../../../simulators/http/json-over-http.js";
import { isJsonObject, type JsonObject } from "../../core/json.js";
import type { ChannelPerson } from "./channel-people.js";

export interface TeamsFacts {
  readonly tenantId: string;
  /** Where the bot answers: ours, not the Playground's. */
  readonly serviceUrl: string;
}

/**
 * An activity of the Playground with what Teams' service always sends: tenant, the channel, a service URL that the
 * token vouches for, and the sender. The sender is the person of the window whatever the activity says, so that
 * the Playground's "custom activity" cannot speak for someone else. Invokes of the Playground lack `trigger`.
 */
export function asTeamsSends(activity: JsonObject, person: ChannelPerson, facts: TeamsFacts): JsonObject {
  const { value } = activity;
  return {
    ...activity,
    channelId: "msteams",
    serviceUrl: facts.serviceUrl,
    from: { id: person.teamsId, name: person.name, aadObjectId: person.id },
    conversation: { ...objectIn(activity, "conversation"), tenantId: facts.tenantId },
    channelData: { ...objectIn(activity, "channelData"), tenant: { id: facts.tenantId } },
    ...(activity.type === "invoke" && isJsonObject(value)
      ? { value: { ...value, trigger: value.trigger ?? "manual" } }
      : {}),
  };
}
