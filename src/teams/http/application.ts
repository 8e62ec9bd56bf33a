// Not from the package's index, which loads its AI with it: a third of a second of every start.
import { Application } from "@microsoft/teams-ai/lib/Application.js";
import type { TurnContext } from "botbuilder";
import type { StrictTeamsAdapter } from "./strict-adapter.js";

/**
 * teams-ai's Application, for its routing and for taking the bot's mention out of messages. Nothing else of it
 * is used: `ai` and `authentication` stay off, and cards are never returned to it, since a card with `refresh`
 * would make it show one admin's view to everybody (docs/adr/0002).
 */
export function application(
  adapter: StrictTeamsAdapter,
  receive: (context: TurnContext) => Promise<void>,
): Application {
  const app = new Application({ adapter, startTypingTimer: false, removeRecipientMention: true });
  app.adaptiveCards.actionExecute(/^/, async (context) => {
    await receive(context);
    return "";
  });
  app.activity(/^/, receive);
  return app;
}
