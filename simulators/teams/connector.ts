import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { answerJson, objectIn, readJson, textIn } from "../http/json-over-http.js";
import type { ConnectorFault, ConnectorFaults } from "./connector-faults.js";
import type { Conversations } from "./conversations.js";
import type { Message, MessageLog } from "./message-log.js";

/** A request of the bot, taken apart. */
export interface ConnectorCall {
  readonly method: string;
  /** What follows the service URL, as it came. */
  readonly path: string;
  /** `conversations`; anything else is no business of bots' messages. */
  readonly area: string;
  /** Empty when the path names none. */
  readonly conversation: string;
  /** What of the conversation is meant, e.g. `activities`. */
  readonly part: string;
  /** The message meant; of a POST the one that is answered. */
  readonly activityId: string | undefined;
  readonly authorization: string | undefined;
  readonly body: JsonObject | undefined;
  /** When all of it was here, on the clock of `performance.now`. */
  readonly at: number;
}

/** A request of the bot, and what came of it. */
export interface ConnectorRecord extends ConnectorCall {
  /** undefined: the connection was cut instead of an answer. */
  readonly status: number | undefined;
  /** Whether what it asked for was done. */
  readonly taken: boolean;
}

export interface ConnectorAnswer {
  readonly status: number;
  readonly body: Json;
}

/** What the bot has just done in a conversation. */
export type ConnectorEvent =
  | {
      readonly kind: "posted" | "changed";
      readonly message: Message;
      readonly activity: JsonObject;
      readonly at: number;
    }
  | { readonly kind: "deleted"; readonly message: Message }
  /** Typing and the like: shown for a moment, not kept. */
  | { readonly kind: "passing"; readonly conversation: string; readonly activity: JsonObject };

export interface ConnectorOptions {
  readonly tenantId: string;
  readonly conversations: Conversations;
  readonly messages: MessageLog;
  readonly faults: ConnectorFaults;
  /** Whether an Authorization header is the bot's own. */
  readonly isBot: (authorization: string | undefined) => boolean | Promise<boolean>;
  /** Told of what the bot did, before the bot has its answer. */
  readonly observe: (event: ConnectorEvent) => void | Promise<void>;
  /** Answers for what is kept elsewhere; undefined: it is kept here. */
  readonly elsewhere: (call: ConnectorCall) => Promise<ConnectorAnswer> | undefined;
  readonly record: (record: ConnectorRecord) => void;
  readonly log: (line: string) => void;
}

const FAULT = { error: { code: "Fault", message: "As the test asked." } };
/** Teams' limit for a message of a bot, attachments included. */
const MAX_MESSAGE_BYTES = 100 * 1024;

/** The service to which bots send. */
export class Connector {
  readonly #options: ConnectorOptions;
  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /**
   * Answers one request; `path` is what follows the service URL, e.g. `v3/conversations/…`. Like Teams' service it
   * wants the bot's own token, refuses what is too big, and knows which conversations and messages there are.
   */
  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const { isBot, faults, record, log } = this.#options;
    let at = 0;
    request.once("end", () => {
      at = performance.now();
    });
    const read = await readJson(request, MAX_MESSAGE_BYTES);
    const body = read.kind === "json" ? read.body : undefined;
    const call: ConnectorCall = { ...readTarget(request, path), body, at };
    const finish = ({ status, body }: ConnectorAnswer) => {
      record({ ...call, status, taken: status < 300 });
      answerJson(response, status, body);
    };
    if (!(await isBot(call.authorization))) {
      log("The bot sent without a valid token of its own and was refused (401).");
      return finish({ status: 401, body: { message: "Authorization has been denied for this request." } });
    }
    if (read.kind === "refused") {
      log(`The bot's message was refused (${read.status}): ${read.why}.`);
      return finish(refuse(read.status, read.status === 413 ? "MessageSizeTooBig" : "BadSyntax", read.why));
    }
    const fault = faults.strike(call);
    if (fault === undefined) return finish(await this.#take(call));
    return this.#strike(fault, call, response, finish);
  }

  async #strike(
    fault: ConnectorFault,
    call: ConnectorCall,
    response: ServerResponse,
    finish: (answer: ConnectorAnswer) => void,
  ): Promise<void> {
    switch (fault.kind) {
      case "status":
        if (fault.retryAfter !== undefined) response.setHeader("Retry-After", fault.retryAfter);
        if (fault.taken !== undefined) {
          const taken = (await this.#take(call)).status < 300;
          this.#options.record({ ...call, status: fault.status, taken });
          return answerJson(response, fault.status, FAULT);
        }
        return finish({ status: fault.status, body: FAULT });
      case "late": {
        const answer = await this.#take(call);
        await sleep(fault.milliseconds);
        return finish(answer);
      }
      case "cut": {
        const taken = fault.when === "after" && (await this.#take(call)).status < 300;
        this.#options.record({ ...call, status: undefined, taken });
        response.destroy();
      }
    }
  }

  async #take(call: ConnectorCall): Promise<ConnectorAnswer> {
    const { conversations, elsewhere } = this.#options;
    const { area, conversation, part, method, body = {} } = call;
    // Before what is kept elsewhere: that does not know where the bot was removed.
    if (conversations.has(conversation) && !conversations.isInstalledIn(conversation)) return NOT_IN_ROSTER;
    const other = elsewhere(call);
    if (other !== undefined) return other;
    if (area === "conversations" && conversation === "" && method === "POST") return this.#open(body);
    if (!conversations.has(conversation)) return NO_CONVERSATION;
    if (area !== "conversations" || !["activities", "pagedmembers"].includes(part))
      return refuse(404, "NotFound", "There is no such thing.");
    if (part === "pagedmembers") {
      return method === "GET" ? NO_MEMBERS : refuse(405, "MethodNotAllowed", `${method} is not for members.`);
    }
    switch (method) {
      case "POST":
        return this.#post(call, body);
      case "PUT":
        return this.#change(call, body);
      case "DELETE":
        return this.#remove(call);
      default:
        return refuse(405, "MethodNotAllowed", `${method} is not for messages.`);
    }
  }

  async #post({ conversation, at }: ConnectorCall, activity: JsonObject): Promise<ConnectorAnswer> {
    const { messages, observe } = this.#options;
    const type = textIn(activity, "type");
    if (type === "") return refuse(400, "BadSyntax", "The activity has no type.");
    if (type !== "message") {
      await observe({ kind: "passing", conversation, activity });
      return { status: 202, body: {} };
    }
    const message = messages.post({ conversation, activity });
    await observe({ kind: "posted", message, activity, at });
    return { status: 201, body: { id: message.id } };
  }

  async #change(
    { conversation, activityId = "", at }: ConnectorCall,
    activity: JsonObject,
  ): Promise<ConnectorAnswer> {
    const message = this.#options.messages.change(conversation, activityId, activity);
    if (message === undefined) return NO_MESSAGE;
    await this.#options.observe({ kind: "changed", message, activity, at });
    return { status: 200, body: { id: message.id } };
  }

  async #remove({ conversation, activityId = "" }: ConnectorCall): Promise<ConnectorAnswer> {
    const message = this.#options.messages.remove(conversation, activityId);
    if (message === undefined) return NO_MESSAGE;
    await this.#options.observe({ kind: "deleted", message });
    return { status: 200, body: {} };
  }

  /** A bot opens the chat with a person. */
  #open(body: JsonObject): ConnectorAnswer {
    const { conversations, tenantId } = this.#options;
    const channelData = objectIn(body, "channelData");
    if (textIn(objectIn(channelData, "channel"), "id") !== "") return NO_CONVERSATION;
    const tenant = textIn(body, "tenantId") || textIn(objectIn(channelData, "tenant"), "id");
    if (tenant !== tenantId) return refuse(403, "Forbidden", "The bot is not installed in this tenant.");
    const [member] = Array.isArray(body.members) ? (body.members as readonly Json[]) : [];
    const chat = isJsonObject(member)
      ? (conversations.chatWith(textIn(member, "id")) ??
        conversations.chatWith(textIn(member, "aadObjectId")))
      : undefined;
    return chat === undefined || !conversations.isInstalledIn(chat)
      ? refuse(403, "ForbiddenOperationException", "The bot is not installed for this person.")
      : { status: 201, body: { id: chat } };
  }
}

function readTarget(request: IncomingMessage, path: string): Omit<ConnectorCall, "body" | "at"> {
  const [withoutQuery = ""] = path.split("?", 1);
  const [, area = "", conversation = "", part = "", activityId] = withoutQuery
    .split("/")
    .map(decodeURIComponent);
  const { authorization } = request.headers;
  return { method: request.method ?? "GET", path, area, conversation, part, activityId, authorization };
}

const refuse = (status: number, code: string, message: string): ConnectorAnswer => ({
  status,
  body: { error: { code, message } },
});

/** Who is in a conversation is not kept here. */
const NO_MEMBERS: ConnectorAnswer = { status: 200, body: { members: [] } };
const NOT_IN_ROSTER = refuse(
  403,
  "BotNotInConversationRoster",
  "The bot is not part of the conversation roster.",
);
const NO_CONVERSATION = refuse(404, "ConversationNotFound", "Conversation not found.");
const NO_MESSAGE = refuse(404, "ActivityNotFoundInConversation", "Message does not exist in the thread.");
