import type { SayAction } from "./card.js";

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
