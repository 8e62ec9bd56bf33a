import { isJsonObject, type Json } from "../json.js";
import type { Rules } from "../ports.js";

/** A list of ids, or null: by directory role. */
type ApproverList = readonly string[] | null;

/** What decides over a plan, as a process tells the others and as a plan keeps it. Plain JSON. */
export interface DecidingRules {
  readonly approvalsRequired: number;
  readonly allowSelfApproval: boolean;
  /** A person has to satisfy each of them. */
  readonly approvers: readonly ApproverList[];
  readonly emergencyAccounts: readonly string[];
  /** Of an approver's sign-in, all of them; left out: nothing, and so it is by versions that knew no such demand. */
  readonly signInDemands?: readonly string[];
}

/** What decides of the rules a process was started with. */
export function decidingRules(
  rules: Pick<
    Rules,
    | "approvalsRequired"
    | "allowSelfApproval"
    | "approvers"
    | "furtherApprovers"
    | "emergencyAccounts"
    | "signInDemands"
  >,
): DecidingRules {
  const { approvalsRequired, allowSelfApproval, approvers, furtherApprovers = [], emergencyAccounts } = rules;
  const lists = [approvers ?? null, ...furtherApprovers.map((list) => list ?? null)];
  const demands = demandsOf([rules]);
  return {
    ...{ approvalsRequired, allowSelfApproval, approvers: distinct(lists), emergencyAccounts },
    ...(demands.length === 0 ? {} : { signInDemands: demands }),
  };
}

/** The same rules, made as strict as all of the others: each of them holds. */
export function asStrictAs(rules: Rules, others: readonly DecidingRules[]): Rules {
  const all = [decidingRules(rules), ...others];
  // A person has to satisfy each list, so it does not matter which of them is called the first.
  const [first, ...further] = distinct(all.flatMap(({ approvers }) => approvers));
  return {
    ...rules,
    approvalsRequired: Math.max(...all.map((each) => each.approvalsRequired)),
    allowSelfApproval: all.every((each) => each.allowSelfApproval),
    approvers: first ?? undefined,
    furtherApprovers: further.map((list) => list ?? undefined),
    emergencyAccounts: [...new Set(all.flatMap((each) => each.emergencyAccounts))],
    signInDemands: demandsOf(all),
  };
}

/** All that any of them asks for. */
function demandsOf(all: readonly Pick<DecidingRules, "signInDemands">[]): readonly string[] {
  return [...new Set(all.flatMap(({ signInDemands }) => signInDemands ?? []))].sort();
}

/** In which settings processes differ, by the names of the variables. */
export function differences(all: readonly DecidingRules[]): readonly string[] {
  const differ = (of: (rules: DecidingRules) => Json) =>
    new Set(all.map((rules) => text(of(rules)))).size > 1;
  return [
    ...(differ((rules) => rules.approvalsRequired) ? ["APPROVALS_REQUIRED"] : []),
    ...(differ((rules) => rules.allowSelfApproval) ? ["ALLOW_SELF_APPROVAL"] : []),
    ...(differ((rules) => distinct(rules.approvers).map((list) => list && [...list].sort()))
      ? ["APPROVERS"]
      : []),
    ...(differ((rules) => [...rules.emergencyAccounts].sort()) ? ["EMERGENCY_ACCOUNTS"] : []),
    ...(differ((rules) => demandsOf([rules])) ? ["REQUIRE_AUTH_CONTEXT or REQUIRE_STRENGTH"] : []),
  ];
}

/** What another process told; undefined when it told nothing that can be read. */
export function readDecidingRules(told: Json): DecidingRules | undefined {
  if (!isJsonObject(told)) return undefined;
  const { approvalsRequired, allowSelfApproval, approvers, emergencyAccounts, signInDemands } = told;
  if (typeof approvalsRequired !== "number" || !Number.isInteger(approvalsRequired)) return undefined;
  if (typeof allowSelfApproval !== "boolean" || !Array.isArray(approvers)) return undefined;
  if (approvers.length === 0 || !approvers.every((list) => list === null || isTexts(list))) return undefined;
  if (!isTexts(emergencyAccounts)) return undefined;
  if (signInDemands !== undefined && !isTexts(signInDemands)) return undefined;
  return {
    approvalsRequired,
    allowSelfApproval,
    approvers: approvers as readonly ApproverList[],
    emergencyAccounts,
    ...(signInDemands === undefined ? {} : { signInDemands }),
  };
}

const isTexts = (value: Json | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

/** Lists that name the same are one. In an order that does not depend on which process asks. */
function distinct(lists: readonly ApproverList[]): readonly ApproverList[] {
  const byContent = new Map(lists.map((list) => [text(list && [...list].sort()), list]));
  return [...byContent].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, list]) => list);
}

const text = (value: Json): string => JSON.stringify(value);
