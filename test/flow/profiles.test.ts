import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { type SamplePolicyName, samplePolicy } from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { guidFor } from "../../simulators/tenant/seeded-random.js";
import { DEFAULT_PROFILE, type SimProfile } from "../../simulators/tenant/simulated-tenant.js";
import { submitOf } from "./read-card.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
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

/** Ada says it, Grace approves it in the room. @returns the number of the plan, and its card as it waited */
async function apply(text: string): Promise<{ readonly number: number; readonly card: string }> {
  const card = wholeText(await answerTo(text));
  const number = Number(/Plan #(\d+)/.exec(card)?.[1]);
  if (Number.isNaN(number)) throw new Error(`no plan of ${text}: ${card}`);
  const plan = await stage.teams.findText(ROOM, `Plan #${number} `);
  await stage.teams.press(grace, plan, "Approve");
  await becomes(stage, plan, /Applied and verified/);
  expect(wholeText(stage.teams.current(plan))).not.toMatch(/more changed/);
  return { number, card };
}

/** It is answered at once, and no plan comes of it. */
async function refused(text: string, why: RegExp): Promise<void> {
  const written = stage.graph.patches().length;
  const answer = wholeText(await answerTo(text));
  expect(answer).toMatch(why);
  expect(answer).not.toMatch(/asked by/);
  expect(stage.graph.patches()).toHaveLength(written);
}

function startFrom(name: SamplePolicyName): void {
  stage.tenant.policy = samplePolicy(name);
}

const named = (name: string): SimProfile | undefined =>
  stage.tenant.policy.passkeyProfiles.find((profile) => profile.name === name);
const sent = () => stage.graph.patches().at(-1)?.body as { readonly passkeyProfiles?: readonly SimProfile[] };

beforeAll(async () => {
  stage = await openStage({ tenant: { people: 60, policy: "profiles" } });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
});
afterAll(() => stage?.close());

describe("profiles", () => {
  it("are made, given to a group, renamed, taken back and deleted, each by a plan", async () => {
    const before = structuredClone(stage.tenant.policy);
    const { number, card } = await apply(
      `create profile Executives device-bound with attestation allowing ${MODEL.yubikey5Nfc57.aaguid}`,
    );
    expect(card).toContain(
      "Create profile Executives for device-bound passkeys, with attestation, only 1 model",
    );
    expect(card).toMatch(/Nobody has profile Executives/);
    expect(named("Executives")).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      passkeyTypes: "deviceBound",
      attestationEnforcement: "registrationOnly",
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [MODEL.yubikey5Nfc57.aaguid] },
    });
    // Graph gave it its id; the others were sent as they came.
    expect(sent().passkeyProfiles?.map(({ id }) => id)).toEqual([
      ...before.passkeyProfiles.map(({ id }) => id),
      undefined,
    ]);

    await apply("assign Executives to group Directors' Office");
    const office = () =>
      stage.tenant.policy.includeTargets.find(({ id }) => id === SAMPLE_GROUPS.directorsOffice);
    expect(office()?.allowedPasskeyProfiles).toEqual([named("Executives")?.id]);

    await refused(
      "delete profile Executives",
      /in use by Directors' Office[\s\S]*unassign "Executives" from "Directors' Office"/,
    );
    await refused("create profile Kiosk", /takes 3 passkey profiles at most/);
    await refused("delete profile default", /is the default profile/);

    const rename = await apply("rename profile Executives to Board");
    expect(rename.card).toContain("Rename profile Executives to Board");
    expect(named("Board")?.id).toBe(office()?.allowedPasskeyProfiles[0]);
    await apply(`undo ${rename.number}`);
    expect(named("Executives")).toBeDefined();

    await apply('unassign "Executives" from "Directors\' Office"');
    expect(office()).toBeUndefined();
    await apply(`undo ${number}`);
    expect(stage.tenant.policy.passkeyProfiles).toEqual(before.passkeyProfiles);
    expect(wholeText(await answerTo("drift"))).toMatch(/as applied with plan #\d+/);
  });

  it("for a name that several models share are asked back, each as a button of its own, and those in use as one", async () => {
    const { card } = await answerTo("create profile Kiosk allowing YubiKey 5 NFC");
    const titles = [...JSON.stringify(card).matchAll(/"title":"([^"]*)"/g)].map(([, title = ""]) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(
      titles.slice(1).filter((title) => !/^YubiKey 5 .*, (firmware [\d.]|[0-9a-f]{8}$)/.test(title)),
    ).toEqual([]);
    const [all = ""] = titles;
    expect(all).toMatch(/^All \d in use$/);
    const { card: plan } = await answerTo(String(submitOf(card, all).say));
    expect(wholeText({ card: plan } as Message)).toContain(`only ${/\d/.exec(all)?.[0]} models`);
    await answerTo("cancel my plan");
  });

  it("are compared, and changed in the kinds that they admit", async () => {
    startFrom("profiles-full");
    const compared = wholeText(await answerTo("compare profiles"));
    expect(compared).toMatch(/Compared: Default passkey profile, Synced, Administrators/);
    await apply("allow synced passkeys in profile Administrators");
    expect(named("Administrators")?.passkeyTypes).toBe("deviceBound,synced");
    const back = await apply("disallow synced passkeys in profile Administrators");
    expect(named("Administrators")?.passkeyTypes).toBe("deviceBound");
    expect(back.card).toMatch(/no longer in profile Administrators/);
    await refused("disallow synced passkeys in profile Synced", /admits synced passkeys only/);
  });

  it("that are made anew by an undo of their deletion come back with what they admit", async () => {
    startFrom("profiles-full");
    stage.tenant.policy.includeTargets = stage.tenant.policy.includeTargets.filter(
      ({ id }) => id !== SAMPLE_GROUPS.securityTeam,
    );
    const { id: _, ...rules } = named("Administrators") ?? { id: "" };
    const { number } = await apply("delete profile Administrators");
    expect(named("Administrators")).toBeUndefined();
    await apply(`undo ${number}`);
    expect(named("Administrators")).toMatchObject(rules);
  });

  it("that Graph would want an id for is refused by Graph, in Graph's words, and nothing is written", async () => {
    startFrom("profiles-open");
    stage.graph.readings.profileWithoutId = "refused";
    try {
      const before = structuredClone(stage.tenant.policy);
      const number = /Plan #(\d+)/.exec(wholeText(await answerTo("create profile Kiosk")))?.[1];
      const plan = await stage.teams.findText(ROOM, `Plan #${number} `);
      await stage.teams.press(grace, plan, "Approve");
      await becomes(stage, plan, /requires an 'id'/);
      expect(stage.tenant.policy).toEqual(before);
    } finally {
      stage.graph.readings.profileWithoutId = "given-an-id";
    }
  });

  it("take 20 KB at most, which is said before anybody is asked", async () => {
    startFrom("near-limit");
    await apply("create profile Kiosk");
    const many = Array.from({ length: 40 }, (_, nth) => guidFor(`further model ${nth}`));
    await refused(
      `allow ${many.join(", ")} in profile default`,
      /would take \d+ bytes, and Graph takes at most/,
    );
  });
});

describe("a tenant without profiles", () => {
  it("is told what opting in means, opts in by a plan of its own, and cannot undo it", async () => {
    startFrom("legacy-allow");
    const before = structuredClone(stage.tenant.policy);
    await refused(
      "create profile Executives",
      /no passkey profiles yet[\s\S]*cannot be undone[\s\S]*opt in to passkey profiles/,
    );
    const { number, card } = await apply("opt in to passkey profiles");
    expect(card).toContain("Move to passkey profiles, which cannot be undone");
    expect(card).toMatch(/Microsoft offers no way back/);
    expect(stage.tenant.policy).toMatchObject({
      defaultPasskeyProfile: DEFAULT_PROFILE,
      passkeyProfiles: [
        { id: DEFAULT_PROFILE, passkeyTypes: "deviceBound", keyRestrictions: before.keyRestrictions },
      ],
      includeTargets: [{ id: "all_users", allowedPasskeyProfiles: [DEFAULT_PROFILE] }],
    });
    await refused(
      `undo ${number}`,
      /Plan #\d+ cannot be taken back: it brought passkey profiles into use, and Microsoft offers no way back[\s\S]*`profiles`/,
    );
    await apply("create profile Executives");
    expect(stage.tenant.policy.passkeyProfiles.map(({ name }) => name)).toEqual([
      "Default passkey profile",
      "Executives",
    ]);
  });
});
