/** To how many characters texts are cut, until what they are in fits. */
const LENGTHS = [1_200, 800, 500, 300, 200, 120, 80, 40];

export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), "utf8");
}

/**
 * Parts of a card that take at most so many bytes. Names are short in any real tenant, and then nothing changes; where
 * they are as long as can be, the longest texts are cut, because Teams does not take a card that is too large.
 */
export function fitted<Part>(part: Part, bytes: number): Part {
  let fitting = part;
  for (const length of LENGTHS) {
    if (bytesOf(fitting) <= bytes) break;
    fitting = withTextsCut(part, length) as Part;
  }
  return fitting;
}

function withTextsCut(node: unknown, length: number): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((child) => withTextsCut(child, length));
  const type = "type" in node ? node.type : undefined;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      if (name !== "text" || typeof value !== "string") return [name, withTextsCut(value, length)];
      if (type === "TextBlock") return [name, cutMarkdown(value, length)];
      return [name, cut([...value], length)];
    }),
  );
}

/** A date that the client writes, an escaped character, a sign for bold, or any other character. */
const MARKS = /\{\{[^}]*\}\}|\\[\s\S]|\*\*|[\s\S]/gu;

/** Cut between marks, never within one; what was bold ends. */
function cutMarkdown(markdown: string, length: number): string {
  const marks = markdown.match(MARKS) ?? [];
  if (marks.length <= length) return markdown;
  const isBold = marks.slice(0, length - 1).filter((mark) => mark === "**").length % 2 === 1;
  return `${cut(marks, length)}${isBold ? "**" : ""}`;
}

function cut(marks: readonly string[], length: number): string {
  return marks.length <= length ? marks.join("") : `${marks.slice(0, length - 1).join("")}…`;
}
