/** The same code without a letter beyond ASCII. @throws when one stands where its escape might mean something else */
export function inAscii(code: string): string;
