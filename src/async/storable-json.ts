/** Levels that no card, no activity and no answer of Graph comes near to; what walks by calling itself can bear them. */
const LEVELS_AT_MOST = 64;
const REPLACEMENT = "\ufffd";

type Storable =
  | { readonly kind: "storable"; readonly isChanged: boolean }
  /** For what the sender may be told. */
  | { readonly kind: "refused"; readonly why: string };

/**
 * Makes a value that JSON was parsed to safe to walk through and to keep: characters in texts that no store takes become
 * U+FFFD. Changes the value.
 * @param forbidden names of members with which it is not taken
 */
export function makeStorable(root: object, forbidden: readonly string[] = []): Storable {
  let isChanged = false;
  let level: readonly object[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > LEVELS_AT_MOST) return { kind: "refused", why: `more than ${LEVELS_AT_MOST} levels` };
    const next: object[] = [];
    for (const node of level) {
      const found = forbidden.find((name) => Object.hasOwn(node, name));
      if (found !== undefined) return { kind: "refused", why: `a member called ${found}` };
      // A page of a report has ten thousand members: no pair is made of each.
      for (const key of Object.keys(node)) {
        const value = (node as Readonly<Record<string, unknown>>)[key];
        if (typeof value === "string") {
          if (isStorable(value)) continue;
          // Not by assignment: a member may be called `__proto__`.
          Object.defineProperty(node, key, { value: madeStorable(value) });
          isChanged = true;
        } else if (typeof value === "object" && value !== null) next.push(value);
      }
    }
    level = next;
  }
  return { kind: "storable", isChanged };
}

/** Without half of a character, and without the one that PostgreSQL takes in no text. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function madeStorable(text: string): string {
  return text.toWellFormed().replaceAll("\0", REPLACEMENT);
}
