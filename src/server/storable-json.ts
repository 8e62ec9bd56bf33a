/** Levels that no card and no activity comes near to; what walks through a value by calling itself can bear them. */
const LEVELS_AT_MOST = 64;
/** A member that copying turns into the copy's prototype. No client of Teams sends one. */
const FORBIDDEN_MEMBER = "__proto__";
/** Half of a character, or one that PostgreSQL takes in no text. */
const NOT_STORABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Makes a value that JSON was parsed to safe to copy, to walk through and to keep: characters that no store takes become
 * U+FFFD. Changes the value.
 * @returns why it is not taken at all; undefined: it is
 */
export function makeStorable(root: object): string | undefined {
  let level: readonly object[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > LEVELS_AT_MOST) return `more than ${LEVELS_AT_MOST} levels`;
    const next: object[] = [];
    for (const node of level) {
      if (Object.hasOwn(node, FORBIDDEN_MEMBER)) return `a member called ${FORBIDDEN_MEMBER}`;
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === "string") {
          const storable = value.replace(NOT_STORABLE, "\ufffd");
          if (storable !== value) Object.assign(node, { [key]: storable });
        } else if (typeof value === "object" && value !== null) next.push(value);
      }
    }
    level = next;
  }
  return undefined;
}
