import { afterEach, describe, expect, it } from "vitest";
import { messageFrom, pressFrom } from "../../simulators/teams/activities.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import type { BotProcess } from "./bot-process.js";
import { findButton } from "./read-card.js";
import { becomes } from "./scan-facts.js";
import { openStage, type Stage, type StageOptions } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace, linus } = SAMPLE_PEOPLE;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
const ENGINES: readonly (readonly [string, Pick<StageOptions, "onPostgres">])[] = [
  ["SQLite", {}],
  ["PostgreSQL", { onPostgres: 2 }],
];
let stage: Stage;
afterEach(() => stage?.close());

const isPlan = (message: Message) => /Plan #\d+ ·/.test(wholeText(message));
/** Numbers of all plans there are, by the cards of them. */
function plans(): readonly number[] {
  const numbers = stage.teams.messages
    .filter(isPlan)
    .map((message) => /Plan #(\d+) ·/.exec(wholeText(message))?.[1]);
  return [...new Set(numbers.map(Number))].sort((a, b) => a - b);
}

const isAnswer = (message: Message) => /can approve a plan/.test(wholeText(message));
const knownAgain = ({ output }: BotProcess) => output.split("message-delivered-again").length;
/** What Teams puts around everything for this bot. */
const envelope = () => ({
  tenantId: stage.tenant.tenantId,
  clientId: stage.tenant.clientId,
  serviceUrl: stage.teams.serviceUrl,
});

const lastBot = (): BotProcess => {
  const bot = stage.bots.at(-1);
  if (bot === undefined) throw new Error("there is no bot");
  return bot;
};

describe.each(ENGINES)("one request is one plan, on %s", (_, engine) => {
  it("when Teams delivers a message again: at once, later, to the other process, and after a restart", async () => {
    stage = await openStage(engine);
    const { teams, bot, graph } = stage;
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), /✔ Complete/);
    const message = teams.message(ada, "enable passkeys");
    // Both at the same moment, and where there are two processes at both of them.
    const first = teams.send(message);
    stage.turnTo(lastBot());
    await Promise.all([first, teams.send(message)]);
    const card = await teams.find(teams.chatOf(ada), isPlan, "the plan");
    await teams.send(message);
    await bot.stop();
    await bot.restart();
    stage.turnTo(bot);
    await teams.send(message);
    await teams.say(ada, "pending");
    await teams.findText(teams.chatOf(ada), /1 plan/);
    // What the message asked for was decided meanwhile: still it is the same message.
    await teams.say(ada, "cancel 1");
    await teams.findText(teams.chatOf(ada), "Plan #1 is cancelled");
    await teams.send(message);
    await teams.say(ada, "pending");
    await teams.findText(teams.chatOf(ada), /Nothing/);
    expect(plans()).toEqual([1]);
    expect(
      teams.messages.filter((each) => isPlan(each) && each.conversation === card.conversation),
    ).toHaveLength(1);
    expect(graph.patches()).toHaveLength(0);
    await teams.say(ada, "history");
    const history = await teams.findText(teams.chatOf(ada), "The last plan");
    expect(wholeText(history)).not.toContain("#2");
  });

  it("when a press comes again with its sign-in: at once, at the other process, and after a restart", async () => {
    stage = await openStage(engine);
    const { teams, bot, graph, entra } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.find(teams.chatOf(grace), isPlan, "the plan");
    const { verb, data } = findButton(card.card, "Approve");
    const press = pressFrom(envelope(), grace, teams.chatOf(grace), {
      card: card.id,
      action: { type: "Action.Execute", verb, data, title: "Approve" },
      authentication: { id: "a sign-in", token: await entra.issueSsoToken(grace.id) },
    });
    const first = teams.send(press);
    stage.turnTo(lastBot());
    await Promise.all([first, teams.send(press)]);
    await becomes(stage, card, /Applied and verified/);
    await bot.stop();
    await bot.restart();
    stage.turnTo(bot);
    expect((await teams.send(press)).status).toBe(200);
    expect(wholeText(teams.current(card))).toMatch(/Applied and verified/);
    expect(graph.patches()).toHaveLength(1);
    expect(
      teams.messages.filter((each) => isPlan(each) && each.conversation === card.conversation),
    ).toHaveLength(1);
  });

  it("when a button that says words, or a question, is delivered again: one plan, and one answer", async () => {
    stage = await openStage(engine);
    const { teams, bot } = stage;
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), /✔ Complete/);
    const said: JsonObject = {
      ...messageFrom(envelope(), ada, teams.chatOf(ada), ""),
      value: { say: "enable passkeys" },
    };
    const question = teams.message(ada, "who can approve");
    const deliver = () => Promise.all([teams.send(said), teams.send(question)]);
    const first = deliver();
    stage.turnTo(lastBot());
    await Promise.all([first, deliver()]);
    await teams.find(teams.chatOf(ada), isPlan, "the plan");
    await teams.find(teams.chatOf(ada), isAnswer, "the answer");
    await bot.stop();
    await bot.restart();
    stage.turnTo(bot);
    const before = knownAgain(bot);
    await deliver();
    await eventually(
      () => knownAgain(bot) === before + 2 || undefined,
      () => "both to be known again",
    );
    expect(plans()).toEqual([1]);
    for (const isIt of [isPlan, isAnswer]) expect(teams.messages.filter(isIt)).toHaveLength(1);
  });

  it("when two people ask for the same at the same moment: both see the plan, and no second one is made", async () => {
    stage = await openStage(engine);
    const { teams } = stage;
    await teams.install(grace);
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), /✔ Complete/);
    const first = teams.say(ada, "enable passkeys");
    stage.turnTo(lastBot());
    await Promise.all([first, teams.say(linus, "enable passkeys", LOUNGE)]);
    await teams.find(teams.chatOf(ada), isPlan, "the plan");
    await teams.find(LOUNGE, isPlan, "the plan");
    const told = () => teams.messages.filter((each) => /is this very change and waits/.test(wholeText(each)));
    await eventually(
      () => (told().length === 1 ? true : undefined),
      () => "one of the two to be told",
    );
    await teams.say(ada, "enable passkeys");
    await teams.findText(teams.chatOf(ada), /Plan #1, which .* asked for, is this very change and waits/);
    expect(plans()).toEqual([1]);
  });

  it("when a person asks for ever more: the eleventh is refused, with what to do", async () => {
    stage = await openStage(engine);
    const { teams, tenant } = stage;
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), /✔ Complete/);
    for (let at = 1; at <= 10; at += 1) {
      tenant.policy.isSelfServiceRegistrationAllowed = !tenant.policy.isSelfServiceRegistrationAllowed;
      tenant.policy.somethingNew = at;
      await teams.say(ada, "enable passkeys");
      await teams.findText(teams.chatOf(ada), `Plan #${at} ·`);
    }
    tenant.policy.somethingNew = 11;
    await teams.say(ada, "enable passkeys");
    await teams.findText(
      teams.chatOf(ada),
      /You have 10 open plans, .* Say `pending` to see them and `cancel 1`/,
    );
    await teams.say(ada, "cancel 1");
    await teams.findText(teams.chatOf(ada), "Plan #1 is cancelled");
    await teams.say(ada, "enable passkeys");
    await teams.findText(teams.chatOf(ada), "Plan #11 ·");
  });
});
