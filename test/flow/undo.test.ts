import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { type SamplePolicyName, samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { buttonsOf, rowsOf } from "./read-card.js";
import { becomes, finishedScan } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
let stage: Stage;

/** What is posted in the room when Ada says it. */
async function answerTo(text: string): Promise<Message> {
  const { teams } = stage;
  const seen = teams.messages.length;
  await teams.say(ada, text, ROOM);
  return eventually(
    () => teams.answerAfter(seen, ROOM.id),
    () => `an answer to ${text}`,
  );
}

/** Ada says it, Grace approves it. @returns the number of the plan */
async function apply(text: string): Promise<number> {
  const plan = await answerTo(text);
  await stage.teams.press(grace, plan, "Approve");
  await becomes(stage, plan, /Applied and verified/);
  return numberOf(plan);
}

function numberOf(plan: Message): number {
  const number = /Plan #(\d+)/.exec(wholeText(plan))?.[1];
  if (number === undefined) throw new Error(`no plan: ${wholeText(plan)}`);
  return Number(number);
}

function startFrom(name: SamplePolicyName, change: (policy: SimPolicy) => void = () => {}): SimPolicy {
  const policy = samplePolicy(name);
  policy.laterProperty = { kept: ["as", { it: "is" }] };
  change(policy);
  stage.tenant.policy = policy;
  return structuredClone(policy);
}

beforeAll(async () => {
  stage = await openStage({ tenant: { people: 60 } });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
});
afterAll(() => stage?.close());

describe("undo", () => {
  it("brings back the policy from before, and undo of that the one from after", async () => {
    const before = structuredClone(stage.tenant.policy);
    const number = await apply("enable passkeys");
    const after = structuredClone(stage.tenant.policy);
    expect(after).not.toEqual(before);

    const written = stage.graph.patches().length;
    const undo = await answerTo(`undo ${number}`);
    expect(wholeText(undo)).toMatch(`Undo #${number}: Turn passkeys off`);
    expect(wholeText(undo)).toMatch(/people lose passkey sign-in/);
    expect(wholeText(undo)).not.toMatch(/Changed again/);
    expect((await stage.teams.press(ada, undo, "Approve")).text).toMatch(/somebody else has to approve it/);
    expect(stage.graph.patches()).toHaveLength(written);
    await stage.teams.press(grace, undo, "Approve");
    await becomes(stage, undo, /Applied and verified/);
    expect(stage.tenant.policy).toEqual(before);

    expect(wholeText(await answerTo(`undo ${number}`))).toMatch(/nothing left to take back.*show policy/s);
    await apply(`roll back plan #${numberOf(undo)}`);
    expect(stage.tenant.policy).toEqual(after);
  });

  it("keeps what was changed elsewhere, and says what was changed again since", async () => {
    const before = startFrom("legacy-allow");
    const number = await apply(`allow ${MODEL.titan.aaguid}`);
    stage.graph.portalEdit(katherine.id, (policy) => {
      policy.excludeTargets.push({ id: SAMPLE_GROUPS.breakGlass, targetType: "group" });
      policy.keyRestrictions.aaGuids.push(MODEL.feitianBio.aaguid.toUpperCase());
    });
    const undo = await answerTo(`revert #${number}`);
    const { aaGuids } = before.keyRestrictions;
    expect(wholeText(undo)).toMatch(
      /Changed again since plan #\d+: .*added: .*BioPass.*This plan keeps that\./,
    );
    expect(rowsOf(undo.card, 3)).toContainEqual([
      "Which models",
      `${aaGuids.length + 2} allowed`,
      `${aaGuids.length + 1} allowed`,
    ]);
    await stage.teams.press(grace, undo, "Approve");
    await becomes(stage, undo, /Applied and verified/);
    expect(stage.tenant.policy).toEqual({
      ...before,
      excludeTargets: [...before.excludeTargets, { id: SAMPLE_GROUPS.breakGlass, targetType: "group" }],
      keyRestrictions: {
        ...before.keyRestrictions,
        aaGuids: [...aaGuids, MODEL.feitianBio.aaguid.toUpperCase()],
      },
    });
  });

  it("warns of what it overwrites, anew when that happens while the plan waits", async () => {
    const before = startFrom("legacy-open");
    const number = await apply("enable passkeys with allow list");
    const undo = await answerTo(`undo ${number}`);
    expect(wholeText(undo)).not.toMatch(/Changed again/);
    stage.graph.portalEdit(katherine.id, (policy) => {
      policy.keyRestrictions = {
        isEnforced: true,
        enforcementType: "block",
        aaGuids: [MODEL.feitianBio.aaguid],
      };
    });
    await stage.teams.press(grace, undo, "Approve");
    const revised = await becomes(stage, undo, /revision 2/);
    expect(wholeText(revised)).toMatch(
      /Which models\*\* was \d+ allowed and is all but 1 blocked today\. This plan overwrites that/,
    );
    await stage.teams.press(grace, revised, "Approve");
    await becomes(stage, undo, /Applied and verified/);
    expect(stage.tenant.policy).toEqual(before);
  });

  it("in a tenant with profiles, sends the others as they came", async () => {
    const before = startFrom("profiles-full", (policy) => {
      for (const profile of policy.passkeyProfiles) profile.laterOne = [1, null];
    });
    const number = await apply(`allow ${MODEL.onePassword.aaguid} in profile Synced`);
    await apply(`undo ${number}`);
    expect(Object.keys(stage.graph.patches().at(-1)?.body as object).sort()).toEqual([
      "@odata.type",
      "passkeyProfiles",
    ]);
    expect(stage.tenant.policy).toEqual(before);
  });

  it("is refused where there is nothing of it in force", async () => {
    startFrom("legacy-allow");
    const written = stage.graph.patches().length;
    const plan = await answerTo(`allow ${MODEL.titan.aaguid}`);
    const number = numberOf(plan);
    expect(wholeText(await answerTo(`undo ${number}`))).toMatch(`cancel ${number}`);
    await stage.teams.press(grace, plan, "Reject", { inputs: { reason: "Not now" } });
    await becomes(stage, plan, /Rejected/);
    expect(wholeText(await answerTo(`undo ${number}`))).toMatch(/never written.*nothing to undo/);
    expect(wholeText(await answerTo("undo 999"))).toMatch(/no plan #999/);
    expect(stage.graph.patches()).toHaveLength(written);
  });
});

describe("undo of what let people in", () => {
  it("has to rest on a scan of everybody, as any plan that narrows", async () => {
    const { teams, graph, tenant } = stage;
    const before = startFrom("legacy-allow");
    const number = await apply("allow keys in use");
    const written = graph.patches().length;
    graph.faults.nextPasskeysOf([katherine.id], { status: 403, times: Infinity, inBatch: true });
    await teams.say(ada, "scan all");
    await finishedScan(stage, teams.chatOf(ada));

    await teams.say(ada, `undo ${number}`, ROOM);
    const undo = await teams.findText(ROOM, `Undo #${number} “Allow keys in use”`);
    expect(wholeText(undo)).toMatch(/1 person could not be read: Katherine Johnson/);
    expect(buttonsOf(undo.card)).not.toContain("Approve");
    expect(graph.patches()).toHaveLength(written);

    graph.faults.clear();
    await teams.press(grace, undo, "Scan now");
    const fresh = await becomes(stage, undo, /revision 2/);
    expect(wholeText(fresh)).toMatch(/What stops working/);
    await teams.press(grace, fresh, "Approve");
    await becomes(stage, undo, /Applied and verified/);
    expect(tenant.policy).toEqual(before);
  });
});
