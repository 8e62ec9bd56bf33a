import { type EmergencyPeople, findEmergencyPeople } from "../access/emergency-people.js";
import { Fault, type Refusal, refuse } from "../errors.js";
import type { Person, PersonId } from "../person.js";
import { narrows } from "../policy/narrows.js";
import type { Policy } from "../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../policy/who-may-use.js";
import type { Ports, Rules } from "../ports.js";
import type { AccountRef, Keyholder } from "../scan/inventory.js";
import { lostModels } from "./assess-impact.js";

const PEOPLE_A_REQUEST = 20;
const ATTEMPTS = 3;
/** A person waits for the answer. */
const LONGEST_WAIT_SECONDS = 12;
/** A refusal names no more. */
const NAMED_AT_MOST = 5;

interface Change {
  readonly before: Policy;
  readonly after: Policy;
}

/**
 * The people a change must not take a passkey from; none for one that cannot take any. Refused while it is not certain
 * who they are: a wrong digit must not mean that no account is protected.
 * @throws Fault when they cannot be looked up
 */
export async function protectedPeople(
  ports: Pick<Ports, "directory">,
  rules: Pick<Rules, "emergencyAccounts">,
  { before, after }: Change,
): Promise<EmergencyPeople["people"] | Refusal> {
  if (rules.emergencyAccounts.length === 0 || !narrows(before, after)) return [];
  const { people, problems } = await findEmergencyPeople(ports, rules);
  return problems.length === 0 ? people : refuse({ code: "emergency-accounts-unsure", problems });
}

/**
 * Whether a change would take a passkey from one of these people, by the passkeys they have at this moment: they are
 * few, and a scan may be a day old. While one cannot be read, or is gone by now, that is refused, too.
 * @throws Fault when the groups of one of them cannot be read
 */
export async function refuseEmergencyLoss(
  ports: Pick<Ports, "passkeys" | "directory" | "clock">,
  people: EmergencyPeople["people"],
  change: Change,
): Promise<Refusal | undefined> {
  if (people.length === 0) return undefined;
  const { before, after } = change;
  const [{ holders, gone, away, declined }, memberships] = await Promise.all([
    readNow(ports, people),
    membershipsOf(ports, people, [before, after]),
  ]);
  if (gone.length > 0) {
    const problems = gone.map(({ id }) => ({ id, why: "unknown" }) as const);
    return refuse({ code: "emergency-accounts-unsure", problems });
  }
  const notRead = declined.length > 0 ? ({ why: "declined", people: declined } as const) : undefined;
  if (notRead !== undefined || away.length > 0) {
    const { why, people: unread } = notRead ?? { why: "away", people: away };
    return refuse({ code: "emergency-account-not-read", why, people: await named(ports, unread) });
  }
  const cutOff = holders.filter((person) => lostModels(person, { before, after, memberships }).length > 0);
  return cutOff.length === 0
    ? undefined
    : refuse({ code: "emergency-account-cut-off", people: await named(ports, cutOff) });
}

interface ReadNow {
  readonly holders: readonly Keyholder[];
  readonly gone: readonly AccountRef[];
  /** Graph did not answer for them in time. */
  readonly away: readonly AccountRef[];
  /** Graph said no, and would say so again. */
  readonly declined: readonly AccountRef[];
}

async function readNow(
  ports: Pick<Ports, "passkeys" | "clock">,
  people: readonly Person[],
): Promise<ReadNow> {
  const holders: Keyholder[] = [];
  const gone: AccountRef[] = [];
  const declined: AccountRef[] = [];
  let waiting: readonly AccountRef[] = people.map((person) => ({ ...person, isAdmin: false }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const later: AccountRef[] = [];
    let waitSeconds = 1;
    for (let at = 0; at < waiting.length; at += PEOPLE_A_REQUEST) {
      const round = await ports.passkeys.passkeysOf(waiting.slice(at, at + PEOPLE_A_REQUEST));
      for (const answer of round.answers) {
        if (answer.kind === "read") holders.push({ ...answer.account, passkeys: answer.passkeys });
        else (answer.kind === "gone" ? gone : declined).push(answer.account);
      }
      later.push(...round.later.map(({ account }) => account));
      waitSeconds = Math.max(
        waitSeconds,
        ...round.later.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 0),
      );
    }
    waiting = later;
    if (later.length === 0 || attempt >= ATTEMPTS || waitSeconds > LONGEST_WAIT_SECONDS) break;
    await ports.clock.sleep(waitSeconds * 1000);
  }
  return { holders, gone, away: waiting, declined };
}

/** The same with the names of those who are known by their group alone; without them where Graph does not say. */
async function named(
  { directory }: Pick<Ports, "directory">,
  people: readonly Person[],
): Promise<readonly Person[]> {
  const unnamed = people.slice(0, NAMED_AT_MOST).flatMap(({ id, name }) => (name === id ? [id] : []));
  const known = await directory.people(unnamed).catch((error: unknown) => {
    if (error instanceof Fault) return new Map<PersonId, Person>();
    throw error;
  });
  return people.map(({ id, name }) => known.get(id) ?? { id, name });
}

/** Which of these people are in the groups the policies name: asked by person, because groups may be large. */
async function membershipsOf(
  ports: Pick<Ports, "directory">,
  people: readonly Pick<Person, "id">[],
  policies: readonly Policy[],
): Promise<Memberships> {
  const groups = [...new Set(policies.flatMap(groupsNamedIn))];
  if (groups.length === 0) return new Map();
  const groupsOf = await Promise.all(
    people.map(async ({ id }) => [id, await ports.directory.groupsOf(id)] as const),
  );
  return new Map(
    groups.map((group) => [
      group,
      new Set(groupsOf.flatMap(([id, held]) => ([...held].some((one) => one === group) ? [id] : []))),
    ]),
  );
}
