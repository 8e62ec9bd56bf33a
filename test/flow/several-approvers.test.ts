import { afterAll, beforeAll, expect, it } from "vitest";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type TeamsPerson, wholeText } from "./teams.js";

const { ada, grace, katherine, hedy } = SAMPLE_PEOPLE;
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ env: { APPROVALS_REQUIRED: "2" } });
});
afterAll(() => stage?.close());

function setRoles(person: TeamsPerson, roles: readonly string[]): void {
  const user = stage.tenant.users.get(person.id);
  if (user === undefined) throw new Error("no such person");
  user.roles = [...roles];
}

const cardOf = (person: TeamsPerson) =>
  stage.teams.findText(stage.teams.chatOf(person), /Plan #1 · revision 1/);

it("of two approvals needed, who is missing, who came and whose does not count any more stands on the card", async () => {
  const { teams, graph } = stage;
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const asked = await cardOf(ada);
  await becomes(stage, asked, /Too few approvers have this card.*it lacks 2 approvals/);

  await teams.press(grace, await cardOf(grace), "Approve");
  await becomes(stage, asked, /1 of 2 approvals.*Too few approvers have this card.*it lacks 1 approval,/);

  // An approver who comes while it waits has the card at once.
  await teams.install(katherine);
  const second = await cardOf(katherine);
  await eventually(
    () => (/Too few/.test(wholeText(teams.current(asked))) ? undefined : true),
    () => "the note to go",
  );

  setRoles(grace, []);
  const answer = await teams.press(katherine, second, "Approve");
  expect(answer.text).toMatch(/1 of 2 approvals.*The approval of Grace Hopper does not count any more/);
  expect(graph.patches()).toEqual([]);

  setRoles(hedy, [ROLE.authenticationPolicyAdministrator]);
  await teams.install(hedy);
  await teams.press(hedy, await cardOf(hedy), "Approve");
  await becomes(stage, asked, /Applied and verified.*Approved by Katherine Johnson and Hedy Lamarr/);
  expect(graph.patches()).toHaveLength(1);
});
