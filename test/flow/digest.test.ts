import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

const { ada, grace } = SAMPLE_PEOPLE;
const ROOM = { id: "19:secops@thread.tacv2", kind: "channel" } as const;
const ANOTHER = { id: "19:helpdesk@thread.tacv2", kind: "channel" } as const;
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
let stage: Stage;
afterEach(() => stage?.close());

/** Due an hour ago: its window is open for as long as a test may take. */
function dueNow(): string {
  const at = new Date(Date.now() - 3_600_000);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${DAYS[at.getUTCDay()]} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

const isDigest = (message: Message) => wholeText(message).startsWith("Passkeys this week");
const digestsIn = (room: { readonly id: string }) =>
  stage.teams.messages.filter((message) => message.conversation === room.id && isDigest(message));

async function setRoom(room: typeof ROOM | typeof ANOTHER): Promise<void> {
  await stage.teams.say(grace, "approvals here", room);
  await stage.teams.findText(room, /posted here from now on/);
}

async function digestIn(room: { readonly id: string }): Promise<Message> {
  return eventually(
    () => digestsIn(room)[0],
    () => `the digest in ${room.id}:\n${stage.bot.output}`,
  );
}

describe("the weekly digest, with one set of rules", () => {
  it("comes as soon as there is a room, once, also after a restart; another room gets it as well", async () => {
    stage = await openStage({ tenant: { policy: "legacy-allow" }, env: { DIGEST_AT: dueNow() } });
    const { teams, bot } = stage;
    await teams.say(ada, "disable passkeys");
    await teams.findText(teams.chatOf(ada), "Plan #1");
    await setRoom(ROOM);
    const digest = wholeText(await digestIn(ROOM));
    expect(digest).toMatch(/\d+ of \d+ accounts have a passkey/);
    expect(digest).toContain("1 plan: #1");
    expect(digest).toContain("none that is open");
    expect(digest).toMatch(/\d+ in use/);

    await bot.restart();
    stage.turnTo(bot);
    await setRoom(ANOTHER);
    expect(wholeText(await digestIn(ANOTHER))).toBe(digest);
    expect(digestsIn(ROOM)).toHaveLength(1);
    expect(digestsIn(ANOTHER)).toHaveLength(1);
  });
});

describe("the weekly digest, with profiles and two processes", () => {
  it("is turned off by an approver only, by whom is said, and comes once when it is turned on again", async () => {
    stage = await openStage({
      tenant: { policy: "profiles" },
      onPostgres: 2,
      env: { DIGEST_AT: dueNow() },
    });
    const { teams } = stage;
    await teams.say(ada, "digest off");
    await teams.findText(teams.chatOf(ada), /Authentication Policy Administrator/);
    await teams.say(grace, "digest off");
    await teams.findText(teams.chatOf(grace), /not posted any more, in any approval room/);
    await teams.say(grace, "turn off the weekly digest");
    await teams.findText(teams.chatOf(grace), new RegExp(`${grace.name} said so`));
    await setRoom(ROOM);
    await teams.say(ada, "digest");
    expect(wholeText(await digestIn(teams.chatOf(ada)))).toContain("Turned off");
    expect(digestsIn(ROOM)).toEqual([]);
    await teams.say(grace, "digest on");
    await teams.findText(teams.chatOf(grace), /posted once a week/);
    await digestIn(ROOM);
    // A second one would be told by the process that looks next.
    const told = () => stage.bots.filter(({ output }) => output.includes("digest-told")).length;
    expect(told()).toBe(1);
    await teams.say(ada, "digest");
    await eventually(
      () => digestsIn(teams.chatOf(ada))[1],
      () => "a second look",
    );
    expect(digestsIn(ROOM)).toHaveLength(1);
    expect(stage.graph.patches()).toEqual([]);
  });
});
