import { findEmergencyPeople } from "../access/emergency-people.js";
import { whyNoAccess, whyNotApprover } from "../access/standing.js";
import { Fault } from "../errors.js";
import { groupId, personId } from "../person.js";
import type { Asker } from "../ports/probes.js";
import type { Ports } from "../ports.js";
import { people as amountOf, counted, listed } from "../words/amounts.js";
import { emergencyProblemWords } from "../words/emergency-words.js";
import { attention, type Finding, missing, notChecked, works } from "./finding.js";
import type { SetUp } from "./set-up.js";

type Lookup = Pick<Ports, "directory">;

const EMERGENCY = { id: "emergency-accounts", title: "Emergency accounts (EMERGENCY_ACCOUNTS)" };
const ASKER = { id: "asker", title: "You" };
const NAMED_AT_MOST = 3;

/** Who may do what: the lists that are configured, and the person who asks. @param asker undefined: not said */
export async function checkPeople(
  ports: Lookup,
  setUp: SetUp,
  asker: Asker | undefined,
): Promise<readonly Finding[]> {
  const { access, approvers, approvalsRequired } = setUp.rules;
  return Promise.all([
    known(list("access", "Who may talk to the bot (ACCESS)"), () =>
      checkList(ports, "ACCESS", access, "access", 1),
    ),
    known(list("approvers", "Who may approve (APPROVERS)"), () =>
      checkList(ports, "APPROVERS", approvers, "approvers", approvalsRequired),
    ),
    known(EMERGENCY, () => checkEmergency(ports, setUp)),
    known(ASKER, () => checkAsker(ports, setUp, asker)),
  ]);
}

/** The same where the app could not sign in. */
export function peopleNotChecked(why: string): readonly Finding[] {
  const lists = [
    list("access", "Who may talk to the bot (ACCESS)"),
    list("approvers", "Who may approve (APPROVERS)"),
  ];
  return [...lists, EMERGENCY, ASKER].map((subject) => notChecked(subject, why));
}

const list = (id: string, title: string) => ({ id, title });

async function known(subject: { id: string; title: string }, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Fault) return notChecked(subject, `Graph did not say: ${error.message}`);
    throw error;
  }
}

async function checkList(
  { directory }: Lookup,
  variable: "ACCESS" | "APPROVERS",
  ids: readonly string[] | undefined,
  id: string,
  least: number,
): Promise<Finding> {
  const what = variable === "ACCESS" ? "Who may talk to the bot" : "Who may approve";
  const subject = list(id, `${what} (${variable})`);
  if (ids === undefined) return works(subject, "By Entra role, active at the moment of asking.");
  if (ids.length === 0)
    return missing(subject, `${variable} is set to nothing, so no one may.`, {
      mend: `Name object ids of users or groups in ${variable}, or leave it out for the roles.`,
    });
  const users = await directory.people(ids.map(personId));
  const looked = await Promise.all(
    ids.map(async (one) => ({
      one,
      people: users.has(personId(one)) ? new Set([one]) : await peopleIn({ directory }, one),
    })),
  );
  const unknown = looked.filter(({ people }) => people === undefined).map(({ one }) => one);
  if (unknown.length > 0)
    return missing(subject, `${listed(unknown, NAMED_AT_MOST)}: neither a user nor a group of this tenant.`, {
      mend: `Mend ${variable}: it takes object ids (az ad user show --id <sign-in name> --query id; az ad group show --group <name> --query id).`,
    });
  const people = new Set(looked.flatMap((each) => [...(each.people ?? [])]));
  if (people.size < least)
    return missing(subject, `${amountOf(people.size)}, and a plan needs ${least} approvals.`, {
      mend: `Name more people in ${variable}, or lower APPROVALS_REQUIRED.`,
    });
  return works(subject, `${amountOf(people.size)}.`);
}

/** The ids of everybody in the group; undefined: there is no such group. */
async function peopleIn({ directory }: Lookup, id: string): Promise<ReadonlySet<string> | undefined> {
  if ((await directory.group(groupId(id))) === undefined) return undefined;
  return directory.membersOf(groupId(id));
}

async function checkEmergency(ports: Lookup, { rules }: SetUp): Promise<Finding> {
  if (rules.emergencyAccounts.length === 0)
    return attention(EMERGENCY, "None are named: no plan is refused because it would lock the last way in.", {
      mend: "Name the object ids of your emergency accounts in EMERGENCY_ACCOUNTS.",
    });
  const { people, problems } = await findEmergencyPeople(ports, rules);
  if (problems.length === 0)
    return works(EMERGENCY, `${counted(people.length, "account")}, and no plan may cut them off.`);
  const wrong = problems.map((problem) => emergencyProblemWords(problem, (id) => id));
  return missing(EMERGENCY, `${listed(wrong, NAMED_AT_MOST)}. Plans that could take a passkey are refused.`, {
    mend: "Mend EMERGENCY_ACCOUNTS: it takes object ids of users, or of groups with up to 100 people.",
  });
}

async function checkAsker(
  ports: Lookup,
  { rules, adminCenterUrl }: SetUp,
  asker: Asker | undefined,
): Promise<Finding> {
  if (asker === undefined)
    return notChecked(
      ASKER,
      "Name yourself to see what you may do: npm run doctor -- --as <sign-in name or object id>.",
    );
  if ("typed" in asker)
    return missing(ASKER, `Entra knows no person ${asker.typed}.`, {
      mend: "Write the sign-in name or the object id: az ad signed-in-user show --query id.",
    });
  const [roles, noAccess, noApprover] = await Promise.all([
    ports.directory.activeRoles(asker.id),
    whyNoAccess(ports, rules, asker.id),
    whyNotApprover(ports, rules, asker.id),
  ]);
  const held =
    roles.length === 0
      ? "no Entra role active"
      : listed(
          roles.map(({ name }) => name),
          NAMED_AT_MOST,
        );
  if (noAccess !== undefined)
    return missing(ASKER, `${asker.name} (${held}) may not talk to the bot.`, {
      mend:
        rules.access === undefined
          ? "Activate a role that ends in Administrator or Reader in PIM, or have an administrator assign one."
          : "Have the operator add you, or a group of yours, to ACCESS.",
      ...(rules.access === undefined
        ? { link: `${adminCenterUrl}/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles` }
        : {}),
    });
  return works(
    ASKER,
    `${asker.name} (${held}) may talk to the bot, and may ${noApprover === undefined ? "" : "not "}approve.`,
  );
}
