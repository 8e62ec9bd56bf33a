import type { Place } from "../../../incoming/place.js";
import type { Request } from "../../../incoming/request.js";
import type { AnswerContext } from "../../answer-context.js";

/** The chat in which a person is alone with the bot. undefined: the person has not installed the bot for themselves. */
export async function ownChat(
  { ports, rules }: Pick<AnswerContext, "ports" | "rules">,
  { place, person }: Pick<Request, "place" | "person">,
): Promise<Place | undefined> {
  if (place.kind === "personal") return place;
  const [chat] = await ports.conversations.chatsOf(rules.tenantId, [person.id]);
  return chat;
}
