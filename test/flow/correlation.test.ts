import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { buildFolder } from "./built-bot.js";
import { openStage, type Stage } from "./stage.js";
import { eventually, wholeText } from "./teams.js";

const { ada, grace, alan } = SAMPLE_PEOPLE;
const run = promisify(execFile);

type Line = Readonly<Record<string, unknown>>;

let stage: Stage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

const linesOf = ({ bot }: Stage): readonly Line[] =>
  bot.output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Line] : []));

it("one id leads from an activity to Graph, to the record and to all lines about it, with the person's object id", async () => {
  stage = await openStage();
  const { teams, graph, bot } = stage;
  await teams.install(grace);
  await teams.say(ada, "enable passkeys");
  const shown = await teams.findText(teams.chatOf(grace), "Plan #1");
  await teams.press(grace, shown, "Approve");
  await eventually(
    () => wholeText(teams.current(shown)).includes("Applied and verified") || undefined,
    () => `the card to say applied; it says ${wholeText(teams.current(shown))}`,
  );
  const lines = linesOf(stage);
  const recorded = (what: string): Line => {
    const line = lines.find((each) => each.event === "recorded" && each.what === what);
    if (line === undefined) throw new Error(`no line about ${what}:\n${bot.output}`);
    return line;
  };
  const env = { PATH: process.env.PATH, DATA_DIR: bot.dataDir };
  const { stdout } = await run(process.execPath, [join(buildFolder(), "audit.mjs"), "export"], { env });
  const records = stdout
    .split("\n")
    .filter(Boolean)
    .map((line): Line => JSON.parse(line));

  for (const [what, person] of [
    ["plan-proposed", ada],
    ["plan-approved", grace],
    ["write-intended", grace],
    ["write-verified", grace],
  ] as const) {
    const { correlation, by, askedBy, sequence } = recorded(what);
    expect({ what, by, askedBy }).toEqual({ what, by: person.id, askedBy: person.id });
    const came = lines.find((line) => line.event === "activity-received" && line.correlation === correlation);
    expect(came).toMatchObject({ askedBy: person.id });
    expect(records.find((record) => record.sequence === sequence)).toMatchObject({
      event: what,
      correlation,
    });
  }
  const asked = graph.requests.map(({ clientRequestId }) => clientRequestId);
  expect(asked).toContain(recorded("plan-proposed").correlation);
  expect(asked).toContain(recorded("plan-approved").correlation);
  const intended = records.find(({ event }) => event === "write-intended");
  if (intended === undefined) throw new Error(`no intent in the record:\n${stdout}`);
  expect(graph.patches().map(({ clientRequestId }) => clientRequestId)).toEqual([
    (intended.detail as Line).clientRequestId,
  ]);
});

it("who was refused, and why, is in the log by object id", async () => {
  stage = await openStage();
  const { teams } = stage;
  await teams.say(ada, "show 99");
  await teams.say(alan, "show policy");
  const refused = (code: string) =>
    eventually(
      () => linesOf(stage as Stage).find((line) => line.event === "refused" && line.code === code),
      () => (stage as Stage).bot.output,
    );
  expect(await refused("no-access")).toMatchObject({ askedBy: alan.id });
  expect(await refused("unknown-plan")).toMatchObject({ askedBy: ada.id });
});
