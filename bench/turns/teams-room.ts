/** Somebody who writes to the bot. */
export interface Sender {
  readonly id: string;
  readonly name: string;
}

/** Where they do. */
export interface Room {
  readonly id: string;
  readonly kind: "personal" | "channel";
}

export const chatOf = (person: Sender): Room => ({ id: `a:${person.id}`, kind: "personal" });

/** What every activity from Teams has around it. */
export interface Envelope {
  readonly tenantId: string;
  readonly clientId: string;
  readonly serviceUrl: string;
}

let count = 0;

/** A message as Teams sends it: in a channel, with the bot mentioned. */
export function messageIn(envelope: Envelope, person: Sender, room: Room, text: string): object {
  const personal = room.kind === "personal";
  const mentioned = { id: botId(envelope), name: "Latchkey" };
  return {
    ...around(envelope, person, room),
    type: "message",
    text: personal ? text : `<at>Latchkey</at> ${text}`,
    textFormat: "plain",
    entities: personal ? [] : [{ type: "mention", text: "<at>Latchkey</at>", mentioned }],
  };
}

/** A press of a card's button as Teams sends it. */
export function pressIn(
  envelope: Envelope,
  person: Sender,
  room: Room,
  press: { readonly card: string; readonly action: object; readonly authentication?: object },
): object {
  const { card, ...value } = press;
  return {
    ...around(envelope, person, room),
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId: card,
    value: { ...value, trigger: "manual" },
  };
}

const botId = ({ clientId }: Envelope): string => `28:${clientId}`;

function around(envelope: Envelope, person: Sender, room: Room): object {
  count += 1;
  const { tenantId, serviceUrl } = envelope;
  const channel = room.kind === "channel";
  return {
    id: `in-${count}`,
    channelId: "msteams",
    serviceUrl,
    timestamp: new Date().toISOString(),
    from: { id: `29:${person.id}`, name: person.name, aadObjectId: person.id },
    recipient: { id: botId(envelope), name: "Latchkey" },
    conversation: {
      id: room.id,
      tenantId,
      conversationType: room.kind,
      ...(channel ? { isGroup: true } : {}),
    },
    channelData: {
      tenant: { id: tenantId },
      ...(channel ? { team: { id: "19:team" }, channel: { id: room.id } } : {}),
    },
  };
}
