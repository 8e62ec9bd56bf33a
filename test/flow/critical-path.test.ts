import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SamplePerson } from "../../simulators/tenant/sample-people.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { pause, until } from "../faults/until.js";
import { Rounds } from "./rounds.js";
import { openStage, type Stage } from "./stage.js";
import { wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROLES = /transitiveMemberOf\/microsoft\.graph\.directoryRole/;
const POLICY = /^GET .*\/authenticationMethodConfigurations\/fido2$/;
const WRITE = /^PATCH .*\/authenticationMethodConfigurations\/fido2$/;
const TOKEN = /^POST .*\/oauth2\/v2\.0\/token$/;
const AUDIT_LOG = /auditLogs/;

const wire = new Rounds();
let stage: Stage;

/** A plan of Ada's, its card in Grace's chat. */
async function propose(text: string, number: number) {
  const { teams } = stage;
  await teams.say(ada, text);
  return teams.findText(teams.chatOf(grace), `Plan #${number} `);
}

/** The requests of a round, each by the first of these that fits. */
function named(round: readonly string[] | undefined): readonly string[] {
  const names = { ROLES, POLICY, WRITE, TOKEN, AUDIT_LOG };
  return (round ?? []).map(
    (request) => Object.entries(names).find(([, fits]) => fits.test(request))?.[0] ?? request,
  );
}

beforeAll(async () => {
  stage = await openStage({ hold: wire.hold });
  await stage.teams.install(grace);
  // There is a scan, and what is fetched once was: names, keys, and where Entra takes requests.
  const first = await propose("enable passkeys", 1);
  await stage.teams.press(grace, first, "Approve");
  await stage.teams.findText(stage.teams.chatOf(grace), "Applied and verified");
});
afterAll(() => stage?.close());

describe("the answers of Graph and Entra that a person waits for, one after the other", () => {
  it("are one until the policy is shown", async () => {
    const { teams, bot } = stage;
    const { rounds } = await wire.during(bot, async () => {
      await teams.say(ada, "show policy");
      await teams.findText(teams.chatOf(ada), "Passkey policy");
    });
    expect(rounds.slice(1)).toEqual([]);
    expect(named(rounds[0])).toEqual(expect.arrayContaining(["ROLES", "POLICY"]));
  });

  it("are one until a plan waits for approval, where a scan is there", async () => {
    const { teams, bot } = stage;
    const { rounds } = await wire.during(bot, async () => {
      await teams.say(ada, "disable passkeys");
      await teams.findText(teams.chatOf(ada), "Plan #2 ");
    });
    expect(rounds.slice(1)).toEqual([]);
    expect(named(rounds[0])).toEqual(expect.arrayContaining(["ROLES", "POLICY"]));
  });

  it("are three from the press with the token to applied, and one before it: nothing is waited for that does not decide", async () => {
    const { teams, bot, graph } = stage;
    const card = await teams.findText(teams.chatOf(grace), "Plan #2 ");
    let before = 0;
    const { result, rounds } = await wire.during(bot, () =>
      teams.press(grace, card, "Approve", {
        onSignIn: () => {
          before = wire.rounds.length;
        },
      }),
    );
    expect(result.text).toContain("Applied and verified");
    // What is drawn elsewhere may ask beside it; no round is its own.
    expect(before).toBe(1);
    expect(named(rounds[0])).toContain("ROLES");
    // The roles and the policy of this moment, and the token; the write; and what has become of it.
    const [asked, sent, readBack, ...more] = rounds.slice(before).map(named);
    expect(asked).toEqual(expect.arrayContaining(["POLICY", "ROLES", "TOKEN"]));
    expect(sent).toContain("WRITE");
    expect(readBack).toContain("POLICY");
    expect(more).toEqual([]);
    expect(graph.patches()).toHaveLength(2);
  });
});

describe("where nothing was applied and nothing watches the policy, whose groups are then known from the last look", () => {
  const emergency = [SAMPLE_PEOPLE.emergency1.id, SAMPLE_PEOPLE.emergency2.id].join(",");
  let unwatched: Stage;
  beforeAll(async () => {
    unwatched = await openStage({
      hold: wire.hold,
      env: { EMERGENCY_ACCOUNTS: emergency, DRIFT_CHECK_MINUTES: "0" },
    });
    const { teams } = unwatched;
    await teams.say(ada, "scan");
    await teams.findText(teams.chatOf(ada), "could be read");
    await teams.say(ada, "show policy");
    await teams.findText(teams.chatOf(ada), "Passkey policy");
    // That the log takes no filter by result is known from then on.
    await teams.say(ada, "status");
    await teams.findText(teams.chatOf(ada), "How passkeys stand");
  });
  afterAll(() => unwatched?.close());

  const during = async (person: SamplePerson, words: string, answer: string) => {
    const { teams, bot } = unwatched;
    const { result, rounds } = await wire.during(bot, async () => {
      const seen = teams.messages.length;
      await teams.say(person, words);
      return until(
        () => teams.answerAfter(seen, teams.chatOf(person).id),
        () => `an answer to ${words}`,
      );
    });
    expect(wholeText(result)).toContain(answer);
    return rounds;
  };

  it("they are one until the policy is shown", async () => {
    expect((await during(ada, "show policy", "Passkey policy")).slice(1)).toEqual([]);
  });

  it("they are two for who writes for the first time: strangers cost one look-up", async () => {
    const rounds = await during(grace, "show policy", "Passkey policy");
    // The policy is read for models as well, some time after a scan.
    const first = named(rounds[0]).filter((request) => request !== "POLICY");
    expect(first).toEqual(["ROLES", expect.stringContaining(`/users/${grace.id}?`)]);
    expect(rounds.slice(2)).toEqual([]);
  });

  it("they are one until a plan waits for approval", async () => {
    expect((await during(ada, "enable passkeys", "Plan #1 ")).slice(1)).toEqual([]);
  });

  it.each([
    ["models", "Models", 1],
    ["adoption", "Passkey adoption", 2],
    ["who has no passkey", "passkey", 2],
    ["what if enable passkeys", "Only asked", 1],
    // The audit log is asked about the last week, and where it has nothing about the month.
    ["status", "How passkeys stand", 3],
  ])("they are few until `%s` is answered", async (words, answer, rounds) => {
    expect((await during(ada, words, answer)).slice(rounds)).toEqual([]);
  });

  it("they are two until a plan waits that takes passkeys from people: those of emergency accounts are read", async () => {
    const { teams } = unwatched;
    await teams.press(grace, await teams.findText(teams.chatOf(grace), "Plan #1 "), "Approve");
    await teams.findText(teams.chatOf(ada), "Applied and verified");
    // Who may approve is believed for five seconds: until after it is asked for with the rest.
    await pause(5_100);
    const rounds = await during(ada, "disable passkeys", "Plan #2 ");
    expect(rounds.slice(2)).toEqual([]);
  });
});
