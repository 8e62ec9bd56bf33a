import type { Parsed } from "../../core/command/command.js";
import { type EmployeeTopic, employeeTopic } from "../../core/command/guide/employee-topic.js";
import type { Refusal } from "../../core/errors.js";
import { unreachable } from "../../core/errors.js";
import type { Request } from "../incoming/request.js";
import type { Message } from "../sending/messenger.js";
import { FOR_GUESTS, forAdministratorsText } from "../words/guide-words.js";
import { welcomeEmployee } from "../words/welcome-words.js";
import type { AnswerContext } from "./answer-context.js";
import { guideFor } from "./commands/answer-guide.js";
import { lockedOutAnswer, lostAnswer, withGuides } from "./commands/answer-own-passkey.js";

/**
 * What a person gets who may not talk to the bot: help with their own passkeys, and nothing of the tenant's.
 * @throws Fault when it cannot be looked up whether they are of the tenant
 */
export async function answerEmployee(
  { ports, app }: Pick<AnswerContext, "ports" | "app">,
  { place, person, text }: Request,
  parsed: Parsed,
  refusal: Refusal,
): Promise<Message> {
  // A guest's passkeys are in the tenant they come from.
  if (!(await ports.directory.isMember(person.id))) return { kind: "text", text: FOR_GUESTS };
  const topic = topicOf(parsed, text);
  switch (topic.kind) {
    case "lost":
      return lostAnswer(app);
    case "locked-out":
      return lockedOutAnswer(app);
    case "guide":
      return guideFor({ ports, app }, place, person, topic.platform);
    case "other":
      return withGuides(
        asksWhoThisIs(parsed)
          ? welcomeEmployee(app.securityInfoUrl)
          : forAdministratorsText(refusal.code === "no-access" && refusal.byRole, app.securityInfoUrl),
      );
    default:
      return unreachable(topic);
  }
}

/** A greeting, and what the bot can do, are nothing that a role is missing for. */
function asksWhoThisIs(parsed: Parsed): boolean {
  return (
    (parsed.kind === "reply" && parsed.reply.code === "greeting") ||
    (parsed.kind === "command" && parsed.command.kind === "help")
  );
}

/** A command that they may not give is one, and nothing else is read into it. */
function topicOf(parsed: Parsed, text: string): EmployeeTopic {
  if (parsed.kind !== "command") return employeeTopic(text);
  const { command } = parsed;
  switch (command.kind) {
    case "guide":
    case "lost":
    case "locked-out":
      return command;
    default:
      return { kind: "other" };
  }
}
