import { isJsonObject, type Json, type JsonObject } from "../../core/json.js";

const OWN_FILE = /^https:\/\/[^/]+(?=\/(?:evidence|people)\/)/;

/**
 * A message whose buttons lead to the bot's own pages where the bot listens: here nothing stands before it that
 * answers under its public address.
 * @param bot tells where: asked only when there is such a button
 */
export function withOwnPages(activity: JsonObject, bot: () => string): JsonObject {
  return relinked(activity, bot) as JsonObject;
}

function relinked(value: Json, bot: () => string): Json {
  if (Array.isArray(value)) return value.map((each) => relinked(each, bot));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, relinked(member, bot)] as const);
  const copy: JsonObject = Object.fromEntries(members);
  return copy.type === "Action.OpenUrl" && typeof copy.url === "string"
    ? { ...copy, url: copy.url.replace(OWN_FILE, () => bot()) }
    : copy;
}
