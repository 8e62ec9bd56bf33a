import type { Reply } from "../../core/command/command.js";
import { unreachable } from "../../core/errors.js";
import { code } from "./card-text.js";

/** What is said to a text that is no command. Each ends with the next step. */
export function replyText(reply: Reply): string {
  switch (reply.code) {
    case "empty":
      return "I am here. Say `help` to see what I can do.";
    case "too-long":
      return `That message is too long for a command: ${reply.characters} characters, and a command has at most ${reply.limit}. Say \`help\` for the commands.`;
    case "did-you-mean":
      return `Did you mean ${code(reply.suggestion)}? Say it, or \`help\` for all commands.`;
    case "only-asked":
      return `That is a question, so nothing was proposed. To propose it, say ${code(reply.suggestion)}.`;
    case "only-quoted":
      return "What is quoted or struck through does not count. Say in your own words what to do, or `help` for what I can do.";
    case "not-understood":
      return `I understood ${code(reply.command)}, but not ${code(reply.part)}. Nothing was proposed; say \`help\` for what can follow.`;
    case "number-missing":
      return reply.given.trim() === ""
        ? `Which plan? Say it with a number, such as ${code(`${reply.command} 12`)}; \`${lister(reply.command)}\` lists them.`
        : `${code(reply.given)} is no plan number. Say ${code(`${reply.command} 12`)}; \`${lister(reply.command)}\` lists the plans.`;
    case "drift-number-missing":
      return reply.given === ""
        ? `Which drift? Say it with a number, such as ${code(`${reply.command} 3`)}; \`drift\` shows the one that is open.`
        : `${code(reply.given)} is no drift number. Say ${code(`${reply.command} 3`)}; \`drift\` shows the one that is open.`;
    case "model-missing":
      return `Which model? Say it by name or AAGUID, such as ${code(`${reply.command} YubiKey 5 NFC`)}; \`keys in use\` lists those people have.`;
    case "group-missing":
      return `Which group? Say it by its name in Entra or its object id, such as ${code(`${reply.command} Helpdesk`)}; \`show policy\` names those passkeys are for.`;
    case "use-the-button":
      return `A message cannot approve: only the button carries your sign-in. ${
        reply.planNumber === undefined ? "Say `pending` to find the plan" : `Say \`show ${reply.planNumber}\``
      } and press Approve on the card.`;
    default:
      return unreachable(reply);
  }
}

/** Evidence and undo are for plans that have been decided. */
const lister = (command: string): string =>
  command === "evidence" || command === "undo" ? "history" : "pending";
