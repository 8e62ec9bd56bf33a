import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { BotProcess } from "./bot-process.js";
import { buttonsOf } from "./read-card.js";
import { askedAbout, BATCH, becomes, finishedScan, isScanCard, keyholders, repeated } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
let stage: Stage;
afterEach(() => stage?.close());

async function twoBots(options: Parameters<typeof openStage>[0] = {}): Promise<[BotProcess, BotProcess]> {
  stage = await openStage({ ...options, onPostgres: 2 });
  const [one, two] = stage.bots;
  if (one === undefined || two === undefined) throw new Error("there are not two bots");
  return [one, two];
}

describe("two bots on one database", () => {
  it("carry one plan through: proposed at one, approved at the other, and the first one's card is redrawn", async () => {
    const [one, two] = await twoBots();
    const { teams, graph, tenant } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys", LOUNGE);
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    const asked = await teams.findText(LOUNGE, "Plan #1");
    expect(one.output).toContain("replica-started");

    stage.turnTo(two);
    const click = await teams.press(grace, card, "Approve");
    expect(click.status).toBe(200);
    for (const posted of [card, asked]) await becomes(stage, posted, /Applied and verified/);
    expect(buttonsOf(teams.current(asked).card)).not.toContain("Approve");
    expect(teams.messages.filter((message) => /Plan #1/.test(wholeText(message)))).toHaveLength(2);
    expect(tenant.policy.state).toBe("enabled");
    expect(graph.patches()).toHaveLength(1);
    expect(two.output).toContain("write-verified");
    expect(one.output).not.toContain("write-verified");
  });

  it("write once when both get the same click at the same time", async () => {
    const [one, two] = await twoBots();
    const { teams, graph } = stage;
    await teams.install(grace);
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(grace), "Plan #1");
    const clicks = [one, two].map((bot) => {
      stage.turnTo(bot);
      return teams.press(grace, card, "Approve");
    });
    for (const { status } of await Promise.all(clicks)) expect(status).toBe(200);
    await becomes(stage, card, /Applied and verified/);
    expect(graph.patches()).toHaveLength(1);
  });

  it("say only once that a plan's time is up", async () => {
    const [one, two] = await twoBots({ env: { PLAN_TTL_MINUTES: "0.05" } });
    const { teams } = stage;
    await teams.say(ada, "enable passkeys");
    const card = await teams.findText(teams.chatOf(ada), "Plan #1");
    await becomesSo(() => /[Ee]xpired/.test(wholeText(teams.current(card))));
    const records = await stage.database?.run("select body from audit where body like '%plan-expired%'");
    expect(records).toHaveLength(1);
    expect(one.output + two.output).not.toContain("background-task-failed");
  });
});

describe("a scan over two bots", () => {
  it("asked for at one is joined at the other: both people see it, everybody is read once", async () => {
    const [one, two] = await twoBots({ tenant: { people: 80 } });
    const { teams, graph, tenant } = stage;
    const slow = graph.faults.next({ method: "POST", path: BATCH, delayMs: 1_500, times: Infinity });
    await teams.say(ada, "scan", LOUNGE);
    await teams.find(LOUNGE, isScanCard, "the card of the scan");
    stage.turnTo(two);
    await teams.say(grace, "scan");
    await teams.find(teams.chatOf(grace), isScanCard, "the card of the scan");
    await teams.say(ada, "scan", LOUNGE);
    await teams.findText(LOUNGE, /A scan is running already/);
    slow.clear();
    const cards = await Promise.all([finishedScan(stage, LOUNGE), finishedScan(stage, teams.chatOf(grace))]);
    for (const card of cards) expect(wholeText(card)).toMatch(/asked by Ada Lovelace and 1 more/);
    expect(teams.messages.filter(isScanCard)).toHaveLength(2);
    expect(repeated(askedAbout(graph))).toEqual([]);
    expect(askedAbout(graph)).toEqual(expect.arrayContaining(keyholders(tenant).map(({ id }) => id)));
    expect(one.output).toContain("scan-finished");
    expect(two.output).not.toContain("scan-finished");
  });

  it("run by one is cancelled at the other, which can start the next", async () => {
    const [one, two] = await twoBots({ tenant: { people: 80 } });
    const { teams, graph } = stage;
    const slow = graph.faults.next({ method: "POST", path: BATCH, delayMs: 2_000, times: Infinity });
    await teams.say(ada, "scan", LOUNGE);
    const card = await teams.find(LOUNGE, isScanCard, "the card of the scan");
    stage.turnTo(two);
    expect((await teams.press(grace, card, "Cancel")).text).toMatch(/Cancelled by Grace Hopper/);
    await becomes(stage, card, /Cancelled by Grace Hopper/);
    await becomesSo(() => one.output.includes("scan-left"));
    slow.clear();
    await teams.say(ada, "scan", LOUNGE);
    const next = await teams.find(
      LOUNGE,
      (message) => isScanCard(message) && message.id !== card.id,
      "the card of the next scan",
    );
    await becomes(stage, next, /✔ Complete/);
    expect(two.output).toContain("scan-finished");
    expect(wholeText(teams.current(card))).toMatch(/Cancelled by Grace Hopper/);
    expect(one.output).not.toContain("scan-interrupted");
  });

  it("whose process is killed is taken over by the other, and what waits for it is answered once", async () => {
    const [one, two] = await twoBots({ tenant: { people: 80 } });
    const { teams, graph } = stage;
    const slow = graph.faults.next({ method: "POST", path: BATCH, delayMs: 3_000, times: Infinity });
    await teams.say(ada, "enable passkeys", LOUNGE);
    const card = await teams.find(LOUNGE, isScanCard, "the card of the scan");
    await scanIsKnownToStandThere();
    await one.stop("SIGKILL");
    slow.clear();
    stage.turnTo(two);
    await becomesSo(() => /✔ Complete/.test(wholeText(teams.current(card))));
    await teams.findText(LOUNGE, "Plan #1");
    expect(teams.messages.filter(isScanCard)).toHaveLength(1);
    expect(teams.messages.filter((message) => /Plan #\d/.test(wholeText(message)))).toHaveLength(1);
    expect(two.output).toContain("replica-gone");
  });
});

/** A card that Teams took is the others' to draw once the store knows of it, which is a moment later. */
async function scanIsKnownToStandThere(): Promise<void> {
  const client = new pg.Client({ connectionString: stage.database?.url });
  await client.connect();
  try {
    const isKnown = async () => {
      const { rowCount } = await client.query(
        "select message_id from postings where kind = 'scan' and poster = ''",
      );
      return rowCount === 1 || undefined;
    };
    await eventually(isKnown, () => "the store to know where the scan's card stands");
  } finally {
    await client.end();
  }
}

async function becomesSo(isSo: () => boolean): Promise<void> {
  await eventually(
    () => isSo() || undefined,
    () => `it to be so: ${isSo}`,
  );
}
