import type { Difference } from "../impact/difference.js";
import type { Impact } from "../impact/impact.js";
import type { Person } from "../person.js";
import type { Plan } from "../plan/plan.js";
import type { PolicyChange } from "../policy/change.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { IncludeTarget } from "../policy/policy.js";
import type { Subject } from "./subject.js";

/** What a person had to do with a plan or a drift. */
export type PartTaken = "asked" | "approved" | "decided" | "loses" | "loses-one";

type Thing = Exclude<Subject, { kind: "person" }>;

/** Whether a difference of the policy is about that. A person is in none: see {@link partOf}. */
export function isAbout(
  difference: Pick<Difference, "before" | "after" | "changes">,
  subject: Thing,
): boolean {
  if (difference.changes.some((change) => concerns(change, subject))) return true;
  return subject.kind === "group" && isSwitched(difference, subject.group.id);
}

/** Whether passkeys were turned on or off for a group that the policy names. */
function isSwitched({ before, after, changes }: Parameters<typeof isAbout>[0], id: string): boolean {
  if (changes.every(({ setting }) => setting !== "state")) return false;
  return [before, after].some((raw) => parsePolicy(raw).include.some((target) => target.id === id));
}

/** Whether one change of the policy is about that. */
function concerns(change: PolicyChange, subject: Thing): boolean {
  switch (subject.kind) {
    case "group":
      return concernsGroup(change, subject.group.id);
    case "model": {
      if (change.setting !== "restriction") return false;
      const touched = new Set([...change.added, ...change.removed]);
      return subject.models.some(({ aaguid }) => touched.has(aaguid));
    }
    case "profile":
      return concernsProfile(change, subject.id);
  }
}

function concernsGroup(change: PolicyChange, id: string): boolean {
  if (change.setting === "exclude") return change.before.includes(id) !== change.after.includes(id);
  if (change.setting !== "include") return false;
  const [before, after] = [change.before, change.after].map((targets) => profilesOf(targets, id));
  return before !== after;
}

/** Of a group the profiles it has, as text; undefined: it is no target. */
function profilesOf(targets: readonly IncludeTarget[], id: string): string | undefined {
  return targets
    .find((target) => target.id === id)
    ?.profiles.toSorted()
    .join();
}

function concernsProfile(change: PolicyChange, id: string): boolean {
  if (change.setting === "include") {
    const having = (targets: readonly IncludeTarget[]) =>
      targets
        .filter(({ profiles }) => profiles.includes(id))
        .map((target) => target.id)
        .toSorted()
        .join();
    return having(change.before) !== having(change.after);
  }
  return "profile" in change && change.profile?.id === id;
}

/** What a person had to do with a plan; nothing: they are not in it. */
export function partOf({ id }: Person, plan: Plan): readonly PartTaken[] {
  const { requester, approvals, state, proposal } = plan;
  const isApprover = approvals.some(({ by }) => by.id === id);
  const decided = "by" in state && state.by?.id === id && !isApprover;
  return [
    ...(requester.id === id ? (["asked"] as const) : []),
    ...(isApprover ? (["approved"] as const) : []),
    ...(decided ? (["decided"] as const) : []),
    ...lossOf(id, proposal.impact),
  ];
}

function lossOf(id: string, { losing, keepingAnother }: Impact): readonly PartTaken[] {
  if (losing.some((person) => person.id === id)) return ["loses"];
  return keepingAnother.some((person) => person.id === id) ? ["loses-one"] : [];
}
