/**
 * Words no model's name begins with. "allow me to explain" and "what is going on" are ordinary chat; a person who means
 * a model of such a name puts it in quotes.
 */
const ORDINARY: ReadonlySet<string> = new Set(
  [
    "me us you him her them it i we they he she one ones myself yourself ourselves themselves itself",
    "everyone everybody everything someone somebody something anyone anybody anything nobody nothing",
    "a an the this that these those my your our his their its mine yours ours theirs",
    "some any all every each no both either neither such other another more less enough",
    "who whom whose what which when where why how if whether",
    "and or but for to of in on at from with without by about as up down off out over into like",
    "is are was were be been do does did can could will would should may might must has have had",
    "going happening meant needed left missing new wrong next not there here so still also too then now just",
  ].flatMap((line) => line.split(" ")),
);

/** Whether a text that goes on with this word (in lower case, unquoted) is about something else than a model. */
export function isOrdinaryWord(word: string): boolean {
  return ORDINARY.has(word.replace(/'.*$|[?!.:;]+$/, ""));
}
