import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request as BotRequest, Response as BotResponse, CloudAdapter, TurnContext } from "botbuilder";
import { restify } from "../src/server/restify-without-spdy.js";

/**
 * The server of a baseline, as botbuilder's own samples have it: restify, its parser of bodies, and one route on which the
 * framework's adapter takes activities.
 */
export function messageServer(adapter: CloudAdapter, run: (context: TurnContext) => Promise<unknown>) {
  const server = restify.createServer({ name: "" });
  server.use(restify.plugins.bodyParser());
  server.post("/api/messages", async (request: IncomingMessage, response: ServerResponse) => {
    const [from, to] = [request as unknown as BotRequest, response as unknown as BotResponse];
    await adapter.process(from, to, async (context) => {
      await run(context);
    });
  });
  return server;
}
