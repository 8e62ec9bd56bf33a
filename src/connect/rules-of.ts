import type { Config } from "../config.js";
import { tenantId } from "../core/person.js";
import type { Rules } from "../core/ports.js";

/** The rules by which this process decides, as they are configured. */
export function rulesOf(config: Config): Rules {
  return {
    tenantId: tenantId(config.tenantId),
    access: config.access,
    approvers: config.approvers,
    approvalsRequired: config.approvalsRequired,
    allowSelfApproval: config.allowSelfApproval,
    planTtlMinutes: config.planTtlMinutes,
    scanMaxAgeHours: config.scanMaxAgeHours,
    scanFullDays: config.scanFullDays,
    emergencyAccounts: config.emergencyAccounts,
    signInDemands: config.signInDemands,
  };
}
