import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
let stage: Stage;
afterEach(() => stage?.close());

/** Ada says it, Grace approves it. @returns the text of the card as it ends */
async function apply(command: string, options: StageOptions, end: string): Promise<string> {
  stage = await openStage(options);
  const { teams } = stage;
  await teams.install(grace);
  await teams.say(ada, command);
  const card = await teams.findText(teams.chatOf(grace), "Plan #1");
  await teams.press(grace, card, "Approve");
  return wholeText(await teams.findText(teams.chatOf(grace), end));
}

describe("where Graph makes more of a policy than was asked", () => {
  it("says that attestation left a profile one kind, and who loses by it", async () => {
    const options = {
      tenant: { policy: "profiles-open" },
      readings: { attestedKinds: "device-bound-only" },
    } as const;
    const card = await apply(
      "enable passkeys unrestricted with attestation",
      options,
      "neither as before nor as planned",
    );
    expect(card).toMatch(/lose(s)? passkey sign-in by it/);
    expect(card).toMatch(/Compared with what was planned: \| • Kinds of passkey/);
    const kinds = stage.tenant.policy.passkeyProfiles.map(({ passkeyTypes }) => passkeyTypes);
    expect(kinds).toContain("deviceBound");
    expect(stage.graph.patches()).toHaveLength(1);
  });

  it("says that a first enable moved the tenant to profiles, and who loses by it", async () => {
    const options = { tenant: { policy: "paused-pilot" }, readings: { firstEnableMigrates: true } } as const;
    const card = await apply("enable passkeys unrestricted with attestation for everyone", options, "In force since");
    expect(card).toContain("moved the policy to passkey profiles, which cannot be undone");
    expect(stage.tenant.policy.passkeyProfiles).toMatchObject([{ passkeyTypes: "deviceBound" }]);
    expect(card).toMatch(/lose(s)? passkey sign-in by it/);
    expect(card).toContain("Applied, and more changed");
  });
});

describe("where Graph leaves out what has to be expanded", () => {
  it("plans nothing, writes nothing, and says what is missing", async () => {
    stage = await openStage({ readings: { navigation: "when-expanded" } });
    const { teams, graph } = stage;
    await teams.install(grace);
    for (const words of ["show policy", "enable passkeys"]) {
      await teams.say(ada, words);
      await teams.findText(teams.chatOf(ada), /includeTargets should be a list, but Graph sent nothing/);
    }
    expect(graph.patches()).toEqual([]);
  });
});
