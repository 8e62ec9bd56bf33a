import { afterEach, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { verifyEvidence } from "../../src/audit-cli/evidence.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
let stage: Stage;
afterEach(() => stage?.close());

async function answerTo(text: string, room: Parameters<Stage["teams"]["find"]>[0]): Promise<string> {
  const { teams } = stage;
  const seen = teams.messages.length;
  await teams.say(ada, text, room);
  const later = () => teams.answerAfter(seen, room.id);
  return wholeText(
    await eventually(
      () => later(),
      () => `an answer to ${text}`,
    ),
  );
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

/** Two plans: a model is removed and that is approved; a group is added and that is rejected. */
async function twoPlans(where = ""): Promise<void> {
  const { teams } = stage;
  await teams.say(grace, "approvals here", ROOM);
  await teams.findText(ROOM, /posted here from now on/);
  await teams.say(ada, `allow ${MODEL.titan.aaguid}${where}`, ROOM);
  const first = await teams.findText(ROOM, "Plan #1 ");
  await teams.press(grace, first, "Approve");
  await says(first, /Applied and verified/);
  await teams.say(ada, "exclude group Helpdesk", ROOM);
  const second = await teams.findText(ROOM, "Plan #2 ");
  await teams.press(grace, second, "Reject", { inputs: { reason: "not yet" } });
  await says(second, /Rejected/);
}

describe("the history of one thing, with one set of rules", () => {
  it("names the plans about a model, a group and a person, and no others; of a person not where others read", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow" } });
    await twoPlans();
    const own = stage.teams.chatOf(ada);
    const ofModel = await answerTo(`history of ${MODEL.titan.aaguid}`, own);
    expect(ofModel).toContain("#1");
    expect(ofModel).not.toContain("#2");
    const ofGroup = await answerTo("history of group Helpdesk", ROOM);
    expect(ofGroup).toContain("#2");
    expect(ofGroup).not.toContain("#1");
    const ofGrace = await answerTo(`history of ${grace.name}`, own);
    expect(ofGrace).toContain(`${grace.name} approved it`);
    expect(ofGrace).toContain(`${grace.name} decided it`);
    expect(await answerTo("history of Nobody Atall", own)).toContain("Nothing here is called");
    const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
    expect(await answerTo(`history of ${grace.name}`, LOUNGE)).toContain("where others read along");
    expect(await stage.bot.storedText()).toContain("person-looked-at");
  });
});

describe("the record of a rollout, with profiles", () => {
  it("has the history of a profile, and one file over all plans, which can be checked by itself", async () => {
    stage = await openStage({ tenant: { policy: "profiles" } });
    await twoPlans(" in profile Synced with device-bound passkeys");
    const own = stage.teams.chatOf(ada);
    expect(await answerTo("history of profile Synced", own)).toContain("#1");
    const { teams, bot } = stage;
    await teams.say(ada, "evidence of the rollout");
    const card = await teams.findText(own, /Evidence of the rollout/);
    const secret = /https:\/\/latchkey\.example(\/evidence\/[\w-]+)/.exec(JSON.stringify(card.card))?.[1];
    if (secret === undefined) throw new Error("no link on the card");
    const response = await fetch(`${new URL(bot.url).origin}${secret}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain("latchkey-rollout-evidence.html");
    const page = await response.text();
    expect(page).toContain('<article id="plan-1">');
    expect(page).toContain('<article id="plan-2">');
    const said: string[] = [];
    const output = { write: async (text: string) => void said.push(text) };
    expect(await verifyEvidence(page, output as never)).toBe(true);
    expect(said.join("")).toMatch(/^Intact: records/);
    expect(await verifyEvidence(page.replaceAll("not yet", "at once"), output as never)).toBe(false);
    expect(await verifyEvidence(page.replace('content="1 2"', 'content="1"'), output as never)).toBe(false);
  });
});
