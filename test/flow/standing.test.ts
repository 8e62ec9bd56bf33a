import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_GROUPS } from "../../simulators/tenant/sample-groups.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import type { SimUser } from "../../simulators/tenant/simulated-tenant.js";
import { type Card, rowsOf, submitOf } from "./read-card.js";
import { becomes, finishedScan, keyholders } from "./scan-facts.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, type TeamsPerson, wholeText } from "./teams.js";

// How the rollout stands and one person in it: how many have a passkey, who has none, why one key does not work.

const { ada, grace } = SAMPLE_PEOPLE;
const LOUNGE = { id: "19:lounge@thread.v2", kind: "groupChat" } as const;

/** Everything that people ask for is a page or a policy: a request about one person would grow with the tenant. */
const ABOUT_ONE = /\/users\/[^/?]+|\$batch/;

describe.each([
  ["legacy-allow", 10_000, "Rules"],
  ["profiles", 140, "Default passkey profile"],
] as const)("in a tenant with the policy %s and %i people", (policy, people, rules) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ tenant: { people, policy } });
    await stage.teams.install(grace);
    await stage.teams.say(ada, "scan");
    await finishedScan(stage, stage.teams.chatOf(ada));
  });
  afterAll(() => stage?.close());

  async function heard(
    room: Parameters<Stage["teams"]["find"]>[0],
    saying: () => Promise<unknown>,
    what: string,
  ): Promise<Message> {
    const { teams } = stage;
    const seen = teams.messages.length;
    await saying();
    const later = () => teams.answerAfter(seen, room.id);
    return eventually(later, () => `an answer to ${what}`);
  }

  function answerTo(text: string, person: TeamsPerson = ada, room = stage.teams.chatOf(person)) {
    return heard(room, () => stage.teams.say(person, text, room), text);
  }

  /** Ada presses a button that says words. */
  function saying(card: Message, title: string): Promise<Message> {
    const { teams } = stage;
    const value = submitOf(card.card, title);
    return heard(
      teams.chatOf(ada),
      () => teams.send({ ...teams.message(ada, ""), replyToId: card.id, value }),
      title,
    );
  }

  const enabled = (): readonly SimUser[] =>
    [...stage.tenant.users.values()].filter((user) => user.accountEnabled && !user.deleted);

  it("adoption is as it is in truth, and asks for pages only, however many people there are", async () => {
    const before = stage.graph.requests.length;
    const card = await answerTo("adoption", ada, LOUNGE);
    const asked = stage.graph.requests.slice(before).map(({ path }) => path);
    const holders = keyholders(stage.tenant);
    const guests = enabled().filter(({ userType }) => userType === "guest").length;
    const [has, all] = [holders.length, enabled().length - guests].map((count) =>
      count.toLocaleString("en-US"),
    );
    expect(wholeText(card)).toContain(`${has} of ${all} accounts have a passkey`);
    expect(wholeText(card)).toContain(
      `without ${guests.toLocaleString("en-US")} guests, who cannot register`,
    );
    // A role comes with a group, too.
    const team = stage.tenant.groups.get(SAMPLE_GROUPS.securityTeam)?.members ?? [];
    const admins = enabled().filter(({ id, roles }) => roles.length > 0 || team.includes(id));
    const withPasskey = admins.filter(({ passkeys }) => passkeys.length > 0);
    const table = new Map(rowsOf(card.card, 2).map(([who = "", count = ""]) => [who, count]));
    expect(table.get("Administrators")).toContain(`${withPasskey.length} of ${admins.length}`);
    for (const { displayName } of holders.slice(0, 50)) expect(wholeText(card)).not.toContain(displayName);
    // Who Ada is and what she may do is looked up for each message.
    const ofOthers = asked.filter((path) => ABOUT_ONE.test(path) && !path.includes(ada.id));
    expect(ofOthers).toEqual([]);
    expect(asked.length).toBeLessThan(20);
  });

  it("adoption of a group is of its people", async () => {
    const card = await answerTo("adoption of Helpdesk");
    const members = stage.tenant.groups.get(SAMPLE_GROUPS.helpdesk)?.members ?? [];
    const holders = keyholders(stage.tenant).filter(({ id }) => members.includes(id));
    const guests = members.filter((id) => stage.tenant.users.get(id)?.userType === "guest").length;
    expect(guests).toBeGreaterThan(0);
    expect(wholeText(card)).toContain(`${holders.length} of ${members.length - guests} people`);
    expect(wholeText(card)).toContain("cannot register a passkey here");
  });

  it("who has no passkey in a group is named page by page, and in a room to the one who presses", async () => {
    const inPilot = await answerTo("who has no passkey in Pilot", ada, LOUNGE);
    expect(wholeText(inPilot)).toContain("Who has no passkey in Pilot");
    expect(wholeText(inPilot)).not.toContain("Alan Turing");
    const names = await stage.teams.press(ada, inPilot, "Show names");
    expect(JSON.stringify(names.value)).toContain("Alan Turing");
    expect(JSON.stringify(names.value)).not.toContain("Emmy Noether");
  });

  it("who has no passkey is a file with everybody of whom that is true, for ten minutes, by its secret", async () => {
    const card = await answerTo("export who has no passkey");
    const { actions } = card.card as { actions: readonly { url: string }[] };
    const url = (actions[0]?.url ?? "").replace("https://latchkey.example", stage.bot.url);
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await response.text()).trim().split("\r\n").slice(1);
    const ids = lines.map((line) => /"([0-9a-f-]{36})"/.exec(line)?.[1] ?? "");
    const missing = enabled().filter((user) => user.userType === "member" && user.passkeys.length === 0);
    expect([...ids].sort()).toEqual(missing.map(({ id }) => id).sort());
    const admins = missing.filter(({ roles }) => roles.length > 0).length;
    expect(lines.slice(0, admins).every((line) => line.endsWith('"yes"'))).toBe(true);
    expect(lines.slice(admins).every((line) => line.endsWith('"no"'))).toBe(true);
    expect((await fetch(`${url}x`)).status).toBe(404);
    const [name = ""] = missing.map(({ displayName }) => displayName);
    expect(stage.bot.output).not.toContain(name);
  });

  it("why a key does not work is said, mended by a plan at the press of a button, and told afterwards", async () => {
    const { teams } = stage;
    const before = await answerTo("why can't Emmy Noether use her key?");
    const works = (card: Message) => wholeText(card).split("✔ Works by today's policy").length - 1;
    expect(wholeText(before)).toContain("7 passkeys registered");
    expect(wholeText(before)).toContain(rules);
    expect(wholeText(before)).toContain("does not have this model on its list");
    const title = buttonsThatSay(before.card).find((each) => each.startsWith("Allow"));
    if (title === undefined) throw new Error("nothing was offered");
    await saying(before, title);
    const plan = await teams.findText(teams.chatOf(grace), "Plan #1 ");
    await teams.press(grace, plan, "Approve");
    await becomes(stage, plan, /Applied and verified/);
    const after = await answerTo("show Emmy Noether");
    expect(works(after)).toBe(works(before) + 1);
    expect(wholeText(after)).toContain("Changed in the last three months");
    expect(wholeText(after)).toMatch(/#1 .*approved by Grace Hopper.*let .* work/s);
    // It matters to nobody whom it left as they were.
    expect(wholeText(await answerTo("show Alan Turing"))).not.toContain("let ");
  });

  it("is said where others read along of no person", async () => {
    const card = await answerTo("why can't Emmy Noether use her key?", ada, LOUNGE);
    expect(wholeText(card)).toContain("not said where others read along");
  });
});

/** Titles of the buttons that say words. */
function buttonsThatSay(card: Card | undefined): readonly string[] {
  return [...JSON.stringify(card).matchAll(/"type":"Action.Submit","title":"([^"]+)"/g)].map(
    ([, title = ""]) => title,
  );
}
