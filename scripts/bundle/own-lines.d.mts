/** A source map of our own files alone, from one of all; sources are named from the checkout on. */
export function ownLines(text: string): string;
