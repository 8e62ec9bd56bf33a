import { isJsonObject, type JsonObject } from "../../src/core/json.js";
import type { SimulatedEntra } from "../entra/simulated-entra.js";
import { objectIn, textIn } from "../http/json-over-http.js";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { type BotAnswer, botEndpoint } from "./bot-endpoint.js";
import { type ConnectorServer, type ConnectorServerOptions, startConnector } from "./connector-server.js";
import type { Conversations } from "./conversations.js";

export interface TeamsOptions extends Omit<ConnectorServerOptions, "tenantId" | "clientId" | "verify"> {
  readonly tenant: Pick<SimulatedTenant, "tenantId" | "clientId">;
  readonly entra: Pick<SimulatedEntra, "issueChannelToken" | "verify">;
  /** Tells the bot's messaging endpoint: not asked before something is sent there. */
  readonly botEndpoint: () => string;
}

/** Teams as a bot knows it: the activities it sends, and the connector it answers to. */
export interface SimulatedTeams extends ConnectorServer {
  /**
   * Sends any activity to the bot; signed as Teams' service signs it, or with the Authorization header given. In a
   * conversation that is new the bot counts as installed.
   */
  send(activity: JsonObject, authorization?: string): Promise<BotAnswer>;
}

/** Starts Teams' service for one bot. */
export async function startTeams(options: TeamsOptions): Promise<SimulatedTeams> {
  const { tenant, entra, botEndpoint: address, ...rest } = options;
  const { tenantId, clientId } = tenant;
  const verify = (token: string) => entra.verify(token);
  const connector = await startConnector({ ...rest, tenantId, clientId, verify });
  const deliver = botEndpoint(address, entra);
  return {
    ...connector,
    send(activity, authorization) {
      noteWhereBotIs(connector.conversations, activity);
      return deliver(activity, authorization);
    },
  };
}

/** A conversation that is new has the bot in it, or nothing would come from there; later only an installation says so. */
function noteWhereBotIs(conversations: Conversations, activity: JsonObject): void {
  const conversation = objectIn(activity, "conversation");
  const [id, from] = [textIn(conversation, "id"), objectIn(activity, "from")];
  const isNew = !conversations.has(id);
  if (conversation.conversationType === "personal") {
    conversations.addChat(id, [textIn(from, "id"), textIn(from, "aadObjectId")]);
  }
  const sentAt = Date.parse(textIn(activity, "timestamp"));
  const at = Number.isNaN(sentAt) ? undefined : sentAt;
  const left = leftBehind(activity);
  if (left !== undefined) conversations.uninstall(left, at);
  else if (isNew || (activity.type === "installationUpdate" && activity.action === "add"))
    conversations.install(id, at);
}

/** The conversation that has the bot no longer. Of a channel that is gone Teams tells in another one. */
function leftBehind(activity: JsonObject): string | undefined {
  const id = textIn(objectIn(activity, "conversation"), "id");
  if (activity.type === "installationUpdate") return activity.action === "remove" ? id : undefined;
  if (activity.type !== "conversationUpdate") return undefined;
  const channelData = objectIn(activity, "channelData");
  const event = textIn(channelData, "eventType");
  if (event === "channelDeleted") return textIn(objectIn(channelData, "channel"), "id");
  if (event === "teamDeleted") return id;
  const bot = textIn(objectIn(activity, "recipient"), "id");
  const removed = Array.isArray(activity.membersRemoved) ? activity.membersRemoved : [];
  return removed.some((member) => isJsonObject(member) && member.id === bot) ? id : undefined;
}
