import { type Refusal, refuse } from "../errors.js";
import type { Person, PersonId } from "../person.js";
import { narrows } from "../policy/narrows.js";
import type { Policy } from "../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../policy/who-may-use.js";
import type { Ports, Rules } from "../ports.js";
import type { AccountRef, Keyholder } from "../scan/inventory.js";
import { lostModels } from "./assess-impact.js";

/** People in one request. */
const BATCH = 20;
const ATTEMPTS = 3;
/** In seconds: a person waits for the answer. */
const LONGEST_WAIT = 12;

/**
 * Whether a change would take a passkey from an emergency account, by the passkeys these accounts have at this
 * moment: they are few, and a scan may be a day old. While one cannot be read, that is refused, too.
 * @throws Fault when the groups of one of them cannot be read
 */
export async function refuseEmergencyLoss(
  ports: Pick<Ports, "passkeys" | "directory" | "clock">,
  { emergencyAccounts }: Pick<Rules, "emergencyAccounts">,
  change: { readonly before: Policy; readonly after: Policy },
): Promise<Refusal | undefined> {
  const { before, after } = change;
  if (emergencyAccounts.length === 0 || !narrows(before, after)) return undefined;
  const { holders, unread } = await readNow(ports, emergencyAccounts);
  if (unread.length > 0) return refuse({ code: "emergency-account-not-read", people: unread });
  const memberships = await membershipsOf(ports, holders, [before, after]);
  const cutOff = holders.filter((person) => lostModels(person, { before, after, memberships }).length > 0);
  return cutOff.length === 0
    ? undefined
    : refuse({ code: "emergency-account-cut-off", people: cutOff.map(toPerson) });
}

async function readNow(
  ports: Pick<Ports, "passkeys" | "clock">,
  ids: readonly PersonId[],
): Promise<{ readonly holders: readonly Keyholder[]; readonly unread: readonly Person[] }> {
  const holders: Keyholder[] = [];
  const unread: Person[] = [];
  let waiting: readonly AccountRef[] = ids.map((id) => ({
    id,
    name: `Emergency account ${id}`,
    isAdmin: false,
  }));
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const later: AccountRef[] = [];
    let wait = 1;
    for (let at = 0; at < waiting.length; at += BATCH) {
      const round = await ports.passkeys.passkeysOf(waiting.slice(at, at + BATCH));
      for (const answer of round.answers) {
        if (answer.kind === "read") holders.push({ ...answer.account, passkeys: answer.passkeys });
        else if (answer.kind === "failed") unread.push(toPerson(answer.account));
      }
      later.push(...round.later.map(({ account }) => account));
      wait = Math.max(wait, ...round.later.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 0));
    }
    if (later.length === 0) break;
    if (attempt >= ATTEMPTS || wait > LONGEST_WAIT) {
      unread.push(...later.map(toPerson));
      break;
    }
    await ports.clock.sleep(wait * 1000);
    waiting = later;
  }
  return { holders, unread };
}

/** Which of these people are in the groups the policies name: asked by person, because groups may be large. */
async function membershipsOf(
  ports: Pick<Ports, "directory">,
  people: readonly Keyholder[],
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

function toPerson({ id, name }: AccountRef): Person {
  return { id, name };
}
