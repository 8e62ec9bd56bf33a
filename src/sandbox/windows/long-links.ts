import { textIn } from "../../../simulators/http/json-over-http.js";
import type { JsonObject } from "../../core/json.js";

/** The line below a card has room for about so many characters without a space; a longer one pushes it off the card. */
const ROOM = 45;
const LINK = /https?:\/\/\S+/g;

export interface SplitAnswer {
  readonly answer: JsonObject;
  /** What is to be shown as a message in the chat; undefined when the line has room for everything. */
  readonly message: JsonObject | undefined;
}

/**
 * A text that answers a button, without long links: the Playground neither wraps nor links them there. Such a text
 * is shown again as a message, where a link can be followed.
 */
export function withoutLongLinks(answer: JsonObject): SplitAnswer {
  const text = textIn(answer, "value");
  if (!(text.match(LINK) ?? []).some((link) => link.length > ROOM)) return { answer, message: undefined };
  const short = text.replace(LINK, (link) => (link.length > ROOM ? "(link below)" : link));
  const linked = text.replace(LINK, (link) => `[${link}](${link})`);
  return { answer: { ...answer, value: short }, message: { type: "message", text: linked } };
}
