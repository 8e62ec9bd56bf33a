import { afterEach, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf, submitOf } from "./read-card.js";
import { isScanCard } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, type TeamsPerson, wholeText } from "./teams.js";

const { ada, grace, alan } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const ANOTHER = { id: "19:helpdesk@thread.tacv2", kind: "channel" } as const;
/** A YubiKey that no person of the sample tenant has. */
const UNUSED = "c1f9a0bc-1dd2-404a-b27f-8e29047a43fd";
const NOTICE = /Models · found/;
let stage: Stage;
afterEach(() => stage?.close());

const noticesIn = (room: { readonly id: string }) =>
  stage.teams.messages.filter(
    (message) => message.conversation === room.id && NOTICE.test(wholeText(message)),
  );

/** Ada has everybody read in a room of its own. */
async function scan(): Promise<void> {
  const { teams } = stage;
  const room = { id: `19:${teams.messages.length}@thread.v2`, kind: "groupChat" } as const;
  await teams.say(ada, "scan all", room);
  const isDone = (message: Message) =>
    message.conversation === room.id && isScanCard(message) && /Complete/.test(wholeText(message));
  await eventually(
    () => teams.messages.find(isDone),
    () => "a complete scan",
  );
}

/** The whole title of a button of the card, wherever it stands there. */
function titleLike({ card }: Message, title: RegExp): string {
  const titles = [...JSON.stringify(card).matchAll(/"title":"([^"]*)"/g)].map(([, words]) => words ?? "");
  const found = titles.find((each) => title.test(each));
  if (found === undefined) throw new Error(`no button like ${title} among ${titles.join(", ")}`);
  return found;
}

/** A button that says words, as a client sends it. */
async function pressSay(person: TeamsPerson, message: Message, title: string): Promise<void> {
  const { teams } = stage;
  const value = submitOf(message.card, title);
  const room = { id: message.conversation, kind: "channel" } as const;
  await teams.say(person, String(value.say), room);
}

async function setRoom(room: typeof ROOM | typeof ANOTHER): Promise<void> {
  await stage.teams.say(grace, "approvals here", room);
  await stage.teams.findText(room, /posted here from now on/);
}

function says(message: Message, words: RegExp): Promise<Message> {
  return eventually(
    () => {
      const current = stage.teams.current(message);
      return words.test(wholeText(current)) ? current : undefined;
    },
    () => `the card to say ${words}; it says ${wholeText(stage.teams.current(message))}`,
  );
}

describe("models, where there is one set of rules", () => {
  it("are told of once: new, unused; a button asks for the plan; an approver puts one off with a reason", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow" } });
    const { teams, tenant, bot } = stage;
    tenant.policy.keyRestrictions.aaGuids.push(UNUSED);
    await setRoom(ROOM);
    await scan();
    const unused = await teams.findText(
      ROOM,
      /On the list, and used by no person|models on the list have no user/,
    );
    expect(wholeText(unused)).toContain("Nobody loses sign-in if");
    expect(noticesIn(ROOM)).toHaveLength(1);

    tenant.users
      .get(alan.id)
      ?.passkeys.push(samplePasskey(MODEL.unknownVendor, { seed: "alan", daysAgo: 0 }));
    await scan();
    const found = await teams.findText(ROOM, /New here: FIDO2 Key/);
    expect(wholeText(found)).toContain("1 person registered it.");
    expect(wholeText(found)).toContain("The policy does not allow it");
    expect(wholeText(found)).not.toContain(alan.name);
    expect(titleLike(found, /^Who uses it$/)).toBeDefined();

    await pressSay(ada, found, "Allow it");
    const plan = await teams.findText(ROOM, "Plan #1");
    expect(wholeText(plan)).toContain("FIDO2 Key");

    const byAsker = await teams.press(ada, found, "Put off", { inputs: { reason: "x" } });
    expect(byAsker.text).toContain("Authentication Policy Administrator");
    const without = await teams.press(grace, found, "Put off", { inputs: { reason: " " } });
    expect(without.text).toContain("it takes a reason");
    await teams.press(grace, found, "Put off", { inputs: { reason: "Alan tries it out" } });
    const off = await says(found, /Put off by/);
    expect(wholeText(off)).toContain("Alan tries it out");
    expect(buttonsOf(off.card)).toEqual([]);

    await teams.say(ada, "models");
    const models = wholeText(await teams.findText(teams.chatOf(ada), /^Models/));
    expect(models).toContain("Allowed, and used by no person");
    expect(models).toContain("Alan tries it out");

    // Neither a restart nor another scan says anything again; another room is told what is still open.
    await bot.restart();
    stage.turnTo(bot);
    await setRoom(ANOTHER);
    await scan();
    const again = await teams.findText(ANOTHER, /used by no person|have no user/);
    expect(again).toBeDefined();
    expect(noticesIn(ROOM)).toHaveLength(2);
    expect(noticesIn(ANOTHER)).toHaveLength(1);
    expect(stage.graph.patches()).toEqual([]);
  });
});

describe("models, where there are profiles", () => {
  it("are told of once by two processes, and taken off the list of the profile they are on", async () => {
    stage = await openStage({ tenant: { policy: "profiles" }, onPostgres: 2 });
    const { teams, tenant } = stage;
    const synced = () => tenant.policy.passkeyProfiles.find(({ name }) => name === "Synced");
    synced()?.keyRestrictions.aaGuids.push(UNUSED);
    await setRoom(ROOM);
    await scan();
    const unused = await teams.findText(ROOM, /used by no person|have no user/);
    const button = titleLike(unused, /^Remove .* · Synced$/);
    await pressSay(ada, unused, button);
    const plan = await teams.findText(ROOM, "Plan #1");
    await teams.press(grace, plan, "Approve");
    await says(plan, /Applied and verified/);
    expect(synced()?.keyRestrictions.aaGuids).not.toContain(UNUSED);

    tenant.users
      .get(alan.id)
      ?.passkeys.push(samplePasskey(MODEL.unknownVendor, { seed: "alan", daysAgo: 0 }));
    await scan();
    await teams.findText(ROOM, /New here: FIDO2 Key/);
    await scan();
    expect(noticesIn(ROOM)).toHaveLength(2);
  });
});
