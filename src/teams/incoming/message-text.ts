import { type Markup, readMarkup } from "./markup.js";

/** More than the longest list of models with the markup an editor may put around it. */
export const CLEANED_AT_MOST_CHARACTERS = 128_000;

/** What of a message is its writer's own, in plain text. */
export interface MessageText {
  readonly text: string;
  /** The bot is mentioned in it. */
  readonly namesBot: boolean;
}

/** Elements whose words do not count: they are quoted, were taken back, or are no text of the message. */
const NOT_OWN: ReadonlySet<string> = new Set([
  ...["blockquote", "q", "s", "del", "strike", "pre", "codeblock"],
  ...["script", "style", "head", "title", "template", "select", "textarea", "rt", "rp"],
]);
const STRUCK_THROUGH = /line-through/i;
/**
 * What is pasted from a page or a document may hold words that its reader never saw. Which of them a client shows is not
 * certain, so a mark stands in their place, with which no request is understood: the person is asked.
 */
const UNSEEN =
  /display:\s{0,9}none|visibility:\s{0,9}hidden|mso-hide:|font-size:\s{0,9}0(?![.\d])|\shidden(?:[\s=/]|$)/i;
const UNSEEN_MARK = "\ufffc";
/** What no editor of Teams' writes: after it, nothing counts. */
const SCRIPTED = /(?:^|[\s"'/])on[a-z]+ ?=/i;
/** After these a line ends. */
const LINES: ReadonlySet<string> = new Set(["p", "div", "li", "tr", "blockquote", "pre", "codeblock"]);
const CELLS: ReadonlySet<string> = new Set(["td", "th"]);
/** How Teams marks a mention in a message's HTML. */
const MENTION = /schema\.skype\.com\/mention/i;

/**
 * What a person typed, without what Teams' editor adds: tags, mentions' markup, entities; and without what is quoted
 * or struck through there. A text that is too long for any command comes back as it is: its writer is told its length,
 * and no time goes into cleaning it.
 * @param botName the bot's name, as Teams calls it in this conversation
 */
export function messageText(text: string, botName?: string): MessageText {
  if (text.length > CLEANED_AT_MOST_CHARACTERS) return { text, namesBot: false };
  const reading = new OwnWords(botName);
  for (const token of readMarkup(text)) reading.take(token);
  return reading.end();
}

class OwnWords {
  readonly #botName: string | undefined;
  readonly #own: string[] = [];
  #hasBegun = false;
  #namesBot = false;
  /** The element that is not read, and how many of its name are open in it. */
  #hidden: { readonly name: string; depth: number } | undefined;
  /** The element that is a mention, and the words in it. */
  #mention: { readonly name: string; words: string } | undefined;

  constructor(botName: string | undefined) {
    this.#botName = botName?.toLowerCase();
  }

  take(token: Markup): void {
    if (this.#isHidden(token)) return;
    if (token.kind === "words") this.#say(decode(token.text));
    else if (token.kind === "open") this.#open(token.name, token.attributes);
    else this.#close(token.name);
  }

  end(): MessageText {
    this.#own.push(this.#mention?.words ?? "");
    return { text: this.#own.join("").trim(), namesBot: this.#namesBot };
  }

  #say(words: string): void {
    if (this.#mention !== undefined) this.#mention.words += words;
    else this.#own.push(words);
    this.#hasBegun ||= this.#mention === undefined && words.trim() !== "";
  }

  #open(name: string, attributes: string): void {
    if (SCRIPTED.test(attributes)) this.#hidden = { name: "", depth: 1 };
    else if (name === "br") this.#own.push("\n");
    else if (NOT_OWN.has(name) || STRUCK_THROUGH.test(attributes)) this.#hidden = { name, depth: 1 };
    else if (UNSEEN.test(attributes)) {
      this.#own.push(UNSEEN_MARK);
      this.#hidden = { name, depth: 1 };
    } else if (name === "at" || MENTION.test(attributes)) this.#mention = { name, words: "" };
    // The code in a line is quoted, as are the words in quotation marks.
    else if (name === "code") this.#own.push('"');
  }

  #close(name: string): void {
    if (name === this.#mention?.name) this.#endMention(this.#mention.words);
    else if (LINES.has(name)) this.#own.push("\n");
    else if (CELLS.has(name)) this.#own.push("\t");
    else if (name === "code") this.#own.push('"');
  }

  #endMention(words: string): void {
    this.#mention = undefined;
    const isBot = words.trim().toLowerCase() === this.#botName;
    this.#namesBot ||= isBot;
    // At the start, for clients that send no entity that says so.
    if (!isBot || this.#hasBegun) this.#say(words);
  }

  #isHidden(token: Markup): boolean {
    const hidden = this.#hidden;
    if (hidden === undefined) return false;
    if (token.kind !== "words" && token.name === hidden.name) hidden.depth += token.kind === "open" ? 1 : -1;
    if (hidden.depth === 0) this.#hidden = undefined;
    return token.kind !== "close" || hidden.depth > 0;
  }
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  // Written for a blank that is kept, and for one that was typed: a name is looked up with either.
  nbsp: "\u00a0",
  ...{ ensp: "\u2002", emsp: "\u2003", thinsp: "\u2009" },
  ...{ ldquo: "“", rdquo: "”", bdquo: "„", laquo: "«", raquo: "»", lsquo: "‘", rsquo: "’", sbquo: "‚" },
  ...{ ndash: "–", mdash: "—", hellip: "…", bull: "•", middot: "·" },
  ...{ shy: "\u00ad", zwnj: "\u200c", zwj: "\u200d", lrm: "\u200e", rlm: "\u200f" },
};

function decode(text: string): string {
  return text.replace(
    /&(#x?[0-9a-f]+|[a-z]+);/gi,
    (entity, name: string) => decoded(name.toLowerCase()) ?? entity,
  );
}

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return NAMED[name];
  const point = name.startsWith("#x")
    ? Number.parseInt(name.slice(2), 16)
    : Number.parseInt(name.slice(1), 10);
  const isHalf = point >= 0xd800 && point <= 0xdfff;
  return point > 0 && point <= 0x10ffff && !isHalf ? String.fromCodePoint(point) : undefined;
}
