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
    const card = await apply(
      "enable passkeys unrestricted with attestation for everyone",
      options,
      "In force since",
    );
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

describe("a plan that changes which models work", () => {
  const [key] = ["2fc0579f-8113-47ea-b116-bb5a8db9202a"];
  const strengths = (stage: Stage) => {
    const id = "5f3c1d4e-0000-4000-8000-000000000001";
    stage.tenant.strengths = [{ id, displayName: "Admins by key", allowedAAGUIDs: [key] }];
  };
  const asked = async (): Promise<string> => {
    await stage.teams.say(ada, "enable passkeys");
    return wholeText(await stage.teams.findText(stage.teams.chatOf(ada), "Plan #1"));
  };

  it.each([true, false])(
    "names the strengths that do not follow, in Graph's list or apart: %s",
    async (strengthsInline) => {
      stage = await openStage({ tenant: { policy: "legacy-allow" }, readings: { strengthsInline } });
      strengths(stage);
      expect(await asked()).toMatch(/Authentication strength Admins by key lists models of its own/);
    },
  );

  it("says it without names where they may not be read", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow" } });
    strengths(stage);
    stage.graph.faults.next({ path: /authenticationStrengthPolicies/, status: 403, times: Infinity });
    const card = await asked();
    expect(card).toContain("An authentication strength may list models of its own");
    expect(card).not.toContain("Admins by key");
  });
});
