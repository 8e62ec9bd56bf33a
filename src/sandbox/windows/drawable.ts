import { isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import { sendableData } from "./message-back.js";

/** A message of the bot as Playground 0.2.28 can draw it; see {@link drawableCard}. */
export function drawable(activity: JsonObject): JsonObject {
  const { attachments } = activity;
  return Array.isArray(attachments)
    ? { ...activity, attachments: attachments.map(drawableAttachment) }
    : activity;
}

function drawableAttachment(attachment: Json): Json {
  if (!isJsonObject(attachment) || !isJsonObject(attachment.content)) return attachment;
  return { ...attachment, content: drawableCard(attachment.content) };
}

/**
 * A card without what Teams does and the Playground does not: `msteams` (full width), for which it puts a warning
 * below every card, text in the colours "Warning" and "Good", which it draws too pale to be read on white, and buttons
 * that speak for the person, at which it stops.
 */
export function drawableCard({ msteams: _width, ...card }: JsonObject): JsonObject {
  return drawablePart(card) as JsonObject;
}

const PALE: ReadonlySet<string> = new Set(["warning", "good"]);

function drawablePart(value: Json): Json {
  if (Array.isArray(value)) return value.map(drawablePart);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).filter(
    ([name, member]) => !(name === "color" && PALE.has(String(member).toLowerCase())),
  );
  return Object.fromEntries(
    members.map(([name, member]) => [
      name,
      value.type === "Action.Submit" && name === "data" && isJsonObject(member)
        ? sendableData(member)
        : drawablePart(member),
    ]),
  );
}
