import type { Drift } from "../../../core/drift/drift.js";
import type { Difference } from "../../../core/impact/difference.js";
import { diffPolicies } from "../../../core/policy/diff-policies.js";
import { afterMigration } from "../../../core/policy/graph-made/migration.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { CardElement } from "../parts/card.js";
import { text } from "../parts/card-parts.js";

/** Whether the policy was moved to passkey profiles: to put that back is what Graph has no way for. */
export function isMove({ difference }: Pick<Drift, "difference">): boolean {
  return movedTo(difference) !== undefined;
}

/** What differs besides such a move: its own rows would name settings that mean the same as before. */
export function besideMove(difference: Difference): Difference {
  const moved = movedTo(difference);
  if (moved === undefined) return difference;
  const changes = diffPolicies(moved, parsePolicy(difference.after));
  return { ...difference, before: moved.raw, changes };
}

/** The move in words; nothing where there was none. */
export function moveLines({ difference }: Pick<Drift, "difference">): readonly CardElement[] {
  if (movedTo(difference) === undefined) return [];
  const rest = besideMove(difference).changes.length;
  const besides =
    rest === 0
      ? "The rules are those of before, as the default profile's, and nothing else was changed."
      : "The rules became the default profile's. What was changed besides:";
  return [
    text(
      `**The policy was moved to passkey profiles, which cannot be undone.** Microsoft does that to tenants by itself. ${besides}`,
      { spacing: "medium" },
    ),
  ];
}

function movedTo({ before, after }: Difference) {
  return afterMigration(parsePolicy(before), parsePolicy(after));
}
