import { whyNoAccess, whyNotApprover } from "../access/standing.js";
import { Fault } from "../errors.js";
import type { PersonId } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { findScan } from "./find-scan.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** What an administrator sees to before people get passkeys. */
export interface SetUp {
  readonly passkeys: "on" | "off" | "unknown";
  readonly hasScan: boolean;
  readonly hasApprovalRoom: boolean;
  readonly hasEmergencyAccounts: boolean;
}

/** Who is greeted. */
export type Welcome =
  | { readonly role: "employee" | "guest" }
  /** It could not be looked up. */
  | { readonly role: "unknown" }
  | { readonly role: "asker" | "approver"; readonly setUp: SetUp; readonly approvalsRequired: number };

type WelcomePorts = Pick<Ports, "directory" | "tenant" | "scans" | "conversations" | "log">;

/** What a person is told who just got the bot. Never throws for what cannot be read: a greeting waits for nothing. */
export async function readWelcome(ports: WelcomePorts, rules: Rules, person: PersonId): Promise<Welcome> {
  try {
    if ((await whyNoAccess(ports, rules, person)) !== undefined) {
      return { role: (await ports.directory.isMember(person)) ? "employee" : "guest" };
    }
    const mayApprove = (await whyNotApprover(ports, rules, person)) === undefined;
    return {
      role: mayApprove ? "approver" : "asker",
      setUp: await readSetUp(ports, rules),
      approvalsRequired: rules.approvalsRequired,
    };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("welcome-without-role", { code: error.code });
    return { role: "unknown" };
  }
}

async function readSetUp(ports: WelcomePorts, rules: Rules): Promise<SetUp> {
  const state = (await readPolicyIfPossible(ports))?.state;
  return {
    passkeys: state === undefined ? "unknown" : state === "enabled" ? "on" : "off",
    hasScan: (await findScan(ports, rules)) !== undefined,
    hasApprovalRoom: (await ports.conversations.approvalRooms(rules.tenantId)).length > 0,
    hasEmergencyAccounts: rules.emergencyAccounts.length > 0,
  };
}
