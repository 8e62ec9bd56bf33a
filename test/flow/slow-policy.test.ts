import { afterEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
let stage: Stage;
afterEach(() => stage?.close());

it("a policy that takes longer than ten seconds to read is not written over; answer and card say that, and what to look at", async () => {
  stage = await openStage();
  const { teams, graph } = stage;
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const card = await teams.findText(teams.chatOf(grace), "Plan #1 ");
  const path = /authenticationMethodConfigurations/i;
  graph.faults.next({ method: "GET", path, delayMs: 11_000, times: Number.POSITIVE_INFINITY });
  await teams.press(grace, card, "Approve");
  const told = await eventually(
    () =>
      teams.messages.find((message) =>
        wholeText(message).includes("as long as Graph is so slow, nothing is written"),
      ),
    () => "the approver to be told why nothing was written",
  );
  expect(wholeText(told)).toMatch(/service health of Microsoft 365/);
  await becomes(stage, card, /Graph took too long to answer, and a policy.*Approve again in some minutes/s);
  expect(stage.tenant.policy.state).toBe("disabled");
  graph.faults.clear();
  await teams.press(grace, teams.current(card), "Approve");
  await becomes(stage, card, /Applied and verified/);
});
