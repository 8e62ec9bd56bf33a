import type { PostureCheck, PostureFlips } from "../../impact/posture.js";
import { listed } from "../amounts.js";

/** What each check wants to be so. */
const WANTS: Readonly<Record<PostureCheck, string>> = {
  AF01: "passkeys on",
  AF02: "self-service on",
  AF03: "attestation enforced",
  AF04: "models restricted",
  AF05: "models listed",
  AF06: "an allow or block list",
  "21838": "passkeys on",
  "21839": "passkeys for people",
  "21840": "attestation enforced",
};
const ALL_OF_THEM = 9;

/** "Published checks with a new result: EIDSCA AF01 (passkeys on) will pass." undefined: none does. */
export function postureWords({ willPass, willFail }: PostureFlips): string | undefined {
  const parts = [
    ...(willPass.length === 0 ? [] : [`${named(willPass)} will pass`]),
    ...(willFail.length === 0 ? [] : [`${named(willFail)} will fail`]),
  ];
  return parts.length === 0 ? undefined : `Published checks with a new result: ${parts.join("; ")}.`;
}

/** By family: "EIDSCA AF01 (passkeys on) and AF02 (self-service on), Zero Trust Assessment 21838 (passkeys on)". */
function named(checks: readonly PostureCheck[]): string {
  const eidsca = checks.filter((check) => check.startsWith("AF"));
  const assessed = checks.filter((check) => !check.startsWith("AF"));
  return [ofFamily("EIDSCA", eidsca), ofFamily("Zero Trust Assessment", assessed)]
    .filter((words) => words !== "")
    .join(", ");
}

function ofFamily(family: string, checks: readonly PostureCheck[]): string {
  if (checks.length === 0) return "";
  return `${family} ${listed(
    checks.map((check) => `${check} (${WANTS[check]})`),
    ALL_OF_THEM,
  )}`;
}
