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
import { row, text } from "../parts/card-parts.js";

const WIDTHS = [9, 6, 9];

/** Two policies and what differs. */
type Differing = Pick<Proposal, "before" | "after" | "changes"> & NamedGroups;

interface DiffRow extends ChangeWords {
  /** Shown because people ask about it, though it stays. */
  readonly unchanged?: true;
}

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
  const shown = diffRows(difference, most).filter(
    (each) => said.unchanged !== undefined || each.unchanged === undefined,
  );
  if (shown.length === 0) return [];
  const short = shown.filter((each) => !isLong(each));
  const table =
    short.length === 0
      ? []
      : [
          row(["Setting", said.now, said.after].map(headCell), WIDTHS, { spacing: "medium" }),
          ...short.map((each) => row([text(each.setting), ...values(each, said)], WIDTHS)),
        ];
  const below = shown.filter(isLong).flatMap((each) => stacked(each, said));
  // What changes comes before what stays.
  return short.every(({ unchanged }) => unchanged === true) ? [...below, ...table] : [...table, ...below];
}

/** A third of a narrow card takes a word or two: longer values stand one below the other. */
const LONGEST_IN_A_CELL = 32;

function isLong({ now, after }: DiffRow): boolean {
  return Math.max(now.length, after.length) > LONGEST_IN_A_CELL;
}

function values({ now, after, unchanged }: DiffRow, said: DiffWords): readonly [CardElement, CardElement] {
  return [
    text(now, { isSubtle: true }),
    unchanged ? text(`${after} (${said.unchanged})`, { isSubtle: true }) : text(after, { weight: "bolder" }),
  ];
}

/** What stays is said once. */
function stacked(each: DiffRow, said: DiffWords): readonly CardElement[] {
  const below = { now: `${said.now}: ${each.now}`, after: `${said.after}: ${each.after}` };
  const [now, after] = values(each.unchanged ? each : { ...each, ...below }, said);
  return [
    text(each.setting, { spacing: "medium" }),
    ...(each.unchanged ? [after] : [now, after]).map((value) => ({ ...value, spacing: "none" as const })),
  ];
}

const headCell = (words: string) => text(words, { weight: "bolder" });

function diffRows(proposal: Differing, most: number): readonly DiffRow[] {
  if (most === 0) return [];
  const [before, after] = [parsePolicy(proposal.before), parsePolicy(proposal.after)];
  const rows = proposal.changes
    .slice(0, most)
    .map((change) => policyChangeWords(change, { ...proposal, before, after }, MARKDOWN));
  return [...rows, ...whoAsItIs(proposal, after), ...attestationAsItIs(proposal.changes, after)];
}

/** Turning passkeys on is about people, so they are shown where the targets stay as they are, too. */
function whoAsItIs({ changes, ...groups }: Differing, after: Policy): readonly DiffRow[] {
  const turnsOn = changes.some((change) => change.setting === "state" && change.after === "enabled");
  if (!turnsOn || changes.some((change) => change.setting === "include")) return [];
  const who = targetWords(after.include, after, groups);
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
