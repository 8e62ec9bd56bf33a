import { readWelcome } from "../../core/report/welcome.js";
import { welcomeCard } from "../cards/reports/welcome-card.js";
import type { Place } from "../incoming/place.js";
import type { Message } from "../sending/messenger.js";
import { FOR_GUESTS } from "../words/guide-words.js";
import { WELCOME_ROOM, WELCOME_UNKNOWN, welcomeEmployee } from "../words/welcome-words.js";
import type { AnswerContext } from "./answer-context.js";
import { withGuides } from "./commands/answer-own-passkey.js";

/** Greets a conversation that got the bot. Rather not at all than twice. */
export async function welcome(context: AnswerContext, place: Place): Promise<void> {
  const message = await greeting(context, place);
  await context.messenger.postOnce(place, message).catch((error: unknown) => {
    context.log.warn("welcome-not-posted", { error });
  });
}

async function greeting({ ports, rules, app }: AnswerContext, { kind, person }: Place): Promise<Message> {
  if (kind !== "personal" || person === undefined) return { kind: "text", text: WELCOME_ROOM };
  const found = await readWelcome(ports, rules, person.id);
  switch (found.role) {
    case "employee":
      return withGuides(welcomeEmployee(app.securityInfoUrl));
    case "guest":
      return { kind: "text", text: FOR_GUESTS };
    case "unknown":
      return { kind: "text", text: WELCOME_UNKNOWN };
    case "asker":
    case "approver":
      return { kind: "card", card: welcomeCard(found) };
  }
}
