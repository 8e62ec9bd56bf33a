import type { DeviceSignInFailed, DeviceSignInProblem } from "../graph/device-code-sign-in.js";

const WORDS: Readonly<Record<DeviceSignInProblem, string>> = {
  expired: "the code was not entered in time. Run it again",
  declined: "the sign-in was declined. Run it again, and agree to the permissions",
  "slow-down": "Entra wants to be asked less often. Run it again in a minute",
  "not-a-public-client":
    'the app registration does not allow this sort of sign-in. Turn on "Allow public client flows" under its Authentication, or leave out --client-id',
  "unknown-app": "the app is not known in this tenant. Check --client-id, or leave it out",
  "unknown-tenant": "there is no such tenant in this cloud. Check TENANT_ID and CLOUD",
  "consent-missing":
    "a permission has no consent. An administrator who may consent has to sign in once, or grant it: docs/lab.md has the list",
  "conditional-access":
    "Conditional Access does not let this sign-in through; many tenants block device codes. Exclude the account for the time of the run",
  unavailable: "Entra cannot be reached. Check the network and the proxy, and run it again",
  unrecognised: "Entra refused the sign-in. Look the code up, or run it again",
};

/** Why nothing can be asked, and what to do about it. */
export function signInWords({ problem, entraCode }: DeviceSignInFailed): string {
  const code = entraCode === undefined ? "" : ` (${entraCode})`;
  return `You are not signed in${code}: ${WORDS[problem]}.`;
}
