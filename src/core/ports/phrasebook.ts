/** Finds what a person may have meant. Always answers, offline too. */
export interface Phrasebook {
  /** The commands that come closest to a text, best first, as they are said; never more than three, and perhaps none. */
  nearest(text: string): readonly string[];
}
