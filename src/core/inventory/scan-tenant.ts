import { Fault } from "../errors.js";
import type { PasskeyAnswer, Ports, Rules } from "../ports.js";
import type { AccountRef, Inventory } from "./inventory.js";

/**
 * Reads which passkeys people have registered, and keeps the result in the store. Whoever could not be read is
 * named in `unread`; nobody is left out silently.
 * @throws Fault when not even the list of people could be read
 */
export async function scanTenant(
  ports: Pick<Ports, "clock" | "passkeys" | "inventories" | "log">,
  rules: Pick<Rules, "tenantId" | "emergencyAccounts">,
): Promise<Inventory> {
  const startedAt = ports.clock.now().toISOString();
  const found = await findPeople(ports);
  const { path } = found;
  const people = withEmergencyAccounts(found.people, rules.emergencyAccounts);
  const answers = await ports.passkeys.passkeysOf(people);
  const inventory: Inventory = {
    scanId: ports.clock.newId(),
    startedAt,
    finishedAt: ports.clock.now().toISOString(),
    path,
    asked: people.length,
    ...sort(people, answers),
  };
  await ports.inventories.save(rules.tenantId, inventory);
  ports.log.info("scan-finished", {
    path,
    asked: inventory.asked,
    keyholders: inventory.keyholders.length,
    gone: inventory.gone,
    unread: inventory.unread.length,
  });
  return inventory;
}

/** The registration report needs a P1 or P2 licence; without one, everybody has to be asked. */
async function findPeople(
  ports: Pick<Ports, "passkeys">,
): Promise<{ path: Inventory["path"]; people: readonly AccountRef[] }> {
  try {
    return { path: "report", people: distinctPeople(await ports.passkeys.reportedKeyholders()) };
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "graph-no-licence") throw error;
    return { path: "all-users", people: distinctPeople(await ports.passkeys.enabledAccounts()) };
  }
}

/** The report lags by up to 36 hours, and these accounts must never be cut off: they are asked for in any case. */
function withEmergencyAccounts(
  people: readonly AccountRef[],
  emergency: Rules["emergencyAccounts"],
): readonly AccountRef[] {
  const listed = new Set(people.map((person) => person.id));
  const missing = emergency.filter((id) => !listed.has(id));
  return [...people, ...missing.map((id) => ({ id, name: `Emergency account ${id}`, isAdmin: true }))];
}

function distinctPeople(people: readonly AccountRef[]): readonly AccountRef[] {
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

function sort(
  people: readonly AccountRef[],
  answers: readonly PasskeyAnswer[],
): Pick<Inventory, "keyholders" | "gone" | "unread"> {
  const byPerson = new Map(answers.map((answer) => [answer.account.id, answer]));
  const keyholders: Inventory["keyholders"][number][] = [];
  const unread: Inventory["unread"][number][] = [];
  let gone = 0;
  for (const person of people) {
    const answer = byPerson.get(person.id);
    if (answer?.kind === "gone") gone += 1;
    else if (answer?.kind === "read" && answer.passkeys.length > 0) {
      keyholders.push({ ...person, passkeys: answer.passkeys });
    } else if (answer?.kind !== "read") unread.push({ ...person, why: answer?.why ?? "no answer" });
  }
  return { keyholders, gone, unread };
}
