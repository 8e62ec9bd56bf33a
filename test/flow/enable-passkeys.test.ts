import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace, linus } = SAMPLE_PEOPLE;

describe.each(["paused-pilot", "profiles"] as const)("enable passkeys in a tenant of kind %s", (policy) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ tenant: { policy } });
    await stage.teams.install(grace);
  });
  afterAll(() => stage?.close());

  it("is asked by one admin, approved by another, written, read back and recorded", async () => {
    const { teams, graph } = stage;
    await teams.say(ada, "enable passkeys");
    const asked = await teams.findText(teams.chatOf(ada), "Plan #1");
    expect(buttonsOf(asked.card)).toContain("Cancel");
    expect(buttonsOf(asked.card)).not.toContain("Approve");
    const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(buttonsOf(shown.card)).toEqual(expect.arrayContaining(["Approve", "Reject"]));
    expect(graph.patches()).toHaveLength(0);

    await teams.say(linus, "show 1");
    const looked = await teams.findText(teams.chatOf(linus), "Plan #1");
    expect(buttonsOf(looked.card)).not.toContain("Approve");
    // An onlooker has no such button; pressed all the same, with what an approver's carries.
    const refused = await teams.press(linus, shown, "Approve");
    expect(refused.text).toMatch(/Authentication Policy Administrator.*PIM/);
    expect(graph.patches()).toHaveLength(0);

    const answer = await teams.press(grace, shown, "Approve");
    expect(answer).toMatchObject({ status: 200, statusCode: 200, signedIn: true });
    for (const message of [asked, shown, looked]) {
      const copy = await eventually(
        () =>
          wholeText(teams.current(message)).includes("Applied and verified")
            ? teams.current(message)
            : undefined,
        () => `the card to say applied; it says ${wholeText(teams.current(message))}`,
      );
      expect(wholeText(copy)).toContain("Grace Hopper");
      expect(buttonsOf(copy.card)).not.toContain("Approve");
    }
    expect(graph.patches()).toHaveLength(1);
    expect(stage.tenant.policy.state).toBe("enabled");
    expect(stage.tenant.audits.at(-1)?.initiatedBy.user?.id).toBe(grace.id);
  });
});
