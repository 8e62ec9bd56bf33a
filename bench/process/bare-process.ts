// The baseline: a bot of teams-ai as its own samples are, on restify, which verifies what Teams signed and answers with
// an echo. Where Entra is and who it is: JSON as the first argument, with the port.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Application } from "@microsoft/teams-ai";
import {
  ActivityTypes,
  type Request as BotRequest,
  type Response as BotResponse,
  CloudAdapter,
  MemoryStorage,
} from "botbuilder";
import { restify } from "../../src/server/restify-without-spdy.js";
import type { DirectoryProcess } from "../directory-process.js";
import { BOT_SCOPE, frameworkAuthentication } from "../framework-authentication.js";

export type BareOptions = DirectoryProcess["access"] &
  Pick<DirectoryProcess, "channel"> & { readonly port: number };

const options = JSON.parse(process.argv[2] ?? "{}") as BareOptions;
const adapter = new CloudAdapter(frameworkAuthentication(options, botToken));
const bot = new Application({ storage: new MemoryStorage() });
bot.activity(ActivityTypes.Message, async (context) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
});

const server = restify.createServer({ name: "" });
server.use(restify.plugins.bodyParser());
server.get("/readyz", (_request: IncomingMessage, response: ServerResponse, next: () => void) => {
  response.end();
  next();
});
server.post("/api/messages", async (request: IncomingMessage, response: ServerResponse) => {
  const [from, to] = [request as unknown as BotRequest, response as unknown as BotResponse];
  await adapter.process(from, to, async (context) => {
    await bot.run(context);
  });
});
server.listen(options.port, "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));

let kept: Promise<string> | undefined;
/** Good for longer than a run takes. */
function botToken(): Promise<string> {
  kept ??= askForToken();
  return kept;
}

async function askForToken(): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: options.clientId,
    client_secret: options.clientSecret,
    scope: `${BOT_SCOPE}/.default`,
  });
  const url = `${options.entraUrl}/${options.tenantId}/oauth2/v2.0/token`;
  const answer = await fetch(url, { method: "POST", body });
  const { access_token: token } = (await answer.json()) as { readonly access_token?: string };
  if (token === undefined) throw new Error(`Entra answered ${answer.status} and no token`);
  return token;
}
