import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buttonsOf } from "./read-card.js";
import { askedAbout, BATCH, becomes, finishedScan, isScanCard, keyholders, repeated } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { wholeText } from "./teams.js";

const { ada, grace, linus } = SAMPLE_PEOPLE;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;
let stage: Stage;
afterEach(() => stage?.close());

describe("scan", () => {
  it("while Graph throttles is one card that is kept up to date and says how far it is and what it waits for", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph, tenant } = stage;
    graph.throttle({ requests: 25, perSeconds: 3 });
    await teams.say(ada, "scan", LOUNGE);
    const begun = await teams.find(LOUNGE, isScanCard, "the card of the scan");
    expect(buttonsOf(begun.card)).toEqual(["Cancel"]);
    const done = await finishedScan(stage, LOUNGE);
    expect(done.id).toBe(begun.id);
    expect(teams.messages.filter(isScanCard)).toHaveLength(1);

    const said = done.versions.map(wholeText);
    expect(said.slice(0, -1).every((words) => /Reading everyone's passkeys/.test(words))).toBe(true);
    const shares = said.flatMap(
      (words) => /\*\*(\d+) of (\d+) people/.exec(words)?.slice(1).map(Number) ?? [],
    );
    expect(shares.length).toBeGreaterThan(0);
    const pauses = done.versions.slice(1).map(({ at }, index) => at - (done.versions[index]?.at ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThan(1_900);

    const truth = keyholders(tenant);
    const models = new Set(
      truth.flatMap(({ passkeys }) => passkeys.map(({ aaGuid }) => aaGuid.toLowerCase())),
    );
    expect(wholeText(done)).toContain(`${truth.length} people with passkeys, of ${models.size} models.`);
    expect(wholeText(done)).toMatch(/Everybody who was asked about could be read/);
    expect(wholeText(done)).toMatch(/registration report/);
    expect(wholeText(done)).toMatch(/disabled accounts/);
    expect(buttonsOf(done.card)).toEqual([]);
    expect(graph.counts.throttled).toBeGreaterThan(0);
    expect(said.some((words) => /Waiting for Graph.*asked for a pause until/.test(words))).toBe(true);
  });

  it("is ended by those who asked and by approvers, refused to others within five seconds, and leaves nothing", async () => {
    stage = await openStage();
    const { teams, graph } = stage;
    const slow = graph.faults.next({ method: "POST", path: BATCH, delayMs: 15_000, times: Infinity });
    await teams.say(ada, "scan", LOUNGE);
    const card = await teams.find(LOUNGE, isScanCard, "the card of the scan");
    const others = await teams.press(linus, card, "Cancel");
    expect(others.text).toMatch(/asked for this scan, or an approver/);
    expect(others.statusCode).toBe(200);
    expect(buttonsOf(teams.current(card).card)).toEqual(["Cancel"]);

    const late = graph.faults.next({
      path: /memberOf|directoryRole|roleManagement/i,
      delayMs: 6_000,
      times: 9,
    });
    const began = Date.now();
    const hurried = await teams.press(linus, card, "Cancel");
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(hurried.status).toBe(200);
    late.clear();

    await teams.say(ada, "scan", LOUNGE);
    await teams.findText(LOUNGE, /A scan is running already/);
    expect((await teams.press(ada, card, "Cancel")).text).toMatch(/Cancelled by Ada Lovelace/);
    await becomes(stage, card, /Cancelled by Ada Lovelace/);
    expect(buttonsOf(teams.current(card).card)).toEqual([]);
    expect((await teams.press(grace, card, "Cancel")).text).toMatch(/has ended already/);
    await teams.say(ada, "who uses token2", LOUNGE);
    await teams.findText(LOUNGE, /Nobody's passkeys have been read yet/);

    await teams.say(ada, "scan", LOUNGE);
    const second = await teams.find(LOUNGE, (message) => isScanCard(message) && message.id !== card.id, "it");
    expect((await teams.press(grace, second, "Cancel")).text).toMatch(/Cancelled by Grace Hopper/);
    slow.clear();
  });

  it("asked for by a second person elsewhere is joined: two cards, nobody read twice", async () => {
    stage = await openStage({ tenant: { people: 80 } });
    const { teams, graph, tenant } = stage;
    graph.faults.next({ method: "POST", path: BATCH, delayMs: 900, times: Infinity });
    await teams.say(ada, "scan", LOUNGE);
    await teams.find(LOUNGE, isScanCard, "the card of the scan");
    await teams.say(grace, "scan");
    const cards = await Promise.all([finishedScan(stage, LOUNGE), finishedScan(stage, teams.chatOf(grace))]);
    for (const card of cards) expect(wholeText(card)).toMatch(/asked by Ada Lovelace and 1 more/);
    expect(teams.messages.filter(isScanCard)).toHaveLength(2);
    expect(repeated(askedAbout(graph))).toEqual([]);
    expect(askedAbout(graph)).toEqual(expect.arrayContaining(keyholders(tenant).map(({ id }) => id)));
  });
});
