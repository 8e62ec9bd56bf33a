import type { Plan, PlanDraft, Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange, ProfileRef } from "../../../core/policy/change.js";
import type { NamedGroups } from "../../../core/policy/group.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { Policy } from "../../../core/policy/policy.js";
import { type ChangeWords, inProfile, policyChangeWords } from "../../../core/words/policy-change-words.js";
import { attestationWords } from "../../../core/words/policy-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import { targetWords } from "../../words/names.js";
import type { CardElement } from "../parts/card.js";
import { subtle, table, text } from "../parts/card-parts.js";

/** Two policies and what differs. */
type Differing = Pick<Proposal, "before" | "after" | "changes"> & NamedGroups;

/**
 * Setting, and both values: what changes; while it can be decided also attestation in any case, and for whom passkeys
 * are turned on. A past thing has no now, and what was never written no after.
 */
export function planDiff(plan: PlanDraft, rows: number): readonly CardElement[] {
  return diffTable(plan.proposal, columnsOf(plan.state), rows);
}

function columnsOf({ kind }: Plan["state"]): DiffWords {
  switch (kind) {
    case "waiting":
      return { now: "Now", after: "After", unchanged: "as it is" };
    case "applying":
    case "unknown":
    case "applied":
      return { now: "Before", after: "After" };
    default:
      return { now: "Was", after: "Asked for" };
  }
}

/** What the columns of values are called, and what is said of a value that is the same in both. */
interface DiffWords {
  readonly now: string;
  readonly after: string;
  /** Absent where what stays is not shown. */
  readonly unchanged?: string;
}

/** Of any two policies. @param most changes that are shown; none, not even what stays, when 0 */
export function diffTable(difference: Differing, said: DiffWords, most: number): readonly CardElement[] {
  if (most === 0) return [];
  const [before, after] = [parsePolicy(difference.before), parsePolicy(difference.after)];
  const rows = difference.changes
    .slice(0, most)
    .map((change) => policyChangeWords(change, { ...difference, before, after }, MARKDOWN));
  const short = rows.filter((each) => !isLong(each));
  const cells = short.map(({ setting, now, after: then }) => [
    text(setting),
    text(now, { isSubtle: true }),
    text(then, { weight: "bolder" }),
  ]);
  return [
    ...(cells.length === 0 ? [] : [table(["Setting", said.now, said.after], cells)]),
    ...rows.filter(isLong).flatMap((each) => stacked(each, said)),
    ...asItIs(difference, said, after),
  ];
}

/** A third of a narrow card takes a word or two: longer values stand one below the other. */
const LONGEST_IN_A_CELL = 32;
/** A longer word, as in the path of a setting without a name in here, would be broken there. */
const LONGEST_WORD = 12;

function isLong({ setting, now, after }: ChangeWords): boolean {
  const lengths = (of: readonly string[]) => of.map((words) => [...words].length);
  const words = [setting, now, after].flatMap((cell) => cell.split(/[\s-]+/));
  return Math.max(...lengths([now, after])) > LONGEST_IN_A_CELL || Math.max(...lengths(words)) > LONGEST_WORD;
}

function stacked({ setting, now, after }: ChangeWords, said: DiffWords): readonly CardElement[] {
  return [
    text(setting, { spacing: "medium" }),
    text(`${said.now}: ${now}`, { isSubtle: true, spacing: "none" }),
    text(`${said.after}: ${after}`, { weight: "bolder", spacing: "none" }),
  ];
}

/** What people ask about though it stays: a line for each, as two equal cells would only take room. */
function asItIs(difference: Differing, said: DiffWords, after: Policy): readonly CardElement[] {
  const { unchanged } = said;
  if (unchanged === undefined) return [];
  return [...whoStays(difference, after), ...attestationStays(difference.changes, after)].map(
    ({ setting, value }) => subtle(`${setting}: ${value} (${unchanged})`, { spacing: "small" }),
  );
}

interface Staying {
  readonly setting: string;
  readonly value: string;
}

/** Turning passkeys on is about people, so they are shown where the targets stay as they are, too. */
function whoStays({ changes, ...groups }: Differing, after: Policy): readonly Staying[] {
  const turnsOn = changes.some((change) => change.setting === "state" && change.after === "enabled");
  if (!turnsOn || changes.some((change) => change.setting === "include")) return [];
  return [{ setting: "Who", value: targetWords(after.include, after, groups) }];
}

/** Attestation decides what a list is worth, so it is shown where it stays as it is, too. */
function attestationStays(changes: readonly PolicyChange[], after: Policy): readonly Staying[] {
  if (changes.some((change) => change.setting === "attestation")) return [];
  return rulesInQuestion(changes, after).map(({ profile, enforced }) => ({
    setting: inProfile("Attestation", profile, MARKDOWN),
    value: attestationWords(enforced),
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
