/** What is said to a bot again and again. */
export type Turn = "echo" | "show policy" | "enable passkeys";

const ATTESTATION = ["", "with attestation", "without attestation"];
const RESTRICTION = ["", "with allow list", "unrestricted"];
const AUTHENTICATORS = ["", "ios only", "android only"];
const TARGETS = ["", "for all users"];

/** Wishes of which no two are the same request: to one that waits already a bot answers with the plan that is there. */
const WISHES = TARGETS.flatMap((targets) =>
  RESTRICTION.flatMap((restriction) =>
    ATTESTATION.flatMap((attestation) =>
      AUTHENTICATORS.map((authenticators) =>
        ["enable passkeys", authenticators, attestation, restriction, targets].filter(Boolean).join(" "),
      ),
    ),
  ),
);

/** How many plans may wait at a time, each of another person. */
export const WISHES_AT_ONCE = WISHES.length;

/** What the nth of those who ask says. @throws RangeError when it would be the same as another's */
export function wordsOf(turn: Turn, nth: number): string {
  if (turn !== "enable passkeys") return turn;
  const wish = WISHES[nth];
  if (wish === undefined)
    throw new RangeError(`${nth} people asked before; there are ${WISHES_AT_ONCE} wishes`);
  return wish;
}
