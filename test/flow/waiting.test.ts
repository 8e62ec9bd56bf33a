import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { askedAbout, BATCH, becomes, finishedScan, isScanCard, repeated } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { type Message, wholeText } from "./teams.js";

const { ada, grace, linus, katherine } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
let stage: Stage;
afterEach(() => stage?.close());

const plansIn = (room: { id: string }): readonly Message[] =>
  stage.teams.messages.filter(
    (message) => message.conversation === room.id && / Plan #\d+ · revision/.test(wholeText(message)),
  );

describe("changes that wait for one scan", () => {
  it("each become one plan, whoever asked and wherever", async () => {
    stage = await openStage();
    const { teams, graph } = stage;
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 700, times: Infinity });
    await Promise.all([
      teams.say(ada, "enable passkeys"),
      teams.say(linus, "enable passkeys with attestation"),
      teams.say(grace, "enable passkeys unrestricted", ROOM),
    ]);
    const rooms = [teams.chatOf(ada), teams.chatOf(linus), ROOM];
    await Promise.all(rooms.map((room) => teams.findText(room, / Plan #\d+ · revision/)));
    for (const room of rooms) expect(plansIn(room)).toHaveLength(1);
    expect(repeated(askedAbout(graph))).toEqual([]);
  });

  it("are told when somebody cancels it, and nothing is proposed", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph } = stage;
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 3_000, times: Infinity });
    await teams.say(linus, "scan", ROOM);
    const card = await teams.find(ROOM, isScanCard, "the card of the scan");
    await teams.say(linus, "enable passkeys", ROOM);
    await teams.findText(ROOM, /This waits for the scan that is running/);
    await teams.say(ada, "enable passkeys");
    await new Promise((resolve) => setTimeout(resolve, 200));
    await teams.press(grace, card, "Cancel");
    await teams.findText(
      teams.chatOf(ada),
      /Ada Lovelace, about `enable passkeys`: .*cancelled by Grace Hopper/,
    );
    await teams.findText(ROOM, /Linus Pauling, about `enable passkeys`: .*cancelled by Grace Hopper/);
    expect(buttonsOf((await becomes(stage, card, /Cancelled by Grace Hopper/)).card)).toEqual([]);
    expect([...plansIn(teams.chatOf(ada)), ...plansIn(ROOM)]).toEqual([]);
  });

  it("are told when it cannot be made", async () => {
    stage = await openStage();
    const { teams, graph } = stage;
    graph.faults.next({ path: /userRegistrationDetails/, status: 403, times: Infinity });
    await teams.say(ada, "enable passkeys");
    const told = await teams.findText(teams.chatOf(ada), /Ada Lovelace, about `enable passkeys`/);
    expect(wholeText(told)).toMatch(/permission/i);
  });
});

describe("stopping", () => {
  it("in the middle of a scan is quick, and the next process goes on with it", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph, bot } = stage;
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 600, times: Infinity });
    await teams.say(ada, "scan", ROOM);
    const card = await teams.find(ROOM, isScanCard, "the card of the scan");
    const began = Date.now();
    expect(await bot.stop("SIGTERM")).toBe(0);
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(wholeText(teams.current(card))).toMatch(/Reading everyone's/);
    await bot.restart();
    expect((await finishedScan(stage, ROOM)).id).toBe(card.id);
    expect(repeated(askedAbout(graph))).toEqual([]);
  });

  it("by kill -9 while Scan now is under way still makes one new revision", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow", people: 80 } });
    const { teams, graph, bot } = stage;
    const [fault] = graph.faults.nextPasskeysOf([katherine.id], {
      status: 403,
      times: Infinity,
      inBatch: true,
    });
    await teams.say(ada, "disable passkeys", ROOM);
    const plan = await teams.findText(ROOM, "Plan #1");
    fault?.clear();
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 600, times: 1 });
    expect((await teams.press(linus, plan, "Scan now")).text).toMatch(/Scanning/);
    await bot.stop("SIGKILL");
    graph.faults.clear();
    await bot.restart();
    const anew = await becomes(stage, plan, /revision 2/);
    expect(buttonsOf(anew.card)).toContain("Approve");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(wholeText(teams.current(plan))).toMatch(/revision 2/);
  });
});
