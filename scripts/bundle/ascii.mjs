/**
 * The same code without a letter beyond ASCII. A single one makes Node keep the whole of a file in twice the memory, and
 * read it more slowly. esbuild writes strings so, but leaves what stands in patterns, in marked templates and in comments.
 * @param {string} code
 * @throws when a letter stands where its escape might mean something else
 */
export function inAscii(code) {
  const unclear = /^.*(?:\\[^\0-\x7f]|\braw`[^`]*[^\0-\x7f]).*$/m.exec(code)?.[0];
  if (unclear !== undefined)
    throw new Error(`a letter that cannot be escaped in the bundle: ${unclear.trim()}`);
  return code.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
