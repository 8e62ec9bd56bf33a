import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { AuditProgram } from "../audit-cli/audit-program.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, type Message, wholeText } from "./teams.js";

// One plan from its proposal to what an auditor gets of it, and what happens when the record cannot be kept.

const { ada, grace, linus } = SAMPLE_PEOPLE;
const CHANNEL = { id: "19:evidence@thread.tacv2", kind: "channel" } as const;
let stage: Stage;
let program: AuditProgram;
let card: Message;

beforeAll(async () => {
  [stage, program] = await Promise.all([openStage(), AuditProgram.bundle()]);
  await stage.teams.install(grace);
  await stage.teams.say(ada, "enable passkeys");
  card = await stage.teams.findText(stage.teams.chatOf(grace), "Plan #1 ");
  await stage.teams.press(grace, card, "Approve");
  await stage.teams.findText(stage.teams.chatOf(ada), "Applied and verified");
});
afterAll(async () => {
  program?.remove();
  await stage?.close();
});

/** Where the newest Download button of somebody's own chat leads, at the bot itself. */
async function download(person: typeof ada): Promise<string> {
  const { teams, bot } = stage;
  const message = await teams.findText(teams.chatOf(person), "Evidence for plan #1");
  const { actions } = message.card as { actions: readonly { type: string; title: string; url: string }[] };
  expect(actions).toMatchObject([{ type: "Action.OpenUrl", title: "Download" }]);
  return (actions[0]?.url ?? "").replace("https://latchkey.example", bot.url);
}

const audit = (...given: readonly string[]) => program.run(stage.bot.dataDir, ...given);

describe("the evidence for a plan", () => {
  it("is one page to download, in one's own chat, with who asked, who approved and Graph's ids", async () => {
    await stage.teams.say(linus, "evidence #1");
    const response = await fetch(await download(linus));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain("latchkey-plan-1-evidence.html");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page = await response.text();
    const [patch] = stage.graph.patches();
    expect(patch).toBeDefined();
    for (const part of [ada.id, grace.id, ada.name, grace.name, "enable passkeys", "Applied and verified"]) {
      expect(page).toContain(part);
    }
    expect(page).toMatch(/request-id\)<\/dt><dd><code>[0-9a-f-]{36}/);
    expect(page).not.toMatch(/<script/i);
  });

  it("is sent to one's own chat when it was asked for where others read along", async () => {
    await stage.teams.say(grace, "evidence 1", CHANNEL);
    const said = await stage.teams.findText(CHANNEL, "in your own chat");
    expect(said.card).toBeUndefined();
    expect((await fetch(await download(grace))).status).toBe(200);
  });

  it("is nobody's with a made-up link, or for a plan that is not there", async () => {
    const response = await fetch(`${stage.bot.url}/evidence/${"A".repeat(43)}`);
    expect([response.status, await response.text()]).toEqual([
      404,
      expect.stringContaining("ask for the evidence again"),
    ]);
    await stage.teams.say(linus, "evidence 77");
    await stage.teams.findText(stage.teams.chatOf(linus), "There is no plan #77");
  });

  it("is itself recorded, and leaves no secret in the store or the log", async () => {
    const { stdout } = await audit("export", "--plan", "1");
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.filter(({ event }) => event === "evidence-given").map(({ by }) => by.id)).toEqual([
      linus.id,
      grace.id,
    ]);
    const secret = (await download(linus)).split("/").at(-1) ?? "";
    expect(secret).toHaveLength(43);
    expect(await stage.bot.storedText()).not.toContain(secret);
    expect(stage.bot.output).not.toContain(secret);
  });

  it("can be checked by itself, and shows when somebody edited it", async () => {
    const page = await (await fetch(await download(linus))).text();
    const folder = await mkdtemp(join(tmpdir(), "latchkey-evidence-"));
    const check = async (html: string) => {
      await writeFile(join(folder, "evidence.html"), html);
      return audit("verify", "--evidence", join(folder, "evidence.html"));
    };
    expect(await check(page)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Intact: records 4, 5, 6"),
    });
    const start = page.indexOf('<pre id="records">');
    const edited = page.slice(0, start) + page.slice(start).replaceAll(grace.id, linus.id);
    expect(await check(edited)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Record 5 was edited"),
    });
    expect(await check("<p>something else")).toMatchObject({ code: 2 });
    await rm(folder, { recursive: true });
  });

  it("is the same page on the machine itself, while the bot runs", async () => {
    const ran = await audit("evidence", "1");
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("on the machine itself");
    expect(ran.stdout).toContain("Applied and verified");
  });
});

describe("the end of the record", () => {
  it("is in the log from the start, on history, and found again by verify", async () => {
    const [logged] = [...stage.bot.output.matchAll(/"event":"audit-head".*/g)];
    expect(logged?.[0]).toMatch(/"sequence":\d+,"hash":"[0-9a-f]{64}"/);
    await stage.teams.say(ada, "history");
    const history = await stage.teams.findText(stage.teams.chatOf(ada), "The last plan");
    expect(wholeText(history)).toMatch(
      /#1.*Turn passkeys on.*Applied and verified.*Ada Lovelace.*approved by Grace Hopper/,
    );
    const [head = ""] = /\d+:[0-9a-f]{64}/.exec(wholeText(history)) ?? [];
    const ran = await audit("verify", "--head", head);
    expect(ran.stdout).toContain("1 noted head found");
    expect(ran.code).toBe(0);
  });
});

describe("a record that cannot be written", () => {
  /** As a full disk would, for one sort of record. */
  function refuseRecords(event: string): () => void {
    const database = new Libsql(join(stage.bot.dataDir, "latchkey.db"));
    database.pragma("busy_timeout = 5000");
    database.exec(
      `create trigger refuse_records before insert on audit when new.body like '%"event":"${event}"%' begin select raise(abort, 'no room for the record'); end`,
    );
    return () => {
      database.exec("drop trigger refuse_records");
      database.close();
    };
  }

  it.each(["write-intended", "plan-approved"])("stops the write: %s", async (event) => {
    const { teams, graph } = stage;
    await teams.say(ada, "disable passkeys");
    const waiting = await teams.find(
      teams.chatOf(grace),
      (message) =>
        /Turn passkeys off.*Plan #\d+/.test(wholeText(message)) && wholeText(message).includes("Waiting"),
      "a plan that waits",
    );
    const before = { patches: graph.patches().length, policy: JSON.stringify(stage.tenant.policy) };
    const repair = refuseRecords(event);
    const answer = await teams.press(grace, waiting, "Approve");
    repair();
    expect(answer.text).toContain("without them it sends no change");
    expect(graph.patches()).toHaveLength(before.patches);
    expect(JSON.stringify(stage.tenant.policy)).toBe(before.policy);
    expect(wholeText(teams.current(waiting))).toContain("Waiting for approval");
    expect(await audit("verify")).toMatchObject({ code: 0 });
    const number = /Plan #(\d+)/.exec(wholeText(waiting))?.[1];
    await teams.say(ada, `cancel ${number}`);
    await eventually(
      () => wholeText(teams.current(waiting)).includes("Cancelled"),
      () => "the plan to be cancelled",
    );
  });

  it("stops the plan, too: what was not recorded is not there", async () => {
    const repair = refuseRecords("plan-proposed");
    await stage.teams.say(linus, "disable passkeys");
    await stage.teams.findText(stage.teams.chatOf(linus), "cannot reach its own records");
    repair();
    expect(await audit("verify")).toMatchObject({ code: 0 });
  });
});
