import { afterEach, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf, findButton } from "./read-card.js";
import { askedAbout, becomes } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { type Message, wholeText } from "./teams.js";

const { ada, grace, linus, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
let stage: Stage;
afterEach(() => stage?.close());

async function openWithRoom(options: Parameters<typeof openStage>[0]): Promise<Stage> {
  stage = await openStage(options);
  await stage.teams.say(grace, "approvals here", ROOM);
  await stage.teams.findText(ROOM, /posted here from now on/);
  return stage;
}

const offers = (message: Message, title: string): boolean => buttonsOf(message.card).includes(title);

/** Approve as an old card has it, whatever else was to be pressed on that. */
async function pressOldApprove(message: Message) {
  const { data } = findButton(message.card, "Reject");
  const card = {
    type: "AdaptiveCard",
    body: [],
    actions: [{ type: "Action.Execute", title: "Approve", verb: "approve", data }],
  };
  return stage.teams.press(grace, { ...message, card }, "Approve");
}

describe("somebody whose passkeys cannot be read", () => {
  it("keeps a plan that narrows from being approved until Scan now has read them", async () => {
    const { teams, graph, tenant } = await openWithRoom({ tenant: { policy: "legacy-allow" } });
    graph.faults.nextPasskeysOf([katherine.id], { status: 403, times: Infinity, inBatch: true });
    await teams.say(ada, "disable passkeys", LOUNGE);
    const inRoom = await teams.findText(ROOM, "Plan #1");
    const inLounge = await teams.findText(LOUNGE, "Plan #1");
    expect(wholeText(inRoom)).toMatch(/1 person could not be read: Katherine Johnson/);
    expect(wholeText(inLounge)).toMatch(/1 person could not be read/);
    expect(wholeText(inLounge)).not.toMatch(/Katherine/);
    for (const card of [inRoom, inLounge]) {
      expect(offers(card, "Approve")).toBe(false);
      expect(offers(card, "Scan now")).toBe(true);
      expect(offers(card, "Reject")).toBe(true);
    }
    expect((await pressOldApprove(inRoom)).text).toMatch(/Nothing was written/);

    expect((await teams.press(linus, inLounge, "Scan now")).status).toBe(200);
    const still = await becomes(stage, inRoom, /revision 2/);
    expect(wholeText(still)).toMatch(/Katherine Johnson/);
    expect(offers(still, "Approve")).toBe(false);

    graph.faults.clear();
    const from = graph.requests.length;
    await Promise.all([teams.press(linus, still, "Scan now"), teams.press(grace, still, "Scan now")]);
    const read = await becomes(stage, inRoom, /revision 3/);
    const anew = askedAbout(graph, from);
    expect(anew).toContain(katherine.id);
    // Besides, the report still lists somebody who was deleted. One scan, though two people pressed.
    expect(anew.filter((id) => !tenant.users.get(id)?.deleted)).toEqual([katherine.id]);
    expect(offers(read, "Approve")).toBe(true);
    expect(offers(read, "Scan now")).toBe(false);
    expect((await pressOldApprove(still)).text).toMatch(/at revision 3 now/);
    expect(graph.patches()).toEqual([]);
    await teams.press(grace, read, "Approve");
    await becomes(stage, inRoom, /Applied and verified/);
    await becomes(stage, inLounge, /Applied and verified/);
    expect(tenant.policy.state).toBe("disabled");
    expect(wholeText(teams.current(inRoom))).not.toMatch(/revision 4/);
  });
});

describe("a scan that is too old", () => {
  it("offers Scan now in place of Approve, refuses an old Approve, and can be approved after Scan now", async () => {
    // Two seconds and a half.
    const { teams, graph, tenant } = await openWithRoom({
      tenant: { policy: "legacy-allow" },
      env: { SCAN_MAX_AGE_HOURS: "0.0007" },
    });
    const began = Date.now();
    await teams.say(ada, "disable passkeys");
    const young = await teams.findText(ROOM, "Plan #1");
    expect(offers(young, "Approve")).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, began + 3_300 - Date.now()));
    expect((await teams.press(grace, young, "Approve")).text).toMatch(
      /too old.*Nothing was written.*Scan now/,
    );
    expect(graph.patches()).toEqual([]);

    // What takes nothing from anybody may rest on a scan of any age.
    await teams.say(ada, "allow keys in use");
    const widening = await teams.findText(ROOM, "Plan #2");
    expect(offers(widening, "Approve")).toBe(true);
    await teams.press(grace, widening, "Approve");
    await becomes(stage, widening, /Applied and verified/);

    await teams.say(ada, `remove ${MODEL.yubikey5Nfc54.aaguid}`);
    const old = await teams.findText(ROOM, "Plan #3");
    expect(offers(old, "Approve")).toBe(false);
    expect(offers(old, "Scan now")).toBe(true);
    await teams.press(grace, old, "Scan now");
    const fresh = await becomes(stage, old, /revision 2/);
    expect(offers(fresh, "Approve")).toBe(true);
    await teams.press(grace, fresh, "Approve");
    await becomes(stage, old, /Applied and verified/);
    expect(tenant.policy.keyRestrictions.aaGuids).not.toContain(MODEL.yubikey5Nfc54.aaguid);
  });
});
