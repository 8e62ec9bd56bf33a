import { afterEach, describe, expect, it } from "vitest";
import { MODEL } from "../../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../../simulators/tenant/sample-passkeys.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { BATCH, finishedScan, isScanCard } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace, alan } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const A_DAY = 24 * 3_600_000 + 60_000;
let stage: Stage;
afterEach(() => stage?.close());

/** Lines of the log of all processes with that event, and these words if any. */
function logged(event: string, words = ""): readonly string[] {
  const lines = stage.bots.flatMap(({ output }) => output.split("\n"));
  return lines.filter((line) => line.includes(`"event":"${event}"`) && line.includes(words));
}
const ownScans = () => logged("scan-finished", '"begunBy":"latchkey"').length;

/** Waits for samples of adoption of so many days. */
function areSampled(count: number): Promise<true> {
  return eventually(
    async () => {
      const rows = (await stage.database?.run("select day from adoption_samples")) ?? [];
      return rows.length >= count ? (true as const) : undefined;
    },
    () => `${count} samples of adoption`,
  );
}

function haveEnded(count: number): Promise<true> {
  return eventually(
    () => (ownScans() >= count ? (true as const) : undefined),
    () =>
      `${count} scans of Latchkey's own:\n${stage.bots
        .map(({ output }) => output)
        .join("\n")
        .slice(-4000)}`,
  );
}

/** Ada has everybody read once: from then on it is daily. */
async function firstScan(): Promise<void> {
  await stage.teams.say(ada, "scan");
  await finishedScan(stage, stage.teams.chatOf(ada));
}

describe("a scan of Latchkey's own, with two processes", () => {
  it("comes a day later without a word, once: a new model is noticed, the day has its sample, no card is posted", async () => {
    stage = await openStage({ tenant: { policy: "profiles" }, onPostgres: 2, hasClock: true });
    const { teams, graph } = stage;
    await teams.say(grace, "approvals here", ROOM);
    await teams.findText(ROOM, /posted here from now on/);
    await firstScan();
    await areSampled(1);
    graph.registerPasskey(alan.id, samplePasskey(MODEL.unknownVendor, { seed: "alan", daysAgo: 0 }));

    await stage.timePasses(A_DAY);
    const notice = await teams.findText(ROOM, /New here: FIDO2 Key/);
    expect(wholeText(notice)).toContain("1 person registered it.");
    await areSampled(2);
    await stage.timePasses(A_DAY);
    await haveEnded(2);
    expect(logged("scan-started", '"begunBy":"latchkey"')).toHaveLength(2);
    expect(teams.messages.filter(isScanCard)).toHaveLength(1);
    expect(graph.patches()).toEqual([]);

    await teams.say(ada, "status");
    const status = await teams.findText(teams.chatOf(ada), /How passkeys stand/);
    expect(wholeText(status)).toMatch(/by Latchkey itself; everybody was read/);
  });
});

describe("a scan of Latchkey's own, alone", () => {
  it("goes on after a restart, and is joined by a person who asks", async () => {
    stage = await openStage({
      tenant: { policy: "legacy-allow" },
      hasClock: true,
      env: { SCAN_FULL_DAYS: "0" },
    });
    const { teams, graph, bot } = stage;
    await firstScan();

    // Graph is too busy to answer about people, until the process is another one.
    graph.faults.next({ path: BATCH, status: 429, retryAfter: 3_600, times: Infinity });
    const killed = bot.killAt('"event":"scan-started"');
    await stage.timePasses(A_DAY);
    await killed;
    graph.faults.clear();
    await bot.restart();
    await haveEnded(1);
    expect(logged("scan-resumed")).toHaveLength(1);
    expect(logged("scan-started", '"begunBy":"latchkey"')).toHaveLength(1);

    // Again, until she has joined.
    graph.faults.next({ path: BATCH, status: 429, retryAfter: 5, times: Infinity });
    await stage.timePasses(A_DAY);
    await eventually(
      () => (logged("scan-started", '"begunBy":"latchkey"').length === 2 ? true : undefined),
      () => "the second scan",
    );
    await teams.say(grace, "scan");
    await teams.find(teams.chatOf(grace), isScanCard, "the card of the scan that she joined");
    graph.faults.clear();
    const joined = await finishedScan(stage, teams.chatOf(grace));
    expect(wholeText(joined)).toMatch(/begun by Latchkey itself, joined by Grace Hopper/);
  });
});
