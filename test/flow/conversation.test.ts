import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type TeamsPerson, wholeText } from "./teams.js";

const { ada, grace, linus, alan } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ tenant: { policy: "legacy-allow" } });
  await stage.teams.install(grace);
});
afterAll(() => stage?.close());

async function answerTo(person: TeamsPerson, text: string, answer: string | RegExp) {
  const seen = stage.teams.messages.length;
  await stage.teams.say(person, text);
  const room = stage.teams.chatOf(person);
  return eventually(
    () =>
      stage.teams.messages
        .slice(seen)
        .find((message) => message.conversation === room.id && new RegExp(answer).test(wholeText(message))),
    () => `${answer} after ${text}`,
  );
}

describe("in a chat", () => {
  it("help lists what can be said, and show policy says how it is today", async () => {
    await answerTo(ada, "help", /enable passkeys for group/);
    await answerTo(linus, "show policy", /passkey/i);
  });

  it.each(["<at>Latchkey</at> help", "<at>Latchkey</at>\n\n&nbsp;help", "\n\n&nbsp;help"])(
    "understands %j also when the client names no mentions",
    async (text) => {
      const seen = stage.teams.messages.length;
      await stage.teams.send(stage.teams.message(linus, text));
      await eventually(
        () => stage.teams.messages.slice(seen).find((message) => /What you can say/.test(wholeText(message))),
        () => `help after ${JSON.stringify(text)}`,
      );
    },
  );

  it("a near miss is asked back and nothing is proposed", async () => {
    await answerTo(ada, "enabel passkeys", /Did you mean.*enable passkeys/i);
  });

  it("an empty message and 100 KB of text get a sentence", async () => {
    await answerTo(ada, "  ", /help/);
    await answerTo(ada, "x".repeat(100_000), /100,?000 characters/);
  });

  it.each([
    ["enable passkeys for group Nobody Has This Name", /no group named/i],
    ["enable passkeys for group Contractors", /2 groups are named/i],
    ["enable passkeys in profile Gold", /no passkey profile/i],
    ["show 4711", /no plan #4711/i],
    ["cancel", /nothing to cancel/i],
    ["enable passkeys at noon", /at noon/],
  ])("%j is answered with the next step, and no plan is made", async (text, answer) => {
    await answerTo(ada, text, answer);
    expect(stage.teams.messages.some((message) => wholeText(message).includes("Plan #1 "))).toBe(false);
  });

  it("someone without a role is turned away politely, and thanks get no answer", async () => {
    await answerTo(alan, "show policy", /role/);
    const before = stage.teams.messages.length;
    await stage.teams.say(alan, "thank you");
    await stage.teams.say(ada, "thanks, see you on Monday");
    await answerTo(ada, "pending", /nothing|no plan/i);
    expect(stage.teams.messages).toHaveLength(before + 1);
  });
});

describe("a plan's life in several places", () => {
  it("is posted to the approval room; the requester may not approve it there, and a rejection reaches every copy", async () => {
    const { teams, graph } = stage;
    await teams.say(linus, "approvals here", ROOM);
    await teams.findText(ROOM, /Authentication Policy Administrator/);
    await teams.say(grace, "approvals here", ROOM);
    await teams.findText(ROOM, /approval/i);

    await teams.say(ada, "enable passkeys only for group Pilot", LOUNGE);
    const places = [LOUNGE, ROOM, teams.chatOf(grace)];
    const copies = await Promise.all(places.map((room) => teams.findText(room, "Plan #1 ")));
    const [lounge, room] = copies;
    if (!lounge || !room) throw new Error("no copies");
    expect(buttonsOf(lounge.card)).toEqual(expect.arrayContaining(["Approve", "Reject"]));

    expect((await teams.press(ada, room, "Approve")).text).toMatch(/asked for plan #1 yourself/);
    await teams.press(grace, room, "Reject", { inputs: { reason: "Not before the <audit> is *done*" } });
    for (const copy of copies) {
      const current = await eventually(
        () => (/rejected/i.test(wholeText(teams.current(copy))) ? teams.current(copy) : undefined),
        () => `a rejected card; it says ${wholeText(teams.current(copy))}`,
      );
      expect(wholeText(current)).toMatch(/Grace Hopper/);
      expect(wholeText(current).replaceAll("\\", "")).toMatch(/Not before the <audit> is \*done\*/);
      expect(buttonsOf(current.card)).not.toContain("Reject");
    }
    expect((await teams.press(grace, room, "Approve")).text).toMatch(/already rejected/);
    expect(graph.patches()).toHaveLength(0);
  });

  it("is listed as pending, shown and cancelled by number", async () => {
    const { teams } = stage;
    await teams.say(ada, "enable passkeys with attestation");
    const mine = await teams.findText(teams.chatOf(ada), "Plan #2 ");
    expect(buttonsOf(mine.card)).toContain("Cancel");
    await answerTo(grace, "pending", /#2/);
    await answerTo(linus, "cancel 2", /Only the person who asked/);
    await answerTo(linus, "show #2", /Plan #2 /);
    await teams.say(ada, "cancel 2");
    await teams.findText(teams.chatOf(grace), /Plan #2 .*Cancelled/i);
    await answerTo(ada, "pending", /nothing|no plan/i);
  });

  it("shows names in a lounge only to the person who asks for them", async () => {
    const { teams } = stage;
    await teams.say(ada, "disable passkeys", LOUNGE);
    const card = await teams.findText(LOUNGE, "Turn passkeys off");
    expect(wholeText(card)).not.toMatch(/Katherine Johnson/);
    expect(wholeText(await teams.findText(ROOM, "Turn passkeys off"))).toMatch(
      /Emergency Access 1|Katherine Johnson/,
    );
    const [more] = buttonsOf(card.card).filter((title) => /^Show all/.test(title));
    const answer = await teams.press(linus, card, more ?? "Show all");
    expect(answer.text).toMatch(/Katherine Johnson/);
    expect(wholeText(teams.current(card))).not.toMatch(/Katherine Johnson/);
    expect((await teams.press(alan, card, more ?? "Show all")).text).toMatch(/role/);
  });
});

describe("no token and no secret", () => {
  it("is in a log line, a stored file or a card", async () => {
    const { teams, entra, bot } = stage;
    await teams.say(ada, "enable passkeys ios only");
    const card = await teams.findText(teams.chatOf(grace), "on iOS");
    await teams.press(grace, card, "Approve");
    await teams.findText(teams.chatOf(grace), "Applied and verified");
    await bot.stop();
    const cards = teams.received.map((request) => JSON.stringify(request.body)).join("\n");
    const places = { log: bot.output, files: await bot.storedText(), cards };
    expect(entra.issued.size).toBeGreaterThan(5);
    for (const [place, text] of Object.entries(places)) {
      const leaked = [...entra.issued].filter((secret) => text.includes(secret));
      expect(leaked, place).toEqual([]);
      expect(text, place).not.toMatch(/eyJ[\w-]{20,}\.eyJ/);
    }
  });
});
