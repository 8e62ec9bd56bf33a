import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf, findButton } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const POLICY_PATH = /authenticationMethodConfigurations/i;
let stage: Stage;
afterEach(() => stage?.close());

describe("a tenant that cannot be read well enough", () => {
  it("gets a sentence for each way in which Graph fails, and no plan", async () => {
    stage = await openStage();
    const { teams, graph } = stage;
    const answers: [object, RegExp][] = [
      [{ status: 400 }, /Graph/],
      [{ status: 401 }, /Graph|sign/i],
      [{ status: 403 }, /permission/i],
      [{ status: 404 }, /Graph/],
      [{ status: 409 }, /Graph/],
      [{ status: 429, retryAfter: 3_600 }, /too many|busy|wait|later/i],
      [{ status: 500 }, /Graph/],
      [{ drop: "before" }, /Graph/],
      [{ truncate: true }, /Graph/],
      [{ body: { id: "Fido2", state: "enabled" } }, /isSelfServiceRegistrationAllowed/],
      [{ body: [] }, /Graph/],
    ];
    for (const [effect, words] of answers) {
      const seen = teams.messages.length;
      graph.faults.next({ method: "GET", path: POLICY_PATH, times: 9, ...effect });
      await teams.say(ada, "enable passkeys");
      const answer = await teams.find(
        teams.chatOf(ada),
        (message) => teams.messages.indexOf(message) >= seen && words.test(wholeText(message)),
        `${words} after ${JSON.stringify(effect)}`,
      );
      expect(wholeText(answer)).not.toContain("Plan #");
      expect(wholeText(answer).length).toBeGreaterThan(40);
      graph.faults.clear();
    }
    expect(graph.patches()).toHaveLength(0);

    // A short wait is waited out and named, in one message that goes on to say where the plan is.
    graph.faults.next({ method: "GET", path: POLICY_PATH, status: 429, retryAfter: 3 });
    await teams.say(ada, "enable passkeys");
    await teams.findText(teams.chatOf(ada), "Plan #1");
    const note = await teams.findText(teams.chatOf(ada), "took longer than usual");
    const said = note.versions.map(({ text }) => text).join(" ");
    expect(said).toMatch(/asks to wait 3 seconds.*took longer than usual/);
  });

  it("shows a narrowing plan on an incomplete scan without Approve, and refuses a forged click", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow" } });
    const { teams, graph } = stage;
    await teams.install(grace);
    graph.faults.next({ path: /fido2Methods/, inBatch: true, status: 403, times: 1 });
    await teams.say(ada, "disable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(wholeText(card)).toMatch(/could not be read|not read/i);
    expect(buttonsOf(card.card)).not.toContain("Approve");
    expect(buttonsOf(card.card)).toContain("Reject");
    const answer = await teams.send({
      ...teams.message(grace, ""),
      type: "invoke",
      name: "adaptiveCard/action",
      value: { action: { ...findButton(card.card, "Reject"), verb: "approve" } },
    });
    expect(answer.text).toMatch(/Nothing was written/);
    expect(graph.patches()).toHaveLength(0);
  });

  it("is read without a P1 licence by asking every account", async () => {
    stage = await openStage({ tenant: { policy: "legacy-open", premium: false } });
    const { teams } = stage;
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(ada), "Plan #1");
    expect(wholeText(card)).toMatch(/all read at/);
  });
});

describe("rules of the installation", () => {
  it("two approvals: the first is counted and shown, the second writes", async () => {
    stage = await openStage({ env: { APPROVALS_REQUIRED: "2" } });
    const { teams, graph } = stage;
    await teams.install(grace);
    await teams.install(katherine);
    await teams.say(ada, "enable passkeys");
    const first = await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(wholeText(first)).toMatch(/2 approvals/);
    await teams.press(grace, first, "Approve");
    const second = await teams.findText(teams.chatOf(katherine), "Grace Hopper");
    expect(graph.patches()).toHaveLength(0);
    await teams.press(katherine, second, "Approve");
    await teams.findText(teams.chatOf(ada), "Applied and verified");
    expect(stage.tenant.audits.at(-1)?.initiatedBy.user?.id).toBe(katherine.id);
  });

  it("a person named as approver may press, and Graph's own check has the last word", async () => {
    stage = await openStage({ env: { APPROVERS: ada.id, ALLOW_SELF_APPROVAL: "true" } });
    const { teams, graph } = stage;
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(ada), "Plan #1");
    // Named by the operator, but without the role in Entra: Graph has the last word, and the plan stays open.
    const answer = await teams.press(ada, card, "Approve");
    expect(answer.text).toMatch(/Nothing was written/);
    expect(graph.patches().map((patch) => patch.status)).toEqual([403]);
    expect(stage.tenant.audits).toHaveLength(0);
    await eventually(
      () => buttonsOf(teams.current(card).card).includes("Approve") || undefined,
      () => "the plan to be open again",
    );
  });
});
