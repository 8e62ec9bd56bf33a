import type { Command, CommandName } from "../../../core/command/command.js";

/** What an answer always reads of the tenant: the policy, and with it what is named here. */
export interface Needs {
  /** Of the groups of the policy: who is in them, or how many. */
  readonly groups?: "members" | "sizes";
  readonly emergencyAccounts?: true;
  readonly strengths?: true;
  /** A plan comes of it, whose card is shown to approvers. */
  readonly plan?: true;
}

const WIDENS: Needs = { groups: "members", strengths: true, plan: true };
/** It is likely to take a passkey from people, so it is asked who is protected from that. */
const NARROWS: Needs = { ...WIDENS, emergencyAccounts: true };
const SHOWS_POLICY: Needs = { groups: "sizes", emergencyAccounts: true };
const COUNTS_PEOPLE: Needs = { groups: "members" };
const POLICY_ALONE: Needs = {};

const NEEDS: { readonly [Name in CommandName]?: Needs } = {
  enable: WIDENS,
  allow: WIDENS,
  "add-group": WIDENS,
  "include-group": WIDENS,
  "allow-keys-in-use": WIDENS,
  "create-profile": WIDENS,
  "rename-profile": WIDENS,
  "admit-kind": WIDENS,
  "use-profiles": WIDENS,
  promote: WIDENS,
  "next-stage": WIDENS,
  disable: NARROWS,
  remove: NARROWS,
  "remove-group": NARROWS,
  "exclude-group": NARROWS,
  "delete-profile": NARROWS,
  "refuse-kind": NARROWS,
  undo: NARROWS,
  "put-back": NARROWS,
  "show-policy": SHOWS_POLICY,
  profiles: SHOWS_POLICY,
  "about-profiles": SHOWS_POLICY,
  "compare-profiles": SHOWS_POLICY,
  status: COUNTS_PEOPLE,
  stages: COUNTS_PEOPLE,
  adoption: COUNTS_PEOPLE,
  "without-passkey": COUNTS_PEOPLE,
  models: POLICY_ALONE,
  "keys-in-use": POLICY_ALONE,
  "is-allowed": POLICY_ALONE,
  "what-is": POLICY_ALONE,
  explain: POLICY_ALONE,
};

/** undefined: it reads no policy, or not always. */
export function needsOf(command: Command | undefined): Needs | undefined {
  if (command === undefined) return undefined;
  if (command.kind !== "what-if") return NEEDS[command.kind];
  // The same is worked out, and no plan comes of it.
  const { plan: _, ...needs } = NEEDS[command.change.kind] ?? {};
  return needs;
}
