import type { IncomingMessage } from "node:http";
import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import { objectIn, parseJson, readJson, textIn } from "../../../simulators/http/json-over-http.js";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.js";
import type { Chats } from "./chats.js";
import type { ConversationLog } from "./conversation-log.js";
import type { Forwarded } from "./playground-window.js";

export interface ConnectorContext {
  readonly chats: Chats;
  readonly entra: Pick<SimulatedEntra, "verify">;
  readonly clientId: string;
  readonly tenantId: string;
  readonly log: (line: string) => void;
}

export interface ConnectorAnswer {
  readonly status: number;
  readonly body: Json;
}

const BOT_FRAMEWORK = "https://api.botframework.com";
/** Teams' limit for a message of a bot, attachments included. */
const MAX_MESSAGE_BYTES = 100 * 1024;

/**
 * The service to which bots send: `path` is what follows the service URL, e.g. `v3/conversations/…`. Like Teams' it
 * wants the bot's own token, refuses what is too big, and knows which conversations and messages there are.
 */
export async function answerBot(
  request: IncomingMessage,
  path: string,
  context: ConnectorContext,
): Promise<ConnectorAnswer> {
  if (!(await isOurBot(request.headers.authorization, context))) {
    context.log("The bot sent without a valid token of its own and was refused (401).");
    return { status: 401, body: { message: "Authorization has been denied for this request." } };
  }
  const read = await readJson(request, MAX_MESSAGE_BYTES);
  if (read.kind === "refused") {
    context.log(`The bot's message was refused (${read.status}): ${read.why}.`);
    return refuse(read.status, read.status === 413 ? "MessageSizeTooBig" : "BadSyntax", read.why);
  }
  const body = read.kind === "json" ? read.body : undefined;
  const [, area, id, ...rest] = path.split("/").map(decodeURIComponent);
  const method = request.method ?? "GET";
  if (area === "conversations" && id === undefined && method === "POST") {
    return openConversation(body ?? {}, context);
  }
  const place = context.chats.find(id ?? "");
  if (place === undefined) return refuse(404, "ConversationNotFound", "Conversation not found.");
  if (place.kind === "channel") return relay(await place.window.forward(method, path, body));
  if (area !== "conversations" || rest[0] !== "activities" || method === "GET") {
    const [window] = place.log.windows;
    return window === undefined
      ? refuse(404, "ConversationNotFound", "Nobody is in this conversation.")
      : relay(await window.forward(method, path, body));
  }
  if (!context.chats.isInstalledIn(place.log.id)) {
    return refuse(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
  }
  return changeChat(place.log, method, rest[1], body ?? {});
}

async function isOurBot(authorization: string | undefined, context: ConnectorContext): Promise<boolean> {
  const token = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  const claims = token === undefined ? undefined : await context.entra.verify(token);
  if (claims === undefined) return false;
  const app = claims.appid ?? claims.azp;
  return claims.aud === BOT_FRAMEWORK && app === context.clientId && claims.tid === context.tenantId;
}

async function changeChat(
  log: ConversationLog,
  method: string,
  activityId: string | undefined,
  activity: JsonObject,
): Promise<ConnectorAnswer> {
  if (method === "POST" && activity.type !== "message") {
    // Typing and the like: shown for a moment, not kept.
    for (const window of log.windows) if (window.open) await window.show(log.id, activity);
    return { status: 202, body: {} };
  }
  if (method === "POST") return { status: 201, body: { id: await log.post(activity) } };
  const id = activityId ?? "";
  const changed = method === "DELETE" ? await log.update(id, DELETED) : await log.update(id, activity);
  return changed
    ? { status: 200, body: method === "DELETE" ? {} : { id } }
    : refuse(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.");
}

/** The Playground cannot delete. */
const DELETED: JsonObject = { type: "message", text: "_This message has been deleted._" };

/** A bot opens the personal chat with somebody, or starts a thread in a channel. */
async function openConversation(body: JsonObject, context: ConnectorContext): Promise<ConnectorAnswer> {
  const channel = textIn(objectIn(objectIn(body, "channelData"), "channel"), "id");
  if (channel !== "") {
    const place = context.chats.find(channel);
    return place?.kind === "channel"
      ? relay(await place.window.forward("POST", "v3/conversations", body))
      : refuse(404, "ConversationNotFound", "There is no such channel.");
  }
  const tenant = textIn(body, "tenantId") || textIn(objectIn(objectIn(body, "channelData"), "tenant"), "id");
  if (tenant !== context.tenantId)
    return refuse(403, "Forbidden", "The bot is not installed in this tenant.");
  const [member] = Array.isArray(body.members) ? (body.members as readonly Json[]) : [];
  const window = isJsonObject(member)
    ? (context.chats.windowOf(textIn(member, "id")) ?? context.chats.windowOf(textIn(member, "aadObjectId")))
    : undefined;
  return window === undefined
    ? refuse(403, "ForbiddenOperationException", "The bot is not installed for this person.")
    : { status: 201, body: { id: window.person.personalChat } };
}

const relay = ({ status, text }: Forwarded): ConnectorAnswer => ({ status, body: parseJson(text) ?? {} });

const refuse = (status: number, code: string, message: string): ConnectorAnswer => ({
  status,
  body: { error: { code, message } },
});
