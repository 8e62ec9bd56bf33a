/** What people put around a whole message to make it stand out; it says nothing, and is no quotation. */
const EMPHASES: readonly string[] = ["***", "___", "**", "__", "*", "_"];
/** A bullet before the only line, and the sign other bots want before a command. */
const SIGN_BEFORE = /^(?:[-–—•*]\s+|[/!](?=\p{L}))/u;

/** A message without emphasis around all of it, without a bullet and without a command's sign before it. */
export function withoutOrnaments(text: string): string {
  const trimmed = text.trim();
  const said = trimmed.includes("\n") ? trimmed : trimmed.replace(SIGN_BEFORE, "");
  const mark = EMPHASES.find(
    (each) => said.length > each.length * 2 && said.startsWith(each) && said.endsWith(each),
  );
  if (mark === undefined) return said;
  const inner = said.slice(mark.length, -mark.length);
  // "*Pilot* and *Helpdesk*" are two words that stand out, and `__init__` may be a name.
  const isAround = !inner.includes(mark) && inner.trim() === inner && inner.includes(" ");
  return isAround || /^\p{L}+$/u.test(inner) ? inner : said;
}
