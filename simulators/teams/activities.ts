import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject } from "../../src/core/json.js";
import { objectIn } from "../http/json-over-http.js";

export interface TeamsFacts {
  readonly tenantId: string;
  /** Where the bot answers. */
  readonly serviceUrl: string;
}

/** What every activity for one bot has around it. */
export interface Envelope extends TeamsFacts {
  readonly clientId: string;
}

/** A person who does something. */
export interface Sender {
  /** Object id in Entra. */
  readonly id: string;
  readonly name: string;
  /** Id in Teams; left out: made of the object id. */
  readonly teamsId?: string;
}

/** Where a person does it. */
export interface Room {
  readonly id: string;
  readonly kind: "personal" | "groupChat" | "channel";
}

const BOT_NAME = "Latchkey";

/** A person's own chat with the bot. */
export const chatOf = (person: Pick<Sender, "id">): Room => ({ id: `a:${person.id}`, kind: "personal" });

export const botIdOf = ({ clientId }: Pick<Envelope, "clientId">): string => `28:${clientId}`;

const teamsIdOf = ({ id, teamsId }: Pick<Sender, "id" | "teamsId">): string => teamsId ?? `29:${id}`;

/** A message: where others read along, with the bot mentioned. */
export function messageFrom(envelope: Envelope, sender: Sender, room: Room, text: string): JsonObject {
  const mention = `<at>${BOT_NAME}</at>`;
  const mentioned = { id: botIdOf(envelope), name: BOT_NAME };
  const personal = room.kind === "personal";
  return activityFrom(envelope, sender, room, {
    type: "message",
    text: personal ? text : `${mention} ${text}`,
    textFormat: "plain",
    entities: personal ? [] : [{ type: "mention", text: mention, mentioned }],
  });
}

/** What a person pressed: the button of a card, and on the second try the proof of who presses. */
export interface Pressed {
  /** Id of the message with the card. */
  readonly card: string;
  readonly action: JsonObject;
  readonly authentication?: JsonObject;
  /** What a sign-in window came to: digits, nothing, or `CancelledByUser`. */
  readonly state?: string;
}

/** A press of a card's button. */
export function pressFrom(
  envelope: Envelope,
  sender: Sender,
  room: Room,
  { card, state, ...value }: Pressed,
): JsonObject {
  const invoke = { type: "invoke", name: "adaptiveCard/action", replyToId: card };
  return activityFrom(envelope, sender, room, {
    ...invoke,
    value: { ...value, trigger: "manual", ...(state === undefined ? {} : { state }) },
  });
}

/** The bot is added to a conversation, or removed from it. */
export function installationFrom(
  envelope: Envelope,
  sender: Sender,
  room: Room,
  action: "add" | "remove" = "add",
): JsonObject {
  return activityFrom(envelope, sender, room, { type: "installationUpdate", action });
}

/** The client could not sign the person in silently, and says why. */
export function signInFailureFrom(envelope: Envelope, sender: Sender, room: Room, code: string): JsonObject {
  const value = { code, message: `Sign-in failed: ${code}` };
  return activityFrom(envelope, sender, room, { type: "invoke", name: "signin/failure", value });
}

/** A sign-in window that a button opened has closed: with what its page told Teams, or by the person. */
export function signInWindowClosedFrom(
  envelope: Envelope,
  sender: Sender,
  room: Room,
  state: string,
): JsonObject {
  return activityFrom(envelope, sender, room, {
    type: "invoke",
    name: "signin/verifyState",
    value: { state },
  });
}

/** What comes with an installation: the bot, and in a personal chat the person, are members from now on. */
export function membersAddedFrom(envelope: Envelope, sender: Sender, room: Room): JsonObject {
  const person = room.kind === "personal" ? [{ id: teamsIdOf(sender), aadObjectId: sender.id }] : [];
  const membersAdded = [...person, { id: botIdOf(envelope) }];
  return activityFrom(envelope, sender, room, { type: "conversationUpdate", membersAdded });
}

/** Any activity, with what Teams puts around it. */
export function activityFrom(
  envelope: Envelope,
  sender: Sender,
  room: Room,
  activity: JsonObject,
): JsonObject {
  const { id, kind } = room;
  const complete: JsonObject = {
    ...activity,
    id: `f:${randomUUID()}`,
    timestamp: new Date().toISOString(),
    recipient: { id: botIdOf(envelope), name: BOT_NAME },
    conversation: { id, conversationType: kind, ...(kind === "personal" ? {} : { isGroup: true }) },
    channelData:
      kind === "channel" ? { team: { id: "19:team" }, channel: { id: id.split(";", 1)[0] ?? id } } : {},
  };
  return asTeamsSends(complete, sender, envelope);
}

/**
 * An activity with what Teams' service always sends: tenant, the channel, a service URL that the token vouches for,
 * and the sender. The sender is who it says here, whatever the activity claims. An invoke without `trigger` gets it.
 */
export function asTeamsSends(activity: JsonObject, sender: Sender, facts: TeamsFacts): JsonObject {
  const { value } = activity;
  return {
    ...activity,
    channelId: "msteams",
    serviceUrl: facts.serviceUrl,
    from: { id: teamsIdOf(sender), name: sender.name, aadObjectId: sender.id },
    conversation: { ...objectIn(activity, "conversation"), tenantId: facts.tenantId },
    channelData: { ...objectIn(activity, "channelData"), tenant: { id: facts.tenantId } },
    ...(activity.type === "invoke" && isJsonObject(value)
      ? { value: { ...value, trigger: value.trigger ?? "manual" } }
      : {}),
  };
}
