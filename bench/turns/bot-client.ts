import { Agent, type IncomingMessage, request } from "node:http";
import { parseJson } from "../../simulators/http/json-over-http.js";
import type { BotAnswer } from "../../simulators/teams/bot-endpoint.js";

/** What the bot said to an activity. */
export type Answered = Extract<BotAnswer, { readonly kind: "answered" }>;

// As Teams' service does, over connections that stay open.
const agent = new Agent({ keepAlive: true });

/** Sends one activity. @throws Error when the bot does not answer at all */
export function sendActivity(botUrl: string, token: string, activity: object): Promise<Answered> {
  const body = Buffer.from(JSON.stringify(activity));
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${botUrl}/api/messages`, { method: "POST", agent, headers }, (response) => {
      read(response).then(resolve, reject);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      // The bot closes a connection that is not used for some seconds; here it was about to be used again.
      if (sent.reusedSocket && error.code === "ECONNRESET") resolve(sendActivity(botUrl, token, activity));
      else reject(error);
    });
    sent.end(body);
  });
}

async function read(response: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return { kind: "answered", status: response.statusCode ?? 0, body: parseJson(text), text };
}
