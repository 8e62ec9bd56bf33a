import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { DEFAULT_PROFILE } from "../../simulators/tenant/simulated-tenant.js";
import { buttonsOf } from "./read-card.js";
import { becomes, finishedScan } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
/** Of a large company; most of them have no passkey, so that a scan is soon done. */
const PEOPLE = 10_000;
let stage: Stage;

/** What the bot says to Ada in her own chat. */
async function answerTo(text: string): Promise<Message> {
  const { teams } = stage;
  const seen = teams.messages.length;
  await teams.say(ada, text);
  return eventually(
    () => teams.answerAfter(seen, teams.chatOf(ada).id),
    () => `an answer to ${text}`,
  );
}

/** Ada says it, Grace approves it in the room. @returns the card as it waited */
async function apply(text: string): Promise<string> {
  const card = wholeText(await answerTo(text));
  const number = /Plan #(\d+)/.exec(card)?.[1];
  if (number === undefined) throw new Error(`no plan of ${text}: ${card}`);
  const plan = await stage.teams.findText(ROOM, `Plan #${number} `);
  await stage.teams.press(grace, plan, "Approve");
  await becomes(stage, plan, /Applied and verified/);
  return card;
}

const targets = () => stage.tenant.policy.includeTargets.map(({ id }) => id);
/** What was sent last, but its type. */
const sent = () =>
  Object.keys(stage.graph.patches().at(-1)?.body as object).filter((key) => !key.startsWith("@"));

/** How many of a group's people have a passkey, and how many there are, by the tenant itself. */
function truthOf(group: string): { readonly has: number; readonly all: number } {
  const members = new Set<string>();
  const add = (id: string): void => {
    for (const member of stage.tenant.groups.get(id)?.members ?? []) {
      if (stage.tenant.groups.has(member)) add(member);
      else members.add(member);
    }
  };
  add(group);
  const people = [...members]
    .flatMap((id) => stage.tenant.users.get(id) ?? [])
    .filter(({ deleted, userType }) => !deleted && userType === "member");
  const has = people.filter(({ passkeys, accountEnabled }) => accountEnabled && passkeys.length > 0);
  return { has: has.length, all: people.length };
}

beforeAll(async () => {
  stage = await openStage({
    tenant: { people: PEOPLE, policy: "never-enabled" },
    readings: { reportPageSize: 999, directoryPageSize: 999 },
  });
  const { tenant, teams } = stage;
  const everybody = [...tenant.users.values()];
  // Every passkey is asked for by itself, at the pace that Graph allows: a hundred will do.
  for (const [at, user] of everybody.entries()) if (at % 100 !== 0 && at > 40) user.passkeys = [];
  tenant.groups.get(SAMPLE_GROUPS.helpdesk)?.members.push(...everybody.slice(200, 3200).map(({ id }) => id));
  await teams.say(grace, "approvals here", ROOM);
  await teams.findText(ROOM, /posted here from now on/);
  await teams.say(ada, "scan all");
  await finishedScan(stage, teams.chatOf(ada));
}, 180_000);
afterAll(() => stage?.close());

describe("a rollout in stages, for ten thousand people", () => {
  it("is written down, and shown with the adoption of each stage", async () => {
    const written = wholeText(await answerTo("rollout Pilot, Helpdesk, Directors' Office, everyone"));
    expect(written).toContain("Rollout in 4 stages");
    expect(written).toContain("Written down by Ada Lovelace");
    expect(written).toMatch(/▸ \*\*1\. Pilot \(\d+ people, [0-9a-f]{8}\):\*\* next/);
    expect(wholeText(await answerTo("rollout Pilot, everyone, Helpdesk"))).toMatch(
      /no stage left\. Write it last/,
    );
    expect(stage.graph.patches()).toEqual([]);
  });

  it("begins with the first stage, and goes on by the smallest change", async () => {
    expect(await apply("next stage")).toContain("Turn passkeys on for Pilot");
    expect(targets()).toEqual([SAMPLE_GROUPS.pilot]);
    const { keyRestrictions, isAttestationEnforced } = structuredClone(stage.tenant.policy);

    expect(await apply("next stage")).toMatch(/Add Helpdesk \(3,0\d\d people/);
    expect(targets()).toEqual([SAMPLE_GROUPS.pilot, SAMPLE_GROUPS.helpdesk]);
    expect(sent()).toEqual(["includeTargets"]);

    const pilot = truthOf(SAMPLE_GROUPS.pilot);
    const helpdesk = truthOf(SAMPLE_GROUPS.helpdesk);
    const status = await answerTo("pilot status");
    const words = wholeText(status).replaceAll(",", "");
    expect(words).toMatch(
      new RegExp(`✔ \\*\\*1\\. Pilot .*${pilot.has} of ${pilot.all} (has|have) a passkey`),
    );
    expect(words).toMatch(
      new RegExp(`✔ \\*\\*2\\. Helpdesk .*${helpdesk.has} of ${helpdesk.all} (has|have) a passkey`),
    );
    expect(words).toMatch(/▸ \*\*3\. Directors' Office .*next/);
    expect(words).toMatch(/○ \*\*4\. Everyone:\*\* later; \d+ of \d{4} have a passkey/);
    expect(buttonsOf(status.card)).toBeDefined();
    expect(wholeText(await answerTo("status"))).toContain("**Rollout:** 4 stages");

    // A stage that was taken away in the portal looks neither done nor as if it had never been.
    const kept = structuredClone(stage.tenant.policy.includeTargets);
    const leave = (includeTargets: typeof kept) =>
      stage.graph.portalEdit(katherine.id, (policy) => void Object.assign(policy, { includeTargets }));
    leave(kept.slice(0, 1));
    expect(wholeText(await answerTo("pilot status"))).toMatch(
      /⚠ \*\*2\. Helpdesk .*lost passkeys outside Latchkey; next; [\s\S]*drift\W* says by whom/,
    );
    leave(kept);
    expect(wholeText(await answerTo("pilot status"))).not.toContain("outside Latchkey");

    const asked = wholeText(await answerTo("what would happen if we promote the pilot to all users?"));
    expect(asked).toMatch(/all users may use passkeys/i);
    await apply("next stage");
    expect(await apply("promote pilot to all users")).toMatch(/All users may use passkeys/);
    expect(targets()).toEqual(["all_users"]);
    expect(sent()).toEqual(["includeTargets"]);
    expect(stage.tenant.policy).toMatchObject({ keyRestrictions, isAttestationEnforced });
    expect(wholeText(await answerTo("next stage"))).toContain(
      "Each stage of the rollout has passkeys already",
    );
  }, 180_000);

  it("hands on the pilot's profiles where there are profiles, and is taken back", async () => {
    stage.tenant.policy = {
      ...samplePolicy("profiles"),
      includeTargets: samplePolicy("profiles").includeTargets.filter(({ id }) => id === SAMPLE_GROUPS.pilot),
    };
    const before = structuredClone(stage.tenant.policy);
    const [pilot] = before.includeTargets;
    expect(await apply("promote pilot to Helpdesk")).toContain("Add Helpdesk");
    expect(stage.tenant.policy.includeTargets.at(-1)).toMatchObject({
      id: SAMPLE_GROUPS.helpdesk,
      allowedPasskeyProfiles: pilot?.allowedPasskeyProfiles,
    });
    await apply("promote Pilot to everyone in profile default");
    expect(stage.tenant.policy.includeTargets.at(-1)).toMatchObject({
      id: "all_users",
      allowedPasskeyProfiles: [DEFAULT_PROFILE],
    });
    expect(stage.tenant.policy.passkeyProfiles).toEqual(before.passkeyProfiles);
    expect(sent()).toEqual(["includeTargets"]);
    expect(wholeText(await answerTo("forget the stages"))).toContain("The stages are forgotten");
    expect(wholeText(await answerTo("next stage"))).toContain("No stages of the rollout are written down");
  }, 120_000);
});
