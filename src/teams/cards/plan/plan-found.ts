import type { AffectedPerson } from "../../../core/impact/impact.js";
import type { FoundPolicy, Plan, Proposal } from "../../../core/plan/plan.js";
import type { PolicyChange } from "../../../core/policy/change.js";
import { diffPolicies } from "../../../core/policy/diff-policies.js";
import { withGivenIds } from "../../../core/policy/graph-made/given-ids.js";
import { afterMigration } from "../../../core/policy/graph-made/migration.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { listed, number } from "../../../core/words/amounts.js";
import { losingBesideWords } from "../../../core/words/outcome/beside-words.js";
import { inProfile, policyChangeWords } from "../../../core/words/policy-change-words.js";
import { restrictionWords } from "../../../core/words/policy-words.js";
import { readWrites } from "../../../core/words/unread-writes.js";
import { MARKDOWN, moment, plain } from "../../words/card-text.js";
import { modelWords } from "../../words/names.js";
import type { CardElement } from "../parts/card.js";
import { subtle, text } from "../parts/card-parts.js";
import type { NamesView } from "../parts/names-view.js";
import { names } from "../parts/people.js";

const LINES_SHOWN = 8;
const MODELS_NAMED = 3;
const WRITERS_NAMED = 3;
const PEOPLE_NAMED = 10;

/** A policy that is neither as before nor as planned: how it differs from both, and who wrote it. */
export function planFound(plan: Plan, found: FoundPolicy, view: NamesView): readonly CardElement[] {
  const { before, after } = plan.proposal;
  return [
    ...losingLines(plan, found, view),
    ...difference("Compared with before:", found.sinceBefore, { plan, found, from: before }),
    ...difference("Compared with what was planned:", found.besideWanted, { plan, found, from: after }),
    text(writerWords(plan, found), { size: "small", spacing: "small" }),
  ];
}

/** What came back beside what was asked for and is in force: what, and who loses by it. */
export function planBeside(plan: Plan, found: FoundPolicy, view: NamesView): readonly CardElement[] {
  const after = withGivenIds(plan.proposal, found.policy);
  const wanted = parsePolicy(after);
  const policy = parsePolicy(found.policy);
  const moved = afterMigration(wanted, policy);
  const from = moved?.raw ?? after;
  const changes = moved === undefined ? found.besideWanted : diffPolicies(moved, policy);
  return [
    text(
      moved === undefined
        ? "⚠ **More came back than was asked for.**"
        : "⚠ **Graph moved the policy to passkey profiles, which cannot be undone.**",
      { spacing: "small" },
    ),
    ...losingLines(plan, found, view),
    ...(moved !== undefined && changes.length === 0
      ? []
      : difference("Besides what was planned:", changes, { plan, found, from })),
  ];
}

function losingLines({ number }: Plan, { losing }: FoundPolicy, view: NamesView): readonly CardElement[] {
  const words = losingBesideWords(losing, MARKDOWN);
  if (words === undefined) return [];
  const people = losing?.kind === "by-scan" ? losing.losing : [];
  return [
    text(`⚠ ${words}`, { spacing: "small" }),
    ...(people.length === 0 ? [] : [subtle(whoWords(people, number, view), { spacing: "none" })]),
  ];
}

function whoWords(people: readonly AffectedPerson[], plan: number, view: NamesView): string {
  return view.names === "shown" ? names(people, PEOPLE_NAMED) : `\`evidence ${plan}\` names them.`;
}

interface Compared {
  readonly plan: Plan;
  readonly found: FoundPolicy;
  /** What it is compared with. */
  readonly from: Proposal["before"];
}

function difference(
  head: string,
  changes: readonly PolicyChange[],
  compared: Compared,
): readonly CardElement[] {
  const rest = changes.length - LINES_SHOWN;
  return [
    text(head, { weight: "bolder", size: "small", spacing: "small" }),
    ...(changes.length === 0 ? [subtle("no difference", { spacing: "none" })] : []),
    ...changes
      .slice(0, LINES_SHOWN)
      .map((change) => subtle(`• ${line(change, compared)}`, { spacing: "none" })),
    ...(rest > 0 ? [subtle(`and ${number(rest)} more`, { spacing: "none" })] : []),
  ];
}

function line(change: PolicyChange, { plan, found, from }: Compared): string {
  if (change.setting === "restriction") return restrictionLine(change, plan, found);
  const { proposal } = plan;
  const sides = {
    groupNames: { ...proposal.groupNames, ...found.groupNames },
    groupFacts: { ...proposal.groupFacts, ...found.groupFacts },
    before: parsePolicy(from),
    after: parsePolicy(found.policy),
  };
  const { setting, now, after } = policyChangeWords(change, sides, MARKDOWN);
  return `${setting}: ${now} → ${after}`;
}

function restrictionLine(
  change: Extract<PolicyChange, { setting: "restriction" }>,
  { proposal }: Plan,
  found: FoundPolicy,
): string {
  const names = { ...proposal.modelNames, ...found.modelNames };
  const named = (models: readonly string[]) =>
    listed(
      models.map((aaguid) => modelWords(aaguid, names)),
      MODELS_NAMED,
    );
  const words = `${inProfile("Which models", change.profile, MARKDOWN)}: ${restrictionWords(change.before)} → ${restrictionWords(change.after)}`;
  return [
    words,
    ...(change.added.length > 0 ? [`added ${named(change.added)}`] : []),
    ...(change.removed.length > 0 ? [`removed ${named(change.removed)}`] : []),
  ].join("; ");
}

function writerWords(plan: Plan, { writers }: FoundPolicy): string {
  const { named, unread } = readWrites(writers);
  const others = named.map(({ name, at }) => `${plain(name)} at ${moment(at, plan.createdAt)}`);
  const words =
    others.length === 0
      ? "Entra's audit log names nobody else who wrote the policy since this plan was made; it lags by minutes."
      : `⚠ By Entra's audit log the policy was also written by ${listed(others, WRITERS_NAMED)}.`;
  return unread === undefined ? words : `${words} ⚠ ${unread}`;
}
