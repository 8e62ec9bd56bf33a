import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { SimUser } from "../../simulators/tenant/simulated-tenant.js";
import { buttonsOf, type Card, rowsOf, submitOf, textOf } from "./read-card.js";
import { keyholders } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, type TeamsPerson, wholeText } from "./teams.js";

const { ada, grace, linus, alan } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
const ZERO = MODEL.nameless.aaguid;
/** More would be no choice. */
const MANY = 8;
let stage: Stage;
/** How people use each model in truth. */
let truth: ReadonlyMap<string, { readonly people: readonly SimUser[]; readonly passkeys: number }>;

beforeAll(async () => {
  stage = await openStage({ tenant: { people: 140, policy: "legacy-allow" } });
  const { teams, tenant } = stage;
  // In no list of names; only Graph says something about it.
  tenant.users.get(alan.id)?.passkeys.push(samplePasskey(MODEL.unknownVendor, { seed: "alan", daysAgo: 3 }));
  await teams.say(grace, "approvals here", ROOM);
  await teams.findText(ROOM, /posted here from now on/);
  await teams.say(ada, "enable passkeys");
  await teams.findText(teams.chatOf(ada), "Plan #1");
  const found = new Map<string, { people: SimUser[]; passkeys: number }>();
  for (const user of keyholders(tenant)) {
    for (const { aaGuid } of user.passkeys) {
      const use = found.get(aaGuid.toLowerCase()) ?? { people: [], passkeys: 0 };
      found.set(aaGuid.toLowerCase(), use);
      use.passkeys += 1;
      if (!use.people.includes(user)) use.people.push(user);
    }
  }
  truth = found;
});
afterAll(() => stage?.close());

async function answerTo(
  person: TeamsPerson,
  text: string,
  room: Parameters<Stage["teams"]["find"]>[0] = stage.teams.chatOf(person),
): Promise<Message> {
  const { teams } = stage;
  const seen = teams.messages.length;
  await teams.say(person, text, room);
  const later = (): Message | undefined => teams.answerAfter(seen, room.id);
  return eventually(later, () => `an answer to ${text}`);
}

/** The name a card gives the model. */
async function nameOf(aaguid: string): Promise<string> {
  const card = await answerTo(ada, `what is ${aaguid}`);
  expect(wholeText(card)).toContain(`AAGUID ${aaguid}`);
  return wholeText(card).split(" | ")[0] ?? "";
}

/** What a card offers to tick. */
function aaguidsOffered(message: Message): readonly string[] {
  return [...wholeText(message).matchAll(/\| ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?= |$)/g)].map(
    (found) => found[1] ?? "",
  );
}

/** People on a card of names. */
function namesOn(card: Card | undefined): readonly string[] {
  const names = textOf(card)
    .split(" | ")
    .filter((text) => /^[^*]+( · [^*]+)*$/.test(text));
  const line = names.find((text) => !/scan of|^Who uses|^Next:/.test(text)) ?? "";
  return line.split(" · ").map((name) => name.replace(/ \(administrator\)$/, ""));
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

describe("keys in use", () => {
  it("counts people and passkeys of every model as they are, the unknown ones first", async () => {
    const card = await answerTo(linus, "keys in use");
    const [head, ...rows] = rowsOf(card.card, 4);
    expect(head).toEqual(["Model", "People", "Keys", "Allowed today"]);
    expect(rows[0]?.[0]).toMatch(/^Unknown model/);
    const all = [...rows];
    if (buttonsOf(card.card).includes("Next page")) {
      const next = await stage.teams.press(linus, card, "Next page");
      all.push(...rowsOf(next.value as Card, 4).slice(1));
    }
    expect(all).toHaveLength(truth.size);
    const allowed = new Set(stage.tenant.policy.keyRestrictions.aaGuids);
    const expected: (readonly string[])[] = [];
    for (const [aaguid, { people, passkeys }] of truth) {
      const may = allowed.has(aaguid) ? "yes" : "no";
      expected.push([await nameOf(aaguid), String(people.length), String(passkeys), may]);
    }
    const shown = all.map(([name = "", ...rest]) => [name.split(" | ")[0] ?? "", ...rest]);
    expect(shown.map(String).sort()).toEqual(expected.map(String).sort());
    const keys = [...truth.values()].reduce((sum, { passkeys }) => sum + passkeys, 0);
    expect(wholeText(card)).toContain(`${keyholders(stage.tenant).length} people with ${keys} passkeys`);
    expect(wholeText(card)).not.toContain("Katherine");
  });
});

describe("who uses", () => {
  it("names exactly the people in one's own chat and in an approval room", async () => {
    for (const [aaguid, { people, passkeys }] of truth) {
      const names = sorted(people.map(({ displayName }) => displayName));
      for (const room of [stage.teams.chatOf(ada), ROOM]) {
        const card = await answerTo(ada, `who uses ${aaguid}`, room);
        expect(sorted(namesOn(card.card)), aaguid).toEqual(names);
        const count = `${people.length === 1 ? "1 person" : `${people.length} people`}** with ${passkeys} passkey`;
        expect(wholeText(card)).toContain(count);
      }
    }
  });

  it("counts elsewhere, and names people to the one who presses, if the bot answers them at all", async () => {
    const { teams } = stage;
    const { people } = truth.get(MODEL.token2.aaguid) ?? { people: [] };
    const card = await answerTo(ada, `who uses ${MODEL.token2.aaguid}`, LOUNGE);
    expect(wholeText(card)).toMatch(/\*\*\d+ (person|people)\*\*/);
    const named = () =>
      people.filter(({ displayName }) => wholeText(teams.current(card)).includes(displayName));
    expect(named()).toEqual([]);
    expect(buttonsOf(card.card)).toEqual(["Show names"]);
    const before = teams.messages.length;
    const answer = await teams.press(linus, card, "Show names");
    expect(sorted(namesOn(answer.value as Card))).toEqual(
      sorted(people.map(({ displayName }) => displayName)),
    );
    expect((await teams.press(alan, card, "Show names")).text).toMatch(/role/);
    expect(named()).toEqual([]);
    expect(teams.messages).toHaveLength(before);
  });

  it.each(["Token2", "TOKEN2 FIDO2 security key", "tokn2 fido2"])("understands %j", async (words) => {
    const card = await answerTo(ada, `who uses ${words}`);
    expect(wholeText(card)).toMatch(/token2/i);
  });

  it("says so when nobody does, and when there is no such thing", async () => {
    expect(wholeText(await answerTo(ada, "who uses 0bb43545-fd2c-4185-87dd-feb0b2916ace"))).toMatch(
      /Nobody has/,
    );
    expect(wholeText(await answerTo(ada, "who uses Flurbotron 9000"))).toMatch(/No authenticator model/);
  });

  it("means all firmware versions of one name together", async () => {
    const yubikeys = [MODEL.yubikey5Nfc51, MODEL.yubikey5Nfc54, MODEL.yubikey5Nfc57];
    const names: string[] = [];
    for (const { aaguid } of yubikeys) names.push(await nameOf(aaguid));
    const same = yubikeys.filter((_, at) => names[at] === names[1]);
    const card = await answerTo(ada, `who uses ${names[1]}`);
    const everybody = new Set(same.flatMap(({ aaguid }) => truth.get(aaguid)?.people ?? []));
    expect(wholeText(card)).toContain(`**${everybody.size} people**`);
    for (const { aaguid } of same) expect(wholeText(card)).toContain(aaguid);
  });
});

describe("what is", () => {
  it("says of an AAGUID in any spelling who made it, who uses it and whether it is allowed", async () => {
    const { people } = truth.get(MODEL.securityKeyNfc.aaguid) ?? { people: [] };
    for (const words of [
      MODEL.securityKeyNfc.aaguid.toUpperCase(),
      `{${MODEL.securityKeyNfc.aaguid}}`,
      MODEL.securityKeyNfc.aaguid.replaceAll("-", ""),
    ]) {
      const card = wholeText(await answerTo(ada, `what is ${words}`));
      expect(card, words).toMatch(/Security Key NFC by Yubico/);
      expect(card).toMatch(/Allowed today \| yes/);
      expect(card).toMatch(/Maker \| Yubico/);
      expect(card).toContain(`In use | ${people.length} ${people.length === 1 ? "person" : "people"} with`);
    }
  });

  it("explains the AAGUID of zeros, and allow refuses it with the explanation", async () => {
    expect(wholeText(await answerTo(ada, `what is ${ZERO}`))).toMatch(/names no model.*does not attest/);
    const refusal = wholeText(await answerTo(ada, `allow ${ZERO}`));
    expect(refusal).toMatch(/all-zero AAGUID.*names no model/);
    expect(refusal).not.toMatch(/Plan #/);
  });

  it("says of a key nobody knows that nobody knows it", async () => {
    const unknown = wholeText(await answerTo(ada, `what is ${MODEL.unknownPrototype.aaguid}`));
    expect(unknown).toMatch(/^Unknown model.*no list has this AAGUID.*1 person/);
    const hinted = wholeText(await answerTo(ada, `what is ${MODEL.unknownVendor.aaguid}`));
    expect(hinted).toMatch(/^FIDO2 Key.*no list confirms it/);
  });
});

describe("a name that does not name exactly one model", () => {
  it("is asked back as a list to tick, and what is ticked becomes the plan", async () => {
    const choice = await answerTo(ada, "allow yubikey 5 series with nfc");
    const offered = aaguidsOffered(choice);
    expect(offered.length).toBeGreaterThan(1);
    expect(offered.length).toBeLessThanOrEqual(MANY);
    expect(wholeText(choice)).not.toMatch(/Plan #/);
    expect(offered).toContain(MODEL.yubikey5Nfc57.aaguid);
    const { teams } = stage;
    const seen = teams.messages.length;
    const ticked = { ...submitOf(choice.card, "Allow the ticked ones"), ticked: MODEL.yubikey5Nfc57.aaguid };
    await teams.send({ ...teams.message(ada, ""), replyToId: choice.id, value: ticked });
    const answer = await eventually(
      () => teams.answerAfter(seen, teams.chatOf(ada).id),
      () => "an answer to what was ticked",
    );
    expect(wholeText(answer)).toMatch(/Plan #\d+/);
  });

  it("with a typo is never changed on, but asked back", async () => {
    const asked = await answerTo(ada, "remove securty key nfc by yubico");
    expect(aaguidsOffered(asked)).toContain(MODEL.securityKeyNfc.aaguid);
    expect(wholeText(asked)).not.toMatch(/Plan #/);
  });
});
