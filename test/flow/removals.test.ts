import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import {
  SAMPLE_POLICY_NAMES,
  type SamplePolicyName,
  SYNCED_PROFILE,
  samplePolicy,
} from "../../simulators/tenant/sample-policies.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { DEFAULT_PROFILE, type SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import { buttonsOf, type Card, listUnder } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";
import { whoLoses, withRemoved } from "./who-loses.js";

const { ada, grace, emergency2 } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    tenant: { people: 260, policy: "legacy-open" },
    env: { EMERGENCY_ACCOUNTS: emergency2.id },
  });
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
  await stage.teams.say(ada, "allow keys in use", ROOM);
  await stage.teams.findText(ROOM, /not restricted/);
});
afterAll(() => stage?.close());

const among = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});
const excluded = (id: string) => ({ id, targetType: "group" });

function changed(name: SamplePolicyName, change: (policy: SimPolicy) => void): SimPolicy {
  const policy = samplePolicy(name);
  change(policy);
  return policy;
}

/** Every preset, and what else makes a difference to who may use what. */
const POLICIES: readonly (readonly [string, SimPolicy])[] = [
  ...SAMPLE_POLICY_NAMES.map((name) => [name, samplePolicy(name)] as const),
  [
    "legacy, a group with a group in it only",
    changed("legacy-allow", (policy) => {
      policy.includeTargets = [among(SAMPLE_GROUPS.pilot)];
    }),
  ],
  [
    "legacy block, without a group with a group in it",
    changed("legacy-block", (policy) => {
      policy.excludeTargets = [excluded(SAMPLE_GROUPS.pilot), excluded(SAMPLE_GROUPS.breakGlass)];
    }),
  ],
  [
    "legacy, entries in upper case and twice",
    changed("legacy-allow", (policy) => {
      const [first = ""] = policy.keyRestrictions.aaGuids;
      policy.keyRestrictions.aaGuids.push(first.toUpperCase());
    }),
  ],
  [
    "profiles, the default one for device-bound passkeys, another for synced ones of the pilot",
    changed("profiles", (policy) => {
      for (const profile of policy.passkeyProfiles) {
        if (profile.id === DEFAULT_PROFILE) profile.passkeyTypes = "deviceBound";
        profile.keyRestrictions.aaGuids.push(MODEL.googlePasswords.aaguid);
      }
      policy.excludeTargets = [excluded(SAMPLE_GROUPS.directorsOffice)];
    }),
  ],
  [
    "profiles, the default one for one group, another unrestricted for a group within",
    changed("profiles-full", (policy) => {
      policy.includeTargets = [
        among(SAMPLE_GROUPS.pilot, DEFAULT_PROFILE),
        among(SAMPLE_GROUPS.pilotWave2, SYNCED_PROFILE),
        among(SAMPLE_GROUPS.helpdesk, DEFAULT_PROFILE, SYNCED_PROFILE),
      ];
      for (const profile of policy.passkeyProfiles) {
        if (profile.id === SYNCED_PROFILE) profile.keyRestrictions.isEnforced = false;
      }
    }),
  ],
  [
    "profiles, nobody is offered the default one",
    changed("profiles-full", (policy) => {
      policy.includeTargets = [among("all_users", SYNCED_PROFILE)];
    }),
  ],
];

const MODELS = [
  MODEL.yubikey5Nfc54,
  MODEL.yubikey5Nfc57,
  MODEL.yubikey5cNano,
  MODEL.securityKeyNfc,
  MODEL.authenticatorIos,
  MODEL.googlePasswords,
  MODEL.feitianNfc,
  MODEL.nameless,
];

/** The plan that the last answer showed. */
let waiting: string | undefined;

/** One person has ten open plans at most, so the one before is taken back first. */
async function answerTo(text: string, room: { id: string; kind: "channel" | "groupChat" } = ROOM) {
  if (waiting !== undefined) await firstAnswerTo(`cancel ${waiting}`, ROOM);
  const answer = await firstAnswerTo(text, room);
  waiting = /Plan #(\d+) ·/.exec(wholeText(answer))?.[1];
  return answer;
}

function firstAnswerTo(text: string, room: { id: string; kind: "channel" | "groupChat" }): Promise<Message> {
  const { teams } = stage;
  const seen = teams.messages.length;
  return teams.say(ada, text, room).then(() =>
    eventually(
      () => teams.answerAfter(seen, room.id),
      () => `an answer to ${text}`,
    ),
  );
}

/** What Show all lists under a title, over all its pages; each line without models and marks. */
async function everybodyUnder(plan: Message, title: string): Promise<readonly string[]> {
  const lines: string[] = [];
  let answer = await stage.teams.press(grace, plan, "Show all");
  for (;;) {
    const card = answer.value as Card;
    lines.push(...listUnder(card, title));
    if (!buttonsOf(card).includes("Next page")) break;
    answer = await stage.teams.press(grace, { ...plan, card }, "Next page");
  }
  return lines.map((line) => line.replace(/(?: \([^)]*\))?: .*$/s, "")).sort();
}

describe("remove", () => {
  it.each(POLICIES)("names whoever loses sign-in, and nobody else: %s", async (_, policy) => {
    const { tenant } = stage;
    for (const { aaguid, model } of MODELS) {
      tenant.policy = structuredClone(policy);
      const after = removed(policy, aaguid);
      const answer = await answerTo(`remove ${aaguid}`);
      const said = wholeText(answer);
      if (after === undefined) {
        expect(said, model).not.toMatch(/Plan #/);
        continue;
      }
      const { losing, keeping, ids } = whoLoses(tenant, policy, after);
      if (ids.includes(emergency2.id)) {
        expect(said).toMatch(/an emergency account \(Emergency Access 2\), which Latchkey never does/);
        continue;
      }
      expect(said, model).toMatch(/Plan #/);
      expect(await everybodyUnder(answer, "Lose passkey sign-in"), model).toEqual(losing);
      expect(await everybodyUnder(answer, "Lose a passkey and keep another"), model).toEqual(keeping);
      expect(said).toMatch(
        losing.length === 0 ? /Nobody loses passkey sign-in/ : /loses? passkey sign-in\*\*/,
      );
      for (const name of losing.slice(0, losing.length > 12 ? 0 : 12)) expect(said).toContain(name);
    }
  });

  it("adds up what several models are to several people, over every page", async () => {
    const { tenant } = stage;
    const policy = samplePolicy("legacy-open");
    policy.keyRestrictions = { isEnforced: true, enforcementType: "block", aaGuids: [] };
    tenant.policy = structuredClone(policy);
    const models = MODELS.filter((model) => model !== MODEL.feitianNfc && model !== MODEL.nameless);
    const after = structuredClone(policy);
    after.keyRestrictions.aaGuids.push(...models.map(({ aaguid }) => aaguid));
    const { losing, keeping } = whoLoses(tenant, policy, after);
    expect(losing.length).toBeGreaterThan(35);
    expect(keeping.length).toBeGreaterThan(3);
    const plan = await answerTo(`remove ${models.map(({ aaguid }) => aaguid).join(", ")}`);
    expect(await everybodyUnder(plan, "Lose passkey sign-in")).toEqual(losing);
    expect(await everybodyUnder(plan, "Lose a passkey and keep another")).toEqual(keeping);
    expect((await stage.teams.press(grace, plan, "Show all")).text).toMatch(/Page 1 of \d/);
    expect(wholeText(plan)).toContain(`${losing.length} people lose passkey sign-in`);
  });

  it("is refused where it would leave nothing on an allow list", async () => {
    const policy = samplePolicy("legacy-allow");
    policy.keyRestrictions.aaGuids = [MODEL.yubikey5cNano.aaguid];
    stage.tenant.policy = policy;
    expect(wholeText(await answerTo(`remove ${MODEL.yubikey5cNano.aaguid}`))).toMatch(
      /leave nothing on the allow list/,
    );
  });

  it("counts an emergency account outside of approval rooms, and proposes nothing", async () => {
    stage.tenant.policy = samplePolicy("legacy-block");
    const said = wholeText(await answerTo(`remove ${MODEL.feitianNfc.aaguid}`, LOUNGE));
    expect(said).toMatch(/cut off an emergency account, which Latchkey never does/);
    expect(said).not.toMatch(/Emergency Access/);
  });

  it("counts the others there, too", async () => {
    const { tenant } = stage;
    const policy = samplePolicy("legacy-allow");
    tenant.policy = structuredClone(policy);
    const after = removed(policy, MODEL.yubikey5Nfc54.aaguid);
    const { losing } = whoLoses(tenant, policy, after ?? policy);
    const said = wholeText(await answerTo(`remove ${MODEL.yubikey5Nfc54.aaguid}`, LOUNGE));
    expect(losing.length).toBeGreaterThan(1);
    expect(said).toContain(`${losing.length} people lose passkey sign-in`);
    for (const name of losing.filter((each) => each !== ada.name)) expect(said).not.toContain(name);
  });
});

/** As the list would be compared: in any spelling, each entry once. */
function removed(policy: SimPolicy, aaguid: string): SimPolicy | undefined {
  const tidy = structuredClone(policy);
  for (const rules of [tidy, ...tidy.passkeyProfiles]) {
    const list = rules.keyRestrictions.aaGuids.map((entry) => entry.toLowerCase());
    rules.keyRestrictions.aaGuids = [...new Set(list)];
  }
  return withRemoved(tidy, aaguid);
}
