import type { CardAction, SayAction } from "./card.js";

/**
 * A button that says the words: they stand in the conversation as a message of the person who presses, and are
 * understood as if they had been typed there.
 */
export function sayButton(words: string, title = words): SayAction {
  const said = { say: words };
  return {
    type: "Action.Submit",
    title,
    data: { ...said, msteams: { type: "messageBack", text: words, displayText: words, value: said } },
  };
}

/** Longer words would fill the conversation when they stand there as a message. */
const LONGEST_SAID = 400;

/** The same for words of any length: long ones are understood without standing in the conversation. */
export function askButton(words: string, title: string): CardAction {
  return words.length > LONGEST_SAID
    ? { type: "Action.Submit", title, data: { say: words } }
    : sayButton(words, title);
}
