import { objectIn, textIn } from "../../../simulators/http/json-over-http.js";
import type { BotAnswer } from "../../../simulators/teams/bot-endpoint.js";
import { type PressContext, pressButton } from "../../../simulators/teams/press-button.js";
import { isJsonObject, type JsonObject } from "../../core/json.js";
import { drawableCard } from "./drawable.js";

export interface CardActionContext extends PressContext {
  /** Where a browser reaches the page of a sign-in button. */
  readonly signInPage: (address: string) => string;
  readonly log: (line: string) => void;
}

/**
 * Presses a card's button at the bot, signing the person in when the bot asks for it, and answers with what the
 * window can show: the Playground ignores a request to sign in and leaves the card as it was.
 */
export async function performCardAction(invoke: JsonObject, context: CardActionContext): Promise<JsonObject> {
  const outcome = await pressButton(invoke, context);
  switch (outcome.kind) {
    case "answered":
      return showable(outcome.answer);
    case "unusable-login": {
      const problems = outcome.problems.join("; ");
      context.log(`The bot's request to sign in is malformed: ${problems}.`);
      return error("BadLoginRequest", `Teams would ignore this sign-in: ${problems}.`);
    }
    case "sign-in-button":
      // The Playground has no such button: its address is said, where it can be followed.
      return {
        statusCode: 200,
        type: "application/vnd.microsoft.activity.message",
        value: `${promptIn(outcome.answer)} (In Teams a window opens.) ${context.signInPage(outcome.address)}`,
      };
  }
}

/** What the bot says above the button. */
function promptIn(answer: BotAnswer): string {
  const body = answer.kind === "answered" && isJsonObject(answer.body) ? answer.body : {};
  return textIn(objectIn(body, "value"), "text");
}

/**
 * The answer in the three forms that Playground 0.2.28 shows, each below the card that was pressed: a card (it takes
 * the old one's place), a message (plain text: its Markdown is not drawn), an error (in red). All else it swallows,
 * 412 included, so that is turned into an error which says what Teams would do. An update of the card by the bot
 * (PUT) takes the line below it away again.
 */
function showable(answer: BotAnswer): JsonObject {
  if (answer.kind === "silent") return error("BotUnreachable", `Unable to reach the app: ${answer.why}.`);
  const { status, body } = answer;
  if (status < 200 || status > 299) {
    return error("BotError", `Something went wrong: the app answered HTTP ${status}. Please try again.`);
  }
  if (!isJsonObject(body)) return error("BotError", "The app answered the button with nothing.");
  switch (textIn(body, "type")) {
    case "application/vnd.microsoft.card.adaptive":
      return textIn(objectIn(body, "value"), "type") === "AdaptiveCard"
        ? { ...body, value: drawableCard(objectIn(body, "value")) }
        : error("BadCard", "The app answered with a card that is not an Adaptive Card.");
    case "application/vnd.microsoft.activity.message":
      return textIn(body, "value") === ""
        ? error("BadMessage", "The app answered with an empty text.")
        : body;
    case "application/vnd.microsoft.error":
      return error(textIn(objectIn(body, "value"), "code"), textIn(objectIn(body, "value"), "message"));
    case "application/vnd.microsoft.error.preconditionFailed": {
      const why = textIn(objectIn(body, "value"), "message") || "the app could not use your sign-in";
      return error("PreconditionFailed", `${why} (In Teams a sign-in window opens now.)`);
    }
    default:
      return error("UnknownAnswer", `Teams does not know this answer: type "${textIn(body, "type")}".`);
  }
}

function error(code: string, message: string): JsonObject {
  return {
    statusCode: 400,
    type: "application/vnd.microsoft.error",
    value: { code: code || "Error", message: message || "Something went wrong." },
  };
}
