import { isJsonObject, type JsonObject } from "../json.js";

/** Published checks of the passkey policy: of the EIDSCA (as Maester and others run it), and of Microsoft's Zero Trust Assessment. */
export const POSTURE_CHECKS = [
  "AF01",
  "AF02",
  "AF03",
  "AF04",
  "AF05",
  "AF06",
  "21838",
  "21839",
  "21840",
] as const;
export type PostureCheck = (typeof POSTURE_CHECKS)[number];

/** `skipped`: the check says nothing of a policy in which what it looks at has no effect. */
type Verdict = "passes" | "fails" | "skipped";

/** Checks whose verdict a change turns. */
export interface PostureFlips {
  readonly willPass: readonly PostureCheck[];
  readonly willFail: readonly PostureCheck[];
}

/** Which checks pass after a change and did not before, and which fail. They read the policy's top level only. */
export function postureFlips(before: JsonObject, after: JsonObject): PostureFlips {
  const [old, fresh] = [verdicts(before), verdicts(after)];
  const turned = (to: Verdict) => POSTURE_CHECKS.filter((check) => fresh[check] === to && old[check] !== to);
  return { willPass: turned("passes"), willFail: turned("fails") };
}

function verdicts(policy: JsonObject): Readonly<Record<PostureCheck, Verdict>> {
  const list = isJsonObject(policy.keyRestrictions) ? policy.keyRestrictions : {};
  const isOn = policy.state === "enabled";
  const isRestricted = isOn && list.isEnforced === true;
  const isAttested = policy.isAttestationEnforced === true;
  const hasList = Array.isArray(list.aaGuids);
  const isForPeople = Array.isArray(policy.includeTargets) && policy.includeTargets.length > 0;
  const isListKind = list.enforcementType === "allow" || list.enforcementType === "block";
  return {
    AF01: verdict(isOn),
    AF02: verdict(policy.isSelfServiceRegistrationAllowed === true, isOn),
    AF03: verdict(isAttested, isOn),
    AF04: verdict(list.isEnforced === true, isOn),
    AF05: verdict(hasList, isRestricted),
    AF06: verdict(hasList && isListKind, isRestricted),
    "21838": verdict(isOn),
    "21839": verdict(isOn && isForPeople),
    "21840": verdict(isAttested),
  };
}

function verdict(passes: boolean, isLookedAt = true): Verdict {
  if (!isLookedAt) return "skipped";
  return passes ? "passes" : "fails";
}
