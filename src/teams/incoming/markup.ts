/** A piece of a text with HTML in it. */
export type Markup =
  | { readonly kind: "words"; readonly text: string }
  /** An element begins; one without content, such as a line break, does nothing else. */
  | { readonly kind: "open"; readonly name: string; readonly attributes: string }
  | { readonly kind: "close"; readonly name: string };

/** A tag ends before the next one begins; what stands in the quotes of an attribute is a part of it. */
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/iy;
const PLAIN_TAG = /<(\/?)([a-z][a-z0-9-]*)([^<>]*)>/iy;
/** A comment, or what a word processor tells another: up to its end, or that of the text. */
const REMARK = /<!(?:--[\s\S]*?(?:-->|$)|(?:\[|doctype)[^>]*(?:>|$))/iy;
/** Elements without an end. */
const VOID: ReadonlySet<string> = new Set([
  ...["img", "hr", "input", "attachment", "col", "meta", "link", "wbr"],
]);

/** The pieces of a text, one after the other, in time that grows with its length only. */
export function* readMarkup(text: string): Generator<Markup> {
  let tag = TAG;
  let words = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
    REMARK.lastIndex = at;
    const remark = REMARK.exec(text)?.[0];
    if (remark !== undefined) {
      if (at > words) yield { kind: "words", text: text.slice(words, at) };
      at += remark.length;
      words = at;
      continue;
    }
    tag.lastIndex = at;
    let found = tag.exec(text);
    if (found === null && tag === TAG && quotesInTag(text, at)) {
      // A quote that is never closed: from here on, quotes in tags mean nothing, or each would be read to the end.
      tag = PLAIN_TAG;
      tag.lastIndex = at;
      found = tag.exec(text);
    }
    if (found === null) {
      at += 1;
      continue;
    }
    if (at > words) yield { kind: "words", text: text.slice(words, at) };
    at += found[0].length;
    words = at;
    const [, slash, name = "", attributes = ""] = found;
    yield* tagOf(name.toLowerCase(), attributes, slash === "/");
  }
  if (words < text.length) yield { kind: "words", text: text.slice(words) };
}

function* tagOf(name: string, attributes: string, closes: boolean): Generator<Markup> {
  if (closes) return yield { kind: "close", name };
  yield { kind: "open", name, attributes };
  if (VOID.has(name) || (attributes.endsWith("/") && name !== "br")) yield { kind: "close", name };
}

/** Whether the tag that begins here has a quote before anything that would end it. */
function quotesInTag(text: string, at: number): boolean {
  const begins = /<\/?[a-z][^<>"']*["']/iy;
  begins.lastIndex = at;
  return begins.test(text);
}
