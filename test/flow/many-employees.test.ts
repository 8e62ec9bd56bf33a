import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { guidFor } from "../../simulators/tenant/seeded-random.js";
import { inParallel } from "../../src/async/in-parallel.js";
import { openStage, type Stage } from "./stage.js";
import type { TeamsPerson } from "./teams.js";

const { ada, grace, katherine, alan } = SAMPLE_PEOPLE;
const EMPLOYEES = 300;
let stage: Stage;

function employees(): readonly TeamsPerson[] {
  const named = new Set<string>(Object.values(SAMPLE_PEOPLE).map(({ id }) => id));
  const others = [...stage.tenant.users.values()].filter(
    ({ id, deleted, accountEnabled }) => !named.has(id) && !deleted && accountEnabled,
  );
  return others.slice(0, EMPLOYEES).map(({ id, displayName }) => ({ id, name: displayName }));
}

function setRoles(person: TeamsPerson, roles: readonly string[]): void {
  const user = stage.tenant.users.get(person.id);
  if (user === undefined) throw new Error("no such person");
  user.roles = [...roles];
}

/** What was asked about roles since: of whom, and how often who holds one. */
function askedAboutRoles(since: number) {
  const paths = stage.graph.requests.slice(since).map(({ path }) => path);
  const people = paths.flatMap((path) => /users\/([^/]+)\/transitiveMemberOf/.exec(path)?.[1] ?? []);
  return { people, lists: paths.filter((path) => path.includes("/directoryRoles(")).length };
}

beforeAll(async () => {
  stage = await openStage({ hasClock: true, tenant: { people: EMPLOYEES + 100 } });
  const { teams, tenant } = stage;
  const group = guidFor("group policy team");
  tenant.groups.set(group, {
    ...{ id: group, displayName: "Policy Team", members: [alan.id] },
    roles: [ROLE.authenticationPolicyAdministrator],
  });
  const people = employees();
  expect(people).toHaveLength(EMPLOYEES);
  await inParallel([...people, grace, katherine, alan], 8, async (person) => {
    await teams.install(person);
  });
  setRoles(katherine, []);
});
afterAll(() => stage?.close());

describe("a plan in a company in which hundreds of employees have a chat with Latchkey", () => {
  it("comes to those who may approve, by their own role or through a group, and to no others", async () => {
    const { teams } = stage;
    await teams.say(ada, "enable passkeys");
    for (const approver of [grace, alan]) await teams.findText(teams.chatOf(approver), "Plan #1 ");
    await teams.findText(teams.chatOf(ada), "Plan #1 ");
    const shown = teams.messages.filter((message) => JSON.stringify(message).includes("Plan #1 "));
    expect(new Set(shown.map(({ conversation }) => conversation))).toEqual(
      new Set([ada, grace, alan].map((person) => teams.chatOf(person).id)),
    );
  });

  it("asks Graph as much as in a small one: for the roles, and for those who hold them", async () => {
    const { teams, graph } = stage;
    // What was looked up for the first plan is not believed any more.
    await stage.timePasses(10_000);
    const since = graph.requests.length;
    await teams.say(ada, "enable passkeys only for group Helpdesk");
    for (const approver of [grace, alan]) await teams.findText(teams.chatOf(approver), "Plan #2 ");
    const { people, lists } = askedAboutRoles(since);
    expect([...new Set(people)].sort()).toEqual([ada.id, grace.id, alan.id].sort());
    expect(people.length).toBeLessThanOrEqual(6);
    expect(lists).toBe(2);
  });
});
