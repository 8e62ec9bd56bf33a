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
    case "greeting":
      return "I am Latchkey. I plan changes to who signs in with passkeys in Microsoft Entra, and a second administrator approves each of them. To begin, say one of these.";
    case "nearest":
      return reply.offers.length === 0
        ? "I did not understand that. I look after passkeys in Microsoft Entra; say `help` for what I can do."
        : "I did not understand that. If one of these is what you mean, say it, or `help` for all I can do.";
    case "several":
      return "That is more than one request, and I take one at a time. Which first?";
    case "language":
      return "I understand English only. If you mean one of these, say it in these words.";
    case "not-as-said":
      return notAsSaid(reply);
    case "off-for-some":
      return "Passkeys are on or off for the whole tenant, so nothing was proposed. For one group there are two ways: exclude it, and its people can use none whatever else they are in; or remove it from those passkeys are for, where it is one of them.";
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
    case "which-models":
      return "Which do you mean? Say `allow keys in use` for every model that people have, or `enable passkeys unrestricted` for any authenticator there is.";
    case "profile-missing":
      return `What is the profile to be called, and which kinds is it to admit: device-bound, synced or both? Say it in one line, such as ${code(`${reply.command} Executives device-bound with attestation allowing YubiKey 5 NFC`)}; \`profiles\` lists those there are.`;
    case "to-whom-missing":
      return "To whom is the pilot to go on? Say `promote pilot to all users`, or `promote pilot to Finance` with the name of a group.";
    case "new-name-missing":
      return `What is the profile to be called? Say ${code(`rename profile ${reply.profile === "" ? "Synced" : reply.profile} to Cloud keys`)}; \`profiles\` lists those there are.`;
    case "group-missing":
      return `Which group? Say it by its name in Entra or its object id, such as ${code(`${reply.command} Helpdesk`)}; \`show policy\` names those passkeys are for.`;
    default:
      return unreachable(reply);
  }
}

function notAsSaid({ because, word, offers }: Extract<Reply, { code: "not-as-said" }>): string {
  const next =
    offers.length === 0 ? "Say `help` for what I can do." : "If it is meant without that, say it so.";
  switch (because) {
    case "negation":
      return `I read ${code(word)} in that, so nothing was proposed. ${next}`;
    case "condition":
      return `I read ${code(word)} in that, and I do nothing on a condition, so nothing was proposed. ${next}`;
    case "time":
      return `I read ${code(word)} in that. What is asked for is proposed at once and waits for approval, so nothing was proposed for later. ${next}`;
    default:
      return unreachable(because);
  }
}

/** Evidence and undo are for plans that have been decided. */
const lister = (command: string): string =>
  command === "evidence" || command === "undo" ? "history" : "pending";
