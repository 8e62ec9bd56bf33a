import type { Word } from "../words.js";

/** What ends a conversation, or fills it. It wants no answer. */
const THANKS: ReadonlySet<string> = new Set([
  ...[
    "thanks",
    "thank you",
    "thx",
    "ty",
    "tx",
    "many thanks",
    "thanks a lot",
    "thank you very much",
    "cheers",
  ],
  ...[
    "ok",
    "okay",
    "k",
    "cool",
    "great",
    "nice",
    "perfect",
    "awesome",
    "super",
    "good",
    "wow",
    "lol",
    "haha",
  ],
  ...[
    "great job",
    "good job",
    "well done",
    "nice work",
    "good point",
    "got it",
    "i see",
    "understood",
    "fine",
  ],
  ...["good night", "goodbye", "good bye", "bye", "bye bye", "see you", "see you tomorrow", "see you later"],
  ...["never mind", "nevermind", "no", "nope", "no thanks", "no thank you", "not now", "forget it"],
  ...["danke", "vielen dank", "danke schön", "merci", "merci beaucoup", "gracias", "muchas gracias"],
  ...["obrigado", "obrigada", "grazie", "grazie mille", "dank je", "bedankt", "dank u", "ありがとう"],
  ...["ありがとうございます", "tschüss", "au revoir", "adiós", "tchau", "ciao", "doei"],
]);
const THANKS_BEGIN: ReadonlySet<string> = new Set([
  "thanks",
  "thank",
  "thx",
  "cheers",
  "danke",
  "merci",
  "gracias",
]);
/** Thanks with a word or two behind them; what is longer says more than that. */
const THANKS_AT_MOST_WORDS = 6;

const GREETINGS: ReadonlySet<string> = new Set([
  ...["hi", "hello", "hey", "yo", "hi there", "hello there", "hey there", "good morning", "good afternoon"],
  ...["good evening", "morning", "start", "begin", "let's go", "/start", "test", "ping", "are you there"],
  ...["who are you", "what are you", "what do you do", "what can you do", "what is this", "what's this"],
  ...[
    "are you a bot",
    "are you human",
    "are you real",
    "are you an ai",
    "are you new here",
    "who built you",
    "who made you",
    "who wrote you",
    "what is your name",
    "how are you",
    "what can i do here",
    "what can i ask",
    "what is latchkey",
  ],
  ...["hallo", "guten tag", "guten morgen", "moin", "servus", "bonjour", "salut", "bonsoir", "hola"],
  ...[
    "buenos días",
    "buenas",
    "olá",
    "oi",
    "bom dia",
    "ciao",
    "buongiorno",
    "goedemorgen",
    "goedendag",
    "hoi",
  ],
  ...["こんにちは", "おはよう", "おはようございます"],
]);

/** Whom a greeting is for. */
const GREETED = / (?:all|team|everyone|everybody|folks|latchkey)$/;

/** Whether the words are thanks, a farewell or a nod, or nothing but signs and pictures. */
export function isThanks(words: readonly Word[]): boolean {
  const said = plainly(words);
  if (said === "" || THANKS.has(said)) return true;
  const [first = ""] = said.split(" ");
  return THANKS_BEGIN.has(first) && words.length <= THANKS_AT_MOST_WORDS;
}

/** Whether the words greet, or ask who this is. */
export function isGreeting(words: readonly Word[]): boolean {
  const said = plainly(words);
  return GREETINGS.has(said) || GREETINGS.has(said.replace(GREETED, ""));
}

/** Letters and numbers only, in one line. A long text is neither thanks nor a greeting. */
function plainly(words: readonly Word[]): string {
  if (words.length > THANKS_AT_MOST_WORDS) return words.map(({ lower }) => lower).join(" ");
  return words
    .map(({ lower }) => lower.replace(/[^\p{L}\p{N}'/]+/gu, ""))
    .filter((word) => word !== "")
    .join(" ");
}
