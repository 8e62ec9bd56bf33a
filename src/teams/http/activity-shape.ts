import type { Activity } from "botbuilder";
import { z } from "zod";

/** Teams' own ids have some hundred characters. */
const ID_AT_MOST_CHARACTERS = 1_000;

const Id = z.string().min(1).max(ID_AT_MOST_CHARACTERS);
const Party = z.looseObject({ id: Id });

/** The least that makes a JSON object an activity; what else is read of it is checked where it is read. */
const Envelope = z.looseObject({
  type: Id,
  channelId: Id,
  from: Party,
  recipient: Party,
  conversation: Party,
});

/** What the framework takes for the mention of an account: it reads these without a look at what they are. */
const Mention = z.looseObject({ type: z.string(), mentioned: Party, text: z.string() });
const MENTION = "mention";

/**
 * The activity, without what the framework would stumble over: members it uses that are not of their type, and a
 * delivery mode that would put its answers elsewhere. One odd entity takes no other along.
 * @returns undefined when it is no activity
 */
export function activityFrom(body: object): Activity | undefined {
  if (!Envelope.safeParse(body).success) return undefined;
  const { text, entities, deliveryMode: _, ...rest } = body as Record<string, unknown>;
  const hasText = typeof text === "string";
  const activity = {
    ...rest,
    ...(hasText ? { text } : {}),
    // A mention is something in the text.
    ...(hasText ? { entities: mentionsAmong(entities) } : {}),
  };
  return activity as unknown as Activity;
}

function mentionsAmong(entities: unknown): readonly unknown[] {
  if (!Array.isArray(entities)) return [];
  return entities.flatMap((entity) => {
    const mention = Mention.safeParse(entity).data;
    return mention?.type.toLowerCase() === MENTION ? [mention] : [];
  });
}
