import type { FoundPolicy, Plan } from "../plan/plan.js";
import { ALL_USERS } from "../policy/policy.js";
import type { Evidence } from "./evidence.js";
import { type Html, html } from "./evidence-html.js";

/** Object ids and AAGUIDs to the names by which people know them. */
export type Names = ReadonlyMap<string, string>;

/** Every name that the plan and its records give for an id. */
export function namesIn({ plan, records }: Pick<Evidence, "plan" | "records">): Names {
  const { modelNames, groupNames, impact } = plan.proposal;
  const beside = foundIn(plan);
  const besides = beside?.losing?.kind === "by-scan" ? beside.losing.losing : [];
  const people = [
    ...impact.losing,
    ...impact.keepingAnother,
    ...besides,
    ...approversOf(plan),
    plan.requester,
  ];
  const recorded = records.flatMap(({ by }) => (by === undefined ? [] : [by]));
  return new Map([
    ...Object.entries(modelNames),
    ...Object.entries(groupNames),
    ...Object.entries({ ...beside?.modelNames, ...beside?.groupNames }),
    ...[...people, ...recorded].map(({ id, name }) => [id, name] as const),
    [ALL_USERS, "all users"],
  ]);
}

/** The policy that was read back and was not as planned, where there is one. */
function foundIn({ state }: Plan): FoundPolicy | undefined {
  if (state.kind === "applied") return state.beside;
  return state.kind === "unknown" && state.seen === "something-else" ? state.found : undefined;
}

const approversOf = (plan: Plan) => plan.approvals.map(({ by }) => by);

/** The name with the id beside it; the id alone where no name is known. */
export function named(id: string, names: Names): Html {
  const name = names.get(id);
  if (name === undefined) return html`<code>${id}</code>`;
  return id === ALL_USERS ? html`${name}` : html`${name} <code>${id}</code>`;
}

/** A moment as an auditor compares it: in UTC, to the second. */
export function instant(at: string): string {
  return Number.isNaN(Date.parse(at)) ? at : `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}
