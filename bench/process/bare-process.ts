// The baseline: a bot of teams-ai as its own samples are, on restify, which verifies what Teams signed and answers with
// an echo. Where Entra is and who it is: JSON as the first argument, with the port.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Application } from "@microsoft/teams-ai";
import { ActivityTypes, CloudAdapter, MemoryStorage } from "botbuilder";
import type { DirectoryProcess } from "../directory-process.js";
import { BOT_SCOPE, frameworkAuthentication } from "../framework-authentication.js";
import { messageServer } from "../message-server.js";

export type BareOptions = DirectoryProcess["access"] &
  Pick<DirectoryProcess, "channel"> & { readonly port: number };

const options = JSON.parse(process.argv[2] ?? "{}") as BareOptions;
const adapter = new CloudAdapter(frameworkAuthentication(options, botToken));
const bot = new Application({ storage: new MemoryStorage() });
bot.activity(ActivityTypes.Message, async (context) => {
  await context.sendActivity(`Echo: ${context.activity.text}`);
});

const server = messageServer(adapter, (context) => bot.run(context));
server.get("/readyz", (_request: IncomingMessage, response: ServerResponse, next: () => void) => {
  response.end();
  next();
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
