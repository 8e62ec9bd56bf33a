import type { Asker, Probes } from "../ports/probes.js";
import type { Ports } from "../ports.js";
import { checkKeeping } from "./check-keeping.js";
import { checkPeople, peopleNotChecked } from "./check-people.js";
import { checkPermissions, permissionsNotChecked } from "./check-permissions.js";
import { checkSignIn } from "./check-sign-in.js";
import { checkTeams } from "./check-teams.js";
import { checkExpiry } from "./credential-expiry.js";
import type { Finding } from "./finding.js";
import type { SetUp } from "./set-up.js";

export type CheckPorts = Pick<Ports, "tenant" | "directory" | "passkeys" | "clock">;

const NEEDS_SIGN_IN = "The app has to sign in for this.";

/**
 * Everything that a working installation takes, each with how it stands and what mends it. What rests on something that
 * is missing is not blamed but left unchecked. Writes nothing.
 * @param find who asks, looked up once the app is signed in; undefined: not said
 */
export async function examine(
  ports: CheckPorts,
  probes: Probes,
  setUp: SetUp,
  find: () => Promise<Asker | undefined>,
): Promise<readonly Finding[]> {
  const now = () => ports.clock.now();
  const signIn = await checkSignIn(probes, setUp, now);
  const { token } = signIn;
  const [teams, keeping, permissions] = await Promise.all([
    checkTeams(probes, setUp, token !== undefined),
    checkKeeping(probes, setUp, now()),
    token === undefined ? permissionsNotChecked(NEEDS_SIGN_IN) : checkPermissions(ports, setUp, token),
  ]);
  const people =
    token === undefined
      ? peopleNotChecked(NEEDS_SIGN_IN)
      : await checkPeopleFound(ports, setUp, find, permissions);
  return [...signIn.findings, checkExpiry(setUp, now()), ...permissions, ...teams, ...people, ...keeping];
}

/** People cannot be looked up without the permissions for it: those are what is missing then. */
async function checkPeopleFound(
  ports: CheckPorts,
  setUp: SetUp,
  find: () => Promise<Asker | undefined>,
  permissions: readonly Finding[],
): Promise<readonly Finding[]> {
  const wanted = [
    "graph",
    "permission:User.Read.All",
    "permission:GroupMember.Read.All",
    "permission:RoleManagement.Read.Directory",
  ];
  const lacking = permissions.find(({ id, state }) => wanted.includes(id) && state === "missing");
  if (lacking !== undefined)
    return peopleNotChecked(`It cannot be looked up without this: ${lacking.title}.`);
  const unsure = permissions.find(
    ({ id, state }) => wanted.includes(id) && state === "not-checked" && id !== wanted[3],
  );
  if (unsure !== undefined) return peopleNotChecked(`It could not be looked up: ${unsure.title}.`);
  return checkPeople(ports, setUp, await find());
}

/** What stands in the way, and what should be looked at; for the last line of an answer, and the exit code. */
export function countFindings(findings: readonly Finding[]) {
  const count = (state: Finding["state"]) => findings.filter((finding) => finding.state === state).length;
  return { missing: count("missing"), attention: count("attention") };
}
