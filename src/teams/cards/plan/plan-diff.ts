import type { Plan, Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange, ProfileRef } from "../../../core/policy/change.js";
import type { NamedGroups } from "../../../core/policy/group.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { Policy } from "../../../core/policy/policy.js";
import { number } from "../../../core/words/amounts.js";
import { type ChangeWords, inProfile, policyChangeWords } from "../../../core/words/policy-change-words.js";
import { attestationWords } from "../../../core/words/policy-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import { targetWords } from "../../words/names.js";
import type { CardElement } from "../parts/card.js";
import { row, subtle, text } from "../parts/card-parts.js";

const WIDTHS = [9, 6, 9];
const MOST_ROWS = 14;

/** Two policies and what differs. */
type Differing = Pick<Proposal, "before" | "after" | "changes"> & NamedGroups;

interface DiffRow extends ChangeWords {
  /** Shown because people ask about it, though it stays. */
  readonly unchanged?: true;
}

/** Setting, now (once applied, before), after: what changes, attestation in any case, and for whom passkeys are turned on. */
export function planDiff(plan: Plan): readonly CardElement[] {
  const now = plan.state.kind === "applied" ? "Before" : "Now";
  return diffTable(plan.proposal, { now, after: "After", unchanged: "as it is" });
}

/** What the columns of values are called, and what is said of a value that is the same in both. */
interface DiffWords {
  readonly now: string;
  readonly after: string;
  readonly unchanged: string;
}

/** The same of any two policies. */
export function diffTable(difference: Differing, said: DiffWords): readonly CardElement[] {
  const rows = diffRows(difference);
  const shown = rows.slice(0, MOST_ROWS);
  const rest = rows.length - shown.length;
  return [
    row(["Setting", said.now, said.after].map(headCell), WIDTHS, { spacing: "medium" }),
    ...shown.map(({ setting, now, after, unchanged }) =>
      row(
        [
          text(setting),
          text(now, { isSubtle: true }),
          unchanged
            ? text(`${after} (${said.unchanged})`, { isSubtle: true })
            : text(after, { weight: "bolder" }),
        ],
        WIDTHS,
      ),
    ),
    ...(rest > 0 ? [subtle(`${number(rest)} more settings change.`)] : []),
  ];
}

const headCell = (words: string) => text(words, { weight: "bolder" });

function diffRows(proposal: Differing): readonly DiffRow[] {
  const [before, after] = [parsePolicy(proposal.before), parsePolicy(proposal.after)];
  const rows = proposal.changes.map((change) =>
    policyChangeWords(change, { ...proposal, before, after }, MARKDOWN),
  );
  return [...rows, ...whoAsItIs(proposal, after), ...attestationAsItIs(proposal.changes, after)];
}

/** Turning passkeys on is about people, so they are shown where the targets stay as they are, too. */
function whoAsItIs({ changes, ...groups }: Differing, after: Policy): readonly DiffRow[] {
  const turnsOn = changes.some((change) => change.setting === "state" && change.after === "enabled");
  if (!turnsOn || changes.some((change) => change.setting === "include")) return [];
  const who = targetWords(after.include, groups);
  return [{ setting: "Who", now: who, after: who, unchanged: true }];
}

/** Attestation decides what a list is worth, so it is shown where it stays as it is, too. */
function attestationAsItIs(changes: readonly PolicyChange[], after: Policy): readonly DiffRow[] {
  if (changes.some((change) => change.setting === "attestation")) return [];
  return rulesInQuestion(changes, after).map(({ profile, enforced }) => ({
    setting: inProfile("Attestation", profile, MARKDOWN),
    now: attestationWords(enforced),
    after: attestationWords(enforced),
    unchanged: true as const,
  }));
}

function rulesInQuestion(
  changes: readonly PolicyChange[],
  after: Policy,
): readonly { readonly profile?: ProfileRef; readonly enforced: boolean }[] {
  if (after.shape === "legacy") return [{ enforced: after.attestationEnforced }];
  const touched = changes.flatMap((change) =>
    "profile" in change && change.profile ? [change.profile.id] : [],
  );
  const wanted = touched.length > 0 ? touched : [after.defaultProfile];
  return after.profiles
    .filter((profile) => wanted.includes(profile.id))
    .map((profile) => ({
      profile: { id: profile.id, name: profile.name },
      enforced: profile.attestationEnforced,
    }));
}
