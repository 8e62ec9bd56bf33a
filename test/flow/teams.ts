import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { SimulatedEntra } from "../../simulators/entra/simulated-entra.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { type Card, findButton, textOf } from "./read-card.js";

export interface TeamsPerson {
  readonly id: string;
  readonly name: string;
}

/** A message in a conversation, as it stands after its last update. */
export interface Message {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  readonly card: Card | undefined;
  /** How often it was changed after it was posted. */
  readonly updates: number;
  /** As it stood from when it was posted on, oldest first. */
  readonly versions: readonly Version[];
}

interface Version {
  /** When Teams got it, in milliseconds. */
  readonly at: number;
  readonly text: string;
  readonly card: Card | undefined;
}

/** What the bot said to a click: HTTP status and the body of the invoke response. */
export interface ClickAnswer {
  readonly status: number;
  readonly statusCode: number | undefined;
  readonly type: string | undefined;
  readonly text: string;
  readonly value: unknown;
  /** Whether the client had to sign the person in on the way. */
  readonly signedIn: boolean;
}

interface Room {
  readonly id: string;
  readonly kind: "personal" | "groupChat" | "channel";
}

/** What Teams is to the bot: the signed activities it sends, and the connector it answers to. */
export class Teams {
  readonly messages: Message[] = [];
  /** Bodies of all requests to the connector, with the bearer token they came with. */
  readonly received: { method: string; path: string; authorization: string; body: string }[] = [];
  /** The bot's endpoint; set when it runs. */
  botUrl = "";
  readonly #entra: SimulatedEntra;
  readonly #tenant: SimulatedTenant;
  readonly #server: Server;
  #serviceUrl = "";
  #count = 0;

  constructor(entra: SimulatedEntra, tenant: SimulatedTenant) {
    this.#entra = entra;
    this.#tenant = tenant;
    this.#server = createServer((request, response) => this.#connector(request, response));
  }

  get serviceUrl(): string {
    return this.#serviceUrl;
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    this.#serviceUrl = `http://127.0.0.1:${address.port}/`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  chatOf(person: TeamsPerson): Room {
    return { id: `a:${person.id}`, kind: "personal" };
  }

  /** The person installs the bot for themselves. */
  async install(person: TeamsPerson): Promise<void> {
    const activity = {
      type: "installationUpdate",
      action: "add",
      ...this.#envelope(person, this.chatOf(person)),
    };
    await this.send(activity);
  }

  async say(person: TeamsPerson, text: string, room: Room = this.chatOf(person)): Promise<number> {
    const mention = room.kind === "personal" ? "" : "<at>Latchkey</at> ";
    const entities = mention
      ? [{ type: "mention", text: "<at>Latchkey</at>", mentioned: { id: this.#botId, name: "Latchkey" } }]
      : [];
    const activity = { type: "message", text: mention + text, textFormat: "plain", entities };
    return (await this.send({ ...activity, ...this.#envelope(person, room) })).status;
  }

  /** Presses a button of a card as the Teams client does, signing in when the bot asks for it. */
  async press(
    person: TeamsPerson,
    message: Message,
    title: string,
    options: { inputs?: object; data?: object; token?: string } = {},
  ): Promise<ClickAnswer> {
    const button = findButton(message.card, title);
    const data = options.data ?? { ...button.data, ...options.inputs };
    const room: Room = {
      id: message.conversation,
      kind: message.conversation.startsWith("a:") ? "personal" : "channel",
    };
    const action = { type: "Action.Execute", verb: button.verb, data, title };
    const invoke = (authentication?: object) =>
      this.send({
        type: "invoke",
        name: "adaptiveCard/action",
        replyToId: message.id,
        value: { action, trigger: "manual", ...(authentication ? { authentication } : {}) },
        ...this.#envelope(person, room),
      });
    const first = await readAnswer(await invoke(), false);
    if (first.statusCode !== 401) return first;
    const request = first.value as {
      connectionName: string;
      tokenExchangeResource: { id: string; uri: string };
    };
    if (!request.connectionName || request.tokenExchangeResource.uri !== this.#tenant.appIdUri) {
      throw new Error(`a sign-in request that Teams would not take: ${JSON.stringify(request)}`);
    }
    const token = options.token ?? (await this.#entra.issueSsoToken(person.id));
    const { connectionName, tokenExchangeResource } = request;
    return readAnswer(await invoke({ id: tokenExchangeResource.id, connectionName, token }), true);
  }

  /** Sends any activity, signed as Teams' service signs it unless told otherwise. */
  async send(activity: object, authorization?: string): Promise<Response> {
    const serviceUrl = this.#serviceUrl;
    const token = authorization ?? `Bearer ${await this.#entra.issueChannelToken({ serviceUrl })}`;
    return fetch(`${this.botUrl}/api/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(token === "" ? {} : { Authorization: token }) },
      body: JSON.stringify(activity),
    });
  }

  /** An activity as Teams would send it, for tests that change something about it. */
  message(person: TeamsPerson, text: string): Record<string, unknown> {
    return { type: "message", text, ...this.#envelope(person, this.chatOf(person)) };
  }

  /** The newest message of a conversation that fits, as soon as there is one. */
  async find(room: Room, fits: (message: Message) => boolean, what: string): Promise<Message> {
    const look = () => this.messages.findLast((message) => message.conversation === room.id && fits(message));
    return eventually(look, () => `${what} in ${room.id}; there is:\n${this.#transcript(room)}`);
  }

  findText(room: Room, text: string | RegExp): Promise<Message> {
    return this.find(room, (message) => matches(wholeText(message), text), `a message with ${text}`);
  }

  /** The current version of a message. */
  current(message: Message): Message {
    return (
      this.messages.find((each) => each.id === message.id && each.conversation === message.conversation) ??
      message
    );
  }

  get #botId(): string {
    return `28:${this.#tenant.clientId}`;
  }

  #envelope(person: TeamsPerson, room: Room): Record<string, unknown> {
    this.#count += 1;
    return {
      id: `in-${this.#count}`,
      channelId: "msteams",
      serviceUrl: this.#serviceUrl,
      timestamp: new Date().toISOString(),
      from: { id: `29:${person.id}`, name: person.name, aadObjectId: person.id },
      recipient: { id: this.#botId, name: "Latchkey" },
      conversation: {
        id: room.id,
        tenantId: this.#tenant.tenantId,
        conversationType: room.kind,
        ...(room.kind === "personal" ? {} : { isGroup: true }),
      },
      channelData: {
        tenant: { id: this.#tenant.tenantId },
        ...(room.kind === "channel" ? { team: { id: "19:team" }, channel: { id: room.id } } : {}),
      },
    };
  }

  async #connector(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray()).toString();
    const path = decodeURIComponent(request.url ?? "");
    const authorization = request.headers.authorization ?? "";
    this.received.push({ method: request.method ?? "", path, authorization, body });
    const claims = await this.#entra.verify(authorization.replace(/^Bearer /, ""));
    if (claims?.aud !== "https://api.botframework.com") {
      response.writeHead(401).end();
      return;
    }
    const [, conversation, id] = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path) ?? [];
    const activity = body === "" ? {} : JSON.parse(body);
    const answer =
      conversation === undefined ? 404 : this.#keep(request.method ?? "", conversation, id, activity);
    const status = typeof answer === "number" ? answer : 200;
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ id: answer }));
  }

  /** @returns the id of the message, or a status when there is nothing to keep */
  #keep(
    method: string,
    conversation: string,
    id: string | undefined,
    activity: { type?: string },
  ): string | number {
    if (method === "DELETE") {
      this.messages.splice(
        this.messages.findIndex((message) => message.id === id),
        1,
      );
      return 200;
    }
    if (activity.type === "typing") return randomUUID();
    if (method === "POST") {
      const content = contentOf(activity);
      const versions = [{ at: Date.now(), ...content }];
      const message = { id: randomUUID(), conversation, updates: 0, versions, ...content };
      this.messages.push(message);
      return message.id;
    }
    const at = this.messages.findIndex(
      (message) => message.id === id && message.conversation === conversation,
    );
    const message = this.messages[at];
    if (method !== "PUT" || !message) return 404;
    const content = contentOf(activity);
    const versions = [...message.versions, { at: Date.now(), ...content }];
    this.messages[at] = { ...message, updates: message.updates + 1, versions, ...content };
    return message.id;
  }

  #transcript(room: Room): string {
    const all = this.messages.filter((message) => message.conversation === room.id);
    return all.map((message) => `- ${wholeText(message)}`).join("\n");
  }
}

export function wholeText(message: Pick<Message, "text" | "card">): string {
  return `${message.text} ${textOf(message.card)}`.trim();
}

function contentOf(activity: object): { text: string; card: Card | undefined } {
  const { text, attachments } = activity as { text?: string; attachments?: { content?: Card }[] };
  return { text: text ?? "", card: attachments?.[0]?.content };
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
}

async function readAnswer(response: Response, signedIn: boolean): Promise<ClickAnswer> {
  const text = await response.text();
  const body =
    text === "" ? {} : (JSON.parse(text) as { statusCode?: number; type?: string; value?: unknown });
  const { statusCode, type, value } = body;
  const words =
    typeof value === "string" ? value : type?.endsWith("card.adaptive") ? textOf(value as Card) : text;
  return { status: response.status, statusCode, type, value, text: words, signedIn };
}

/** Waits until something is there, ten seconds at most. */
export async function eventually<T>(look: () => T | undefined, what: () => string): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`waited ten seconds for ${what()}`);
}
