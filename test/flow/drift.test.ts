import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const POLICY_PATH = /authenticationMethodConfigurations/i;
const ROOM = { id: "19:approvals@thread.tacv2", kind: "channel" } as const;

let stage: Stage;
// One bot for the file, and one story: what is accepted or applied in one test is what the next one starts from.
beforeAll(async () => {
  stage = await openStage({ env: { DRIFT_CHECK_MINUTES: "0.02" } });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, "posted here");
  await eventually(
    () => stage.bot.output.includes("baseline-set") || undefined,
    () => `a first look at the policy:\n${stage.bot.output}`,
  );
});
afterAll(() => stage?.close());

const edit = (by: string, members: Partial<Stage["tenant"]["policy"]>) =>
  stage.graph.portalEdit(by, (policy) => void Object.assign(policy, members));
const drift = (number: number) => stage.teams.findText(ROOM, `Drift ${number} ·`);
const driftsIn = () => stage.teams.messages.filter((message) => wholeText(message).includes("Drift "));

function says(message: Message, words: string | RegExp): Promise<Message> {
  const fits = (text: string) => (typeof words === "string" ? text.includes(words) : words.test(text));
  return eventually(
    () => {
      const current = stage.teams.current(message);
      return fits(wholeText(current)) ? current : undefined;
    },
    () => `the card to say ${words}; it says ${wholeText(stage.teams.current(message))}`,
  );
}

describe("a change made in the portal", () => {
  it("is posted in the approval room: what, since when, by whom, what it means, and what can be done", async () => {
    edit(katherine.id, {
      isSelfServiceRegistrationAllowed: !stage.tenant.policy.isSelfServiceRegistrationAllowed,
    });
    const card = await drift(1);
    const text = wholeText(card);
    expect(text).toContain("Self-service set-up");
    expect(text).toContain(`Changed by ${katherine.name}`);
    expect(text).toContain("as first read");
    expect(text).toContain("nobody's passkeys have been read yet");
    expect(buttonsOf(card.card)).toEqual(["Accept as new baseline", "Put back", "Show all"]);
  });

  it("is accepted by an approver with a reason, without a token, and stays watched", async () => {
    const card = await drift(1);
    const refused = await stage.teams.press(ada, card, "Accept as new baseline", { inputs: { reason: "x" } });
    expect(refused.text).toContain("Authentication Policy Administrator");
    const empty = await stage.teams.press(grace, card, "Accept as new baseline", { inputs: { reason: "" } });
    expect(empty.text).toContain("with a reason or not at all");
    const accepted = await stage.teams.press(grace, card, "Accept as new baseline", {
      inputs: { reason: "Katherine asked me first" },
    });
    expect(accepted).toMatchObject({ statusCode: 200, signedIn: false });
    const done = await says(card, `Accepted by ${grace.name}`);
    expect(wholeText(done)).toContain("Katherine asked me first");
    expect(buttonsOf(done.card)).toEqual([]);
    expect(stage.graph.patches()).toEqual([]);
    edit(katherine.id, { isAttestationEnforced: !stage.tenant.policy.isAttestationEnforced });
    expect(wholeText(await drift(2))).toContain("as accepted with drift 1");
  });

  it("is over by itself when it is taken back in the portal", async () => {
    const card = await drift(2);
    edit(katherine.id, { isAttestationEnforced: !stage.tenant.policy.isAttestationEnforced });
    await says(card, "without a plan of Latchkey");
  });

  it("is drift like any other when Microsoft makes it, and is put back with a plan", async () => {
    const before = structuredClone(stage.tenant.policy);
    edit("microsoft", { excludeTargets: [], isSelfServiceRegistrationAllowed: true, state: "enabled" });
    const card = await drift(3);
    expect(wholeText(card)).toContain("Changed by Microsoft Entra ID");
    await stage.teams.press(ada, card, "Put back");
    const plan = await stage.teams.findText(ROOM, "Plan #1 ");
    expect(wholeText(plan)).toContain("Put back drift 3");
    await stage.teams.press(grace, plan, "Approve");
    await says(plan, "Applied and verified");
    await says(card, "Put back with plan #1");
    expect(stage.tenant.policy.state).toBe(before.state);
    expect(stage.tenant.policy.excludeTargets).toEqual(before.excludeTargets);
  });
});

describe("what Latchkey writes itself", () => {
  it("is never drift, however slowly Graph shows it, and is compared with from then on", async () => {
    const known = driftsIn().length;
    stage.graph.readings.visibleAfterMs = 1_500;
    await stage.teams.say(ada, "enable passkeys", ROOM);
    const plan = await stage.teams.findText(ROOM, "Plan #2 ");
    await stage.teams.press(grace, plan, "Approve");
    await says(plan, "Applied and verified");
    stage.graph.readings.visibleAfterMs = 0;
    await stage.teams.say(ada, "drift");
    await stage.teams.findText(stage.teams.chatOf(ada), "The policy is as applied with plan #2");
    expect(driftsIn()).toHaveLength(known);
  });

  it("leaves as drift what somebody else changed while it was being written", async () => {
    await stage.teams.say(ada, "disable passkeys", ROOM);
    const plan = await stage.teams.findText(ROOM, "Plan #3 ");
    stage.graph.faults.next({ method: "PATCH", path: POLICY_PATH, delayMs: 3_000 });
    const pressed = stage.teams.press(grace, plan, "Approve");
    // Earlier it would be found when the policy is read once more, and the plan be made anew.
    await eventually(
      () => stage.graph.faults.pending.length === 0 || undefined,
      () => `the write to be on its way:\n${stage.bot.output}`,
    );
    edit(katherine.id, { somethingNew: "added meanwhile" } as object);
    await pressed;
    await says(plan, "Applied and verified");
    const card = await drift(4);
    expect(wholeText(card)).toContain("somethingNew");
    expect(wholeText(card)).toContain("as applied with plan #3");
    expect(wholeText(card)).not.toContain("Passkeys (FIDO2)");
  });
});
