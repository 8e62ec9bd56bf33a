import { Fault } from "../errors.js";
import { personId } from "../person.js";
import type { AppToken } from "../ports/probes.js";
import type { Ports } from "../ports.js";
import { attention, type Finding, missing, notChecked, notNeeded, works } from "./finding.js";
import { appPage, type SetUp } from "./set-up.js";

type Reads = Pick<Ports, "tenant" | "directory" | "passkeys" | "clock">;
type Verdict =
  | { readonly kind: "allowed" }
  | { readonly kind: "denied" }
  /** Graph said neither. */
  | { readonly kind: "untold"; readonly why: string; readonly fault?: Fault };

/** A permission, what it is for, and a read that Graph answers with it alone. */
interface Needed {
  readonly name: string;
  readonly without: string;
  readonly tryIt: (reads: Reads) => Promise<Verdict>;
}

const ALLOWED: Verdict = { kind: "allowed" };
const ROLES_BY = [
  "RoleManagement.Read.Directory",
  "RoleManagement.Read.All",
  "RoleManagement.ReadWrite.Directory",
  "Directory.Read.All",
  "Directory.ReadWrite.All",
];

/** The six of docs/permissions.md. */
const NEEDED: readonly Needed[] = [
  {
    name: "Policy.Read.AuthenticationMethod",
    without: "nothing can be shown, proposed or applied",
    tryIt: ({ tenant }) => attempt(() => tenant.readPolicy()),
  },
  {
    name: "UserAuthMethod-Passkey.Read.All",
    without: "no one's passkeys can be read, and no plan that narrows can be approved",
    tryIt: onePersonsPasskeys,
  },
  {
    name: "AuditLog.Read.All",
    without: "the registration report and other writers of the policy cannot be read",
    tryIt: ({ tenant, clock }) => attempt(() => tenant.policyWritersSince(clock.now().toISOString())),
  },
  {
    name: "User.Read.All",
    without: "no one is let in, and accounts cannot be listed",
    tryIt: ({ passkeys }) => attempt(() => passkeys.countAccounts()),
  },
  {
    name: "GroupMember.Read.All",
    without: "nothing that names a group can be planned",
    tryIt: ({ directory }) => attempt(() => directory.groupsNamed("Latchkey")),
  },
];
const ROLES: Pick<Needed, "name" | "without"> = {
  name: "RoleManagement.Read.Directory",
  without: "no one is let in by role",
};
/** May be granted, for groups whose membership is hidden. */
const OPTIONAL = "Member.Read.Hidden";

const GRAPH = { id: "graph", title: "Microsoft Graph answers" };
const BEYOND = { id: "permissions-beyond", title: "Permissions beyond those" };
const LICENCE = { id: "licence", title: "How passkeys are found" };

/** What Graph lets the app read, tried with the reads themselves: Graph is the judge, not a list. */
export async function checkPermissions(
  reads: Reads,
  setUp: SetUp,
  token: AppToken,
): Promise<readonly Finding[]> {
  const verdicts = await Promise.all(
    NEEDED.map(async (each) => ({ each, verdict: await each.tryIt(reads) })),
  );
  const faults = verdicts.flatMap(({ verdict }) => ("fault" in verdict ? (verdict.fault ?? []) : []));
  const isAway = faults.length === verdicts.length;
  const licence = isAway ? notChecked(LICENCE, "Graph has to answer for this.") : await checkLicence(reads);
  return [
    graphFinding(faults, isAway, setUp),
    ...verdicts.map(({ each, verdict }) => permissionFinding(each, verdict, token, setUp)),
    rolesFinding(token, setUp),
    beyond(token, setUp),
    licence,
  ];
}

/** The same where the app could not sign in. */
export function permissionsNotChecked(why: string): readonly Finding[] {
  return [
    notChecked(GRAPH, why),
    ...[...NEEDED, ROLES].map((each) => notChecked(subjectOf(each.name), why)),
    notChecked(BEYOND, why),
    notChecked(LICENCE, why),
  ];
}

const subjectOf = (name: string) => ({ id: `permission:${name}`, title: `Permission ${name}` });

async function attempt(read: () => Promise<unknown>): Promise<Verdict> {
  try {
    await read();
    return ALLOWED;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // The licence is asked for behind the permission.
    if (error.code === "graph-no-licence") return ALLOWED;
    return error.code === "graph-denied"
      ? { kind: "denied" }
      : { kind: "untold", why: error.message, fault: error };
  }
}

/** Asked about where no account can be listed: whether the app may ask is told before whether there is one. */
const NO_ONE = { id: personId("00000000-0000-4000-8000-000000000000"), name: "", isAdmin: false };

async function onePersonsPasskeys({ passkeys }: Reads): Promise<Verdict> {
  const { answers, later } = await passkeys.passkeysOf([await anAccount(passkeys)]);
  const [answer] = answers;
  if (answer?.kind === "failed" && /\b403\b/.test(answer.why)) return { kind: "denied" };
  if (answer !== undefined && answer.kind !== "failed") return ALLOWED;
  const why = answer?.kind === "failed" ? answer.why : (later[0]?.why ?? "no answer");
  return { kind: "untold", why, fault: new Fault("graph-unavailable", why) };
}

async function anAccount(passkeys: Reads["passkeys"]) {
  try {
    return (await passkeys.enabledAccounts()).people[0] ?? NO_ONE;
  } catch (error) {
    if (error instanceof Fault) return NO_ONE;
    throw error;
  }
}

function permissionFinding(
  { name, without }: Needed,
  verdict: Verdict,
  { permissions }: AppToken,
  setUp: SetUp,
): Finding {
  const subject = subjectOf(name);
  switch (verdict.kind) {
    case "allowed":
      return permissions === undefined || permissions.includes(name)
        ? works(subject, "Graph allows what it is for.")
        : works(subject, "Not granted, and not missed: a broader permission allows what it is for.");
    case "denied":
      return missing(subject, `Graph says no: ${without}.`, grant(name, setUp));
    case "untold":
      return notChecked(subject, `Graph did not say: ${verdict.why}`);
  }
}

function grant(name: string, setUp: SetUp) {
  return {
    mend: `Add the application permission ${name} to the app and grant admin consent: npm run entra-app, or az ad app permission admin-consent --id ${setUp.clientId}. A grant is in force within minutes.`,
    link: appPage(setUp, "CallAnAPI"),
  };
}

/** Without it Graph answers all the same and leaves out what a role is called: only the token tells. */
function rolesFinding({ permissions }: AppToken, setUp: SetUp): Finding {
  const subject = subjectOf(ROLES.name);
  if (permissions === undefined)
    return notChecked(subject, "The token cannot be read, and Graph says it by leaving names out.");
  if (permissions.includes(ROLES.name)) return works(subject, "It is granted.");
  if (ROLES_BY.some((one) => permissions.includes(one)))
    return works(subject, "Not granted, and not missed: a broader permission allows what it is for.");
  const { access, approvers } = setUp.rules;
  return access !== undefined && approvers !== undefined
    ? notNeeded(subject, "Not granted, and not needed while ACCESS and APPROVERS are lists.")
    : missing(subject, `It is not granted: ${ROLES.without}.`, grant(ROLES.name, setUp));
}

function beyond({ permissions }: AppToken, setUp: SetUp): Finding {
  if (permissions === undefined) return notChecked(BEYOND, "The token cannot be read.");
  const known = [...NEEDED.map(({ name }) => name), ROLES.name, OPTIONAL];
  const more = permissions.filter((one) => !known.includes(one)).sort();
  if (more.length === 0)
    return works(BEYOND, "There are none: the app may read what it needs, and write nothing.");
  const mend = `Take back what no other program uses through this app: ${more.join(", ")}.`;
  const link = appPage(setUp, "CallAnAPI");
  const writing = more.filter((one) => /write|manage|full|create|invite|send/i.test(one));
  return writing.length > 0
    ? attention(
        BEYOND,
        `The app may change things by itself, which Latchkey never does: ${writing.join(", ")}.`,
        { mend, link },
      )
    : { ...notNeeded(BEYOND, `Granted and not needed: ${more.join(", ")}.`), mend, link };
}

function graphFinding(faults: readonly Fault[], isAway: boolean, setUp: SetUp): Finding {
  const [fault] = faults;
  if (fault === undefined) return works(GRAPH, `${setUp.graphUrl} answers.`);
  if (fault.code === "graph-unauthorized")
    return missing(GRAPH, `${setUp.graphUrl} does not accept the app's token (401).`, {
      mend: `Mend GRAPH_URL or CLOUD (now ${setUp.cloud}): the token is for another cloud's Graph.`,
    });
  if (!isAway || fault.code === "graph-throttled" || fault.status !== undefined)
    return attention(GRAPH, `It did not answer every question: ${fault.message}`, {
      mend: "Wait a few minutes and look again; while another program keeps Graph busy, scans are slow.",
    });
  return missing(GRAPH, `${setUp.graphUrl} does not answer: ${fault.message}`, {
    mend: "Let this machine reach it on port 443, through the proxy where there is one; docs/operations.md lists every address.",
  });
}

async function checkLicence({ passkeys }: Reads): Promise<Finding> {
  try {
    await passkeys.reportedKeyholders({});
    return works(LICENCE, "By Entra's registration report, which comes with Entra ID P1 or P2.");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === "graph-no-licence")
      return works(
        LICENCE,
        "By asking about every account: the tenant has no Entra ID P1 or P2 for the registration report. Scans take longer, and nothing is missed.",
      );
    return notChecked(LICENCE, "The registration report could not be read, for the reason above.");
  }
}
