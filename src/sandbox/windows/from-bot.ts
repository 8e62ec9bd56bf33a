import { objectIn, parseJson, textIn } from "../../../simulators/http/json-over-http.js";
import type { ConnectorAnswer, ConnectorCall, ConnectorEvent } from "../../../simulators/teams/connector.js";
import type { Chats } from "./chats.js";
import type { PlaygroundWindow } from "./playground-window.js";

/** Shows in the windows what the bot did in a chat. */
export async function showInWindows(event: ConnectorEvent, chats: Chats): Promise<void> {
  const passing = event.kind === "passing";
  const place = chats.find(passing ? event.conversation : event.message.conversation);
  if (place?.kind !== "chat") return;
  const { chat } = place;
  if (event.kind === "posted") return chat.show(event.message);
  if (!passing) return chat.redraw(event.message);
  for (const window of chat.windows) if (window.open) await window.show(chat.id, event.activity);
}

/**
 * Has a Playground answer what only it can: everything about a channel, which lives in one window, and what is asked
 * about a chat besides its messages, such as its members. undefined: it is none of these.
 */
export function askPlayground(call: ConnectorCall, chats: Chats): Promise<ConnectorAnswer> | undefined {
  const opened = textIn(objectIn(objectIn(call.body ?? {}, "channelData"), "channel"), "id");
  const place = chats.find(call.conversation || opened);
  if (place?.kind === "channel") return forward(place.window, call);
  const isAboutMessages =
    call.area === "conversations" && call.part === "activities" && call.method !== "GET";
  const [window] = place === undefined || isAboutMessages ? [] : place.chat.windows;
  return window && forward(window, call);
}

async function forward(
  window: PlaygroundWindow,
  { method, path, body }: ConnectorCall,
): Promise<ConnectorAnswer> {
  const { status, text } = await window.forward(method, path, body);
  return { status, body: parseJson(text) ?? {} };
}
