import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { answeredAbout, askedAbout, BATCH, becomes, isScanCard, keyholders, repeated } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
let stage: Stage;
afterEach(() => stage?.close());

const isPlan = (message: Message): boolean => / Plan #\d+ · revision/.test(wholeText(message));
const plansIn = (person: typeof ada): readonly Message[] =>
  stage.teams.messages.filter(
    (message) => message.conversation === stage.teams.chatOf(person).id && isPlan(message),
  );

/** A moment in which a second plan would show, if there were one. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 700));
}

describe("enable passkeys as the first thing that is said", () => {
  it("shows how the scan goes, posts the plan when it is done, and needs no other scan for the next plan", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph, tenant } = stage;
    await teams.install(grace);
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 1_200, times: Infinity });
    await teams.say(ada, "enable passkeys");
    const progress = await teams.find(teams.chatOf(ada), isScanCard, "the card of the scan");
    expect(plansIn(ada)).toEqual([]);
    expect(buttonsOf(progress.card)).toEqual(["Cancel"]);
    const card = await teams.findText(teams.chatOf(ada), "Plan #1");
    await teams.findText(teams.chatOf(grace), "Plan #1");
    expect(wholeText(card)).toContain(`${keyholders(tenant).length} people with passkeys, all read at`);
    await becomes(stage, progress, /✔ Complete/);

    const before = graph.requests.length;
    await teams.say(ada, "enable passkeys ios only");
    await teams.findText(teams.chatOf(ada), "Plan #2");
    expect(askedAbout(graph, before)).toEqual([]);
    expect(graph.requests.slice(before).filter(({ path }) => /reports|auditLogs/.test(path))).toEqual([]);
    // Everybody is listed long before the first answers: the card knows how many there are.
    expect(wholeText(progress)).toMatch(/\d+ of \d+ people/);
  });
});

describe("kill -9", () => {
  it("in the middle of the scan: the next process goes on, reads nobody twice but those in flight, and posts one plan", async () => {
    stage = await openStage({ tenant: { people: 120 } });
    const { teams, graph, bot, tenant } = stage;
    await teams.install(grace);
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 1_700, times: Infinity });
    await teams.say(ada, "enable passkeys");
    const progress = await teams.find(teams.chatOf(ada), isScanCard, "the card of the scan");
    await eventually(
      () => answeredAbout(graph).length >= 15 || undefined,
      () => "the first answers",
    );
    // Long enough to store them, not long enough for the next ones.
    await new Promise((resolve) => setTimeout(resolve, 400));
    const known = answeredAbout(graph);
    await bot.stop("SIGKILL");
    graph.faults.clear();
    await bot.restart();
    await teams.findText(teams.chatOf(ada), "Plan #1");
    await teams.findText(teams.chatOf(grace), "Plan #1");
    await becomes(stage, progress, /✔ Complete/);
    await settled();
    expect(known.length).toBeLessThan(keyholders(tenant).length);
    expect(repeated(askedAbout(graph)).filter((id) => known.includes(id))).toEqual([]);
    expect(askedAbout(graph)).toEqual(expect.arrayContaining(keyholders(tenant).map(({ id }) => id)));
    expect(plansIn(ada)).toHaveLength(1);
    expect(plansIn(grace)).toHaveLength(1);
    expect(teams.messages.filter(isScanCard)).toHaveLength(1);
    await teams.say(ada, "show 2");
    await teams.findText(teams.chatOf(ada), /no plan #2/);
  });

  it("right after the scan: there is one plan, and the scan's card does not stay under way", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph, bot } = stage;
    await teams.install(grace);
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 1_200, times: Infinity });
    const killed = bot.killAt("scan-finished");
    await teams.say(ada, "enable passkeys");
    const progress = await teams.find(teams.chatOf(ada), isScanCard, "the card of the scan");
    await killed;
    expect(plansIn(ada)).toEqual([]);
    await bot.restart();
    await teams.findText(teams.chatOf(ada), "Plan #1");
    await teams.findText(teams.chatOf(grace), "Plan #1");
    await settled();
    expect(plansIn(ada)).toHaveLength(1);
    expect(plansIn(grace)).toHaveLength(1);
    await teams.say(ada, "show 2");
    await teams.findText(teams.chatOf(ada), /no plan #2/);
    await becomes(stage, progress, /✔ Complete/);
  });

  it("right after the plan was stored: whoever has to decide on it gets it from the next process", async () => {
    stage = await openStage();
    const { teams, graph, bot } = stage;
    await teams.install(grace);
    graph.faults.next({ path: new RegExp(`/users/${grace.id}/.*memberOf`, "i"), delayMs: 3_000, times: 3 });
    await teams.say(ada, "enable passkeys");
    await teams.findText(teams.chatOf(ada), "Plan #1");
    await bot.stop("SIGKILL");
    expect(plansIn(grace)).toEqual([]);
    graph.faults.clear();
    await bot.restart();
    await teams.findText(teams.chatOf(grace), "Plan #1");
  });
});
