import { unreachable } from "../../../core/errors.js";
import type { Json } from "../../../core/json.js";
import type { Plan, Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange, ProfileRef } from "../../../core/policy/change.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import type { IncludeTarget, Policy, Restriction } from "../../../core/policy/policy.js";
import { clip, number, plain } from "../../words/card-text.js";
import {
  attestationWords,
  excludeWords,
  groupWords,
  onOff,
  restrictionWords,
  targetWords,
  typesWords,
} from "../../words/policy-words.js";
import type { CardElement } from "../parts/card.js";
import { row, subtle, text } from "../parts/card-parts.js";

const WIDTHS = [9, 6, 9];
const MOST_ROWS = 14;

/** Two policies and what differs. */
type Differing = Pick<Proposal, "before" | "after" | "changes" | "groupNames">;

/** One change in words: what it is about, and both values. */
interface DiffRow {
  readonly setting: string;
  readonly now: string;
  readonly after: string;
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
  const rows = proposal.changes.map((change) => changeWords(change, { proposal, before, after }));
  return [...rows, ...whoAsItIs(proposal, after), ...attestationAsItIs(proposal.changes, after)];
}

/** Turning passkeys on is about people, so they are shown where the targets stay as they are, too. */
function whoAsItIs({ changes, groupNames }: Differing, after: Policy): readonly DiffRow[] {
  const turnsOn = changes.some((change) => change.setting === "state" && change.after === "enabled");
  if (!turnsOn || changes.some((change) => change.setting === "include")) return [];
  const who = targetWords(after.include, groupNames);
  return [{ setting: "Who", now: who, after: who, unchanged: true }];
}

interface Sides {
  readonly proposal: Pick<Proposal, "groupNames">;
  readonly before: Policy;
  readonly after: Policy;
}

/** A change in words; its models and groups are named as the proposal names them. */
export function changeWords(change: PolicyChange, sides: Sides): DiffRow {
  const { groupNames } = sides.proposal;
  switch (change.setting) {
    case "state":
      return { setting: "Passkeys (FIDO2)", now: onOff(change.before), after: onOff(change.after) };
    case "self-service":
      return { setting: "Self-service set-up", now: allowed(change.before), after: allowed(change.after) };
    case "include":
      return includeRow(change.before, change.after, sides);
    case "exclude":
      return {
        setting: "Except",
        now: excludeWords(change.before, groupNames),
        after: excludeWords(change.after, groupNames),
      };
    case "attestation":
      return {
        setting: inProfile("Attestation", change.profile),
        now: attestationWords(change.before),
        after: attestationWords(change.after),
      };
    case "types":
      return {
        setting: inProfile("Kinds of passkey", change.profile),
        now: typesWords(change.before),
        after: typesWords(change.after),
      };
    case "restriction":
      return {
        setting: inProfile("Which authenticators", change.profile),
        now: restrictionWords(change.before),
        after: restrictionAfter(change.before, change.after),
      };
    case "profile-added":
      return { setting: `Profile ${plain(change.profile.name)}`, now: "none", after: "added" };
    case "profile-removed":
      return { setting: `Profile ${plain(change.profile.name)}`, now: "there", after: "removed" };
    case "other":
      return { setting: plain(change.path), now: jsonWords(change.before), after: jsonWords(change.after) };
    default:
      return unreachable(change);
  }
}

/** With profiles, the same people can get other rules: then each group is shown with its profiles. */
function includeRow(
  before: readonly IncludeTarget[],
  after: readonly IncludeTarget[],
  { proposal, before: policyBefore, after: policyAfter }: Sides,
): DiffRow {
  const samePeople = ids(before) === ids(after);
  const words = (targets: readonly IncludeTarget[], policy: Policy) =>
    samePeople ? withProfiles(targets, policy, proposal) : targetWords(targets, proposal.groupNames);
  return { setting: "Who", now: words(before, policyBefore), after: words(after, policyAfter) };
}

function ids(targets: readonly IncludeTarget[]): string {
  return targets
    .map((target) => target.id)
    .sort()
    .join(" ");
}

function withProfiles(
  targets: readonly IncludeTarget[],
  policy: Policy,
  proposal: Pick<Proposal, "groupNames">,
): string {
  const profiles = policy.shape === "profiles" ? policy.profiles : [];
  const shown = targets.slice(0, 4).map((target) => {
    const names = target.profiles.map((id) =>
      plain(profiles.find((profile) => profile.id === id)?.name ?? id),
    );
    return `${groupWords(target.id, proposal.groupNames)} (${names.join(", ") || "no profile"})`;
  });
  const rest = targets.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${number(rest)} more`] : [])].join(", ");
}

function restrictionAfter(before: Restriction, after: Restriction): string {
  if (before.mode === after.mode || after.mode === "any") return restrictionWords(after);
  return after.mode === "allow"
    ? `only the ${number(after.aaguids.length)} listed below`
    : restrictionWords(after);
}

/** Attestation decides what a list is worth, so it is shown where it stays as it is, too. */
function attestationAsItIs(changes: readonly PolicyChange[], after: Policy): readonly DiffRow[] {
  if (changes.some((change) => change.setting === "attestation")) return [];
  return rulesInQuestion(changes, after).map(({ profile, enforced }) => ({
    setting: inProfile("Attestation", profile),
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

export function inProfile(setting: string, profile: ProfileRef | undefined): string {
  return profile === undefined ? setting : `${setting} · ${plain(profile.name)}`;
}

const allowed = (yes: boolean): string => (yes ? "allowed" : "not allowed");

function jsonWords(value: Json): string {
  return value === null ? "none" : plain(clip(typeof value === "string" ? value : JSON.stringify(value), 60));
}
