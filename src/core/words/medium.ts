/** What words are written into: how a text from outside stands there, and how words are made strong. */
export interface Medium {
  quote(outside: string): string;
  strong(words: string): string;
}

/** Words and nothing else, for a page that escapes every text it is given. */
export const BARE: Medium = { quote: (outside) => outside, strong: (words) => words };
